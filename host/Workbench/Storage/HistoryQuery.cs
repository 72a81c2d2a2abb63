using Workbench.Sdk;

namespace Workbench.Storage;

/// <summary>Which part of the history is wanted, newest first. A member that is null does not narrow it.</summary>
internal sealed record HistoryQuery
{
    public ConnectionId? Connection { get; init; }

    public Symbol? Symbol { get; init; }

    /// <summary>The earliest moment, inclusive.</summary>
    public Timestamp? From { get; init; }

    /// <summary>The latest moment, exclusive.</summary>
    public Timestamp? Until { get; init; }

    /// <summary>How many at most, 1 to 10,000.</summary>
    public int Limit { get; init; } = 100;
}
