namespace Workbench.Sdk;

/// <summary>How an algorithm stands.</summary>
public enum AlgorithmState
{
    /// <summary>It sends orders when it is time.</summary>
    Running,

    /// <summary>It sends nothing until it is resumed; its schedule goes on.</summary>
    Paused,

    /// <summary>An order of its own is unknown or will not end: nothing is sent until that is settled.</summary>
    Held,

    /// <summary>It sends nothing more and waits for the end of its last order.</summary>
    Stopping,

    /// <summary>All of its quantity is filled. Final.</summary>
    Completed,

    /// <summary>It ended with less than its quantity filled; <see cref="AlgorithmProgress.Reason"/> says why. Final.</summary>
    Ended,
}

/// <summary>How far an algorithm has come. A snapshot.</summary>
public sealed record AlgorithmProgress
{
    /// <summary>How it stands.</summary>
    public required AlgorithmState State { get; init; }

    /// <summary>What it is to fill, in units of the base asset.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What its orders have filled.</summary>
    public required Quantity Filled { get; init; }

    /// <summary>Average price over its fills; null before the first.</summary>
    public Price? AverageFillPrice { get; init; }

    /// <summary>Its orders, oldest first; at most the last one is not done.</summary>
    public required IReadOnlyList<ClientOrderId> Orders { get; init; }

    /// <summary>Why it is held, stopping or ended early; null otherwise.</summary>
    public string? Reason { get; init; }
}
