namespace Workbench.Core.Execution.Journal;

/// <summary>The numbers of the record types. Never reused, never renumbered.</summary>
internal enum RecordType : byte
{
    EpochStarted = 1,
    IntentCreated = 2,
    IntentDenied = 3,
    AttemptPrepared = 4,
    AttemptAnswered = 5,
    OrderReported = 6,
    FillReported = 7,
    CancelRequested = 8,
    CancelAnswered = 9,
    OrderLookedUp = 10,
    DeadProven = 11,
    KillEngaged = 17,
    KillCleared = 18,
    LimitChanged = 19,
}
