namespace Workbench.Sdk;

/// <summary>Market data to read with <c>await foreach</c>, and what its reader has missed. The counters may be read on any thread, also while reading.</summary>
/// <typeparam name="T">The kind of event.</typeparam>
/// <remarks>Each enumeration is a reader of its own; the counters add up over all enumerations of the same object.</remarks>
/// <example><code>
/// var trades = Market.Trades("BTC/USDT");
/// await foreach (var trade in trades) if (trades.Dropped > 0) break;
/// </code></example>
public interface IMarketStream<out T> : IAsyncEnumerable<T>
    where T : MarketEvent
{
    /// <summary>Events that a reader of <see cref="Delivery.EveryEvent"/> has lost by being a whole queue behind. Zero for <see cref="Delivery.Latest"/>.</summary>
    long Dropped { get; }

    /// <summary>Values that a newer one of the same kind has replaced before they were read: what <see cref="Delivery.Latest"/> is for, and no loss. Zero for <see cref="Delivery.EveryEvent"/>.</summary>
    long Replaced { get; }

    /// <summary>How many events wait to be read now by the enumeration that began last.</summary>
    int Lag { get; }
}
