using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>What waits between the pipeline and one reader; bounded.</summary>
internal interface IEventQueue
{
    /// <summary>Events that wait.</summary>
    int Count { get; }

    /// <summary>Takes an event; never waits. Pipeline thread only.</summary>
    void Offer(MarketEvent e, MarketChannel channel);

    /// <summary>No more will come; what waits can still be read.</summary>
    void Complete();

    /// <summary>Everything that comes, to one reader.</summary>
    IAsyncEnumerable<MarketEvent> ReadAllAsync(CancellationToken cancellationToken);
}
