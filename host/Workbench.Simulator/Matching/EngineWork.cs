namespace Workbench.Simulator.Matching;

internal enum WorkKind
{
    /// <summary>The trigger price of an order was reached.</summary>
    Activate,

    /// <summary>The working order of a list was filled; a pending one takes its turn.</summary>
    Place,

    /// <summary>Something a settlement wants done as soon as the running command is over.</summary>
    Run,
}

/// <summary>Follow-up of a command. Queued and run one after the other in the same step, so that cascades never nest.</summary>
internal readonly record struct EngineWork(WorkKind Kind, Order? Order, Action<MatchingEngine>? Action = null);
