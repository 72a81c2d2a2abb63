namespace Workbench.Sdk;

/// <summary>How far the kill switch goes; each level does what the lower ones do.</summary>
public enum KillLevel
{
    /// <summary>No order leaves that could make a position larger. What works at the venues goes on working.</summary>
    PauseNew = 1,

    /// <summary>Every open order is cancelled, foreign ones too, until the venues say twice in a row that none is open.</summary>
    CancelAll = 2,

    /// <summary>Then every position is closed at the market. Armed apart: only an operator who confirms it gets here.</summary>
    Flatten = 3,
}

/// <summary>The kill switch, for whoever may engage it. Nothing here clears it: that is for an operator alone.</summary>
/// <remarks>Every member is safe on any thread and returns at once.</remarks>
public interface IKillSwitch
{
    /// <summary>How it stands; null while it is not engaged.</summary>
    KillStatus? Engaged { get; }

    /// <summary>Engages it. From here on nothing leaves, whatever else happens; a lower level than the one engaged changes nothing.</summary>
    /// <param name="level"><see cref="KillLevel.PauseNew"/> or <see cref="KillLevel.CancelAll"/>; the third is refused here.</param>
    /// <param name="reason">Why, for people; at most 200 characters are kept.</param>
    /// <returns>Whether it is engaged at that level or a higher one now.</returns>
    OperatorResult Engage(KillLevel level, string reason);
}

/// <summary>How the kill switch stands.</summary>
/// <param name="Level">How far it goes.</param>
/// <param name="Since">When it was engaged at that level.</param>
/// <param name="By">Who did.</param>
/// <param name="Reason">Why.</param>
public sealed record KillStatus(KillLevel Level, Timestamp Since, string By, string Reason)
{
    /// <summary>True once the journal holds it safely. It holds before that already; the file in the data folder bridges the time between.</summary>
    public bool IsJournaled { get; init; }

    /// <summary>True once every connection that can trade has said twice in a row that no order is open, and none of ours is on its way. Always false while only new orders are paused.</summary>
    public bool IsVerified { get; init; }

    /// <summary>What is known of each connection since the cancelling began.</summary>
    public IReadOnlyList<KillVenue> Venues { get; init; } = [];

    /// <summary>What was closed and what cannot be, in words.</summary>
    public IReadOnlyList<string> Flattened { get; init; } = [];
}

/// <summary>How far the cancelling has come at one connection.</summary>
/// <param name="Connection">Which one.</param>
/// <param name="Open">How many orders the venue said are open; null while it has not said.</param>
/// <param name="Problem">What stands in the way; null for nothing.</param>
public sealed record KillVenue(ConnectionId Connection, int? Open, string? Problem);
