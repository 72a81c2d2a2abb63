using Workbench.Sdk;

namespace Workbench.Core.Risk;

/// <summary>What the risk gate may look at, for one check.</summary>
public interface IRiskView
{
    /// <summary>The moment of the check, from the clock that stamps the quotes.</summary>
    Timestamp Now { get; }

    /// <summary>The newest quote of the connection the order would go to; null when it has none.</summary>
    Quote? Quote { get; }

    /// <summary>Why the order book of that connection must not be traded on; null when it is sound or nobody follows it.</summary>
    string? BookProblem { get; }

    /// <summary>Why the quotes of the target may not be used: stale or interrupted. Null when they may, or when nobody follows them.</summary>
    string? QuoteProblem { get; }

    /// <summary>The market at that connection; null when it does not list it.</summary>
    Instrument? Instrument { get; }

    /// <summary>What is held of a base asset from fills, over all its markets and connections.</summary>
    NetQuantity Position(Asset asset);

    /// <summary>Every order that is not done, over all connections, without the one being checked.</summary>
    IReadOnlyList<Order> OpenOrders { get; }

    /// <summary>When the newest orders passed the gate, oldest first; those of the last second at least.</summary>
    IReadOnlyList<Timestamp> RecentOrders { get; }
}
