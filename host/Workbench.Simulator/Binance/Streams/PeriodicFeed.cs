using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>Publishes the same picture again and again: partial books, tickers. Silent while nothing changed.</summary>
internal sealed class PeriodicFeed(
    StreamChannel channel, long periodMicros, Func<long> version, Action<Utf8JsonWriter, long> write) : IStreamFeed
{
    private const long Second = 1_000_000;
    private long _dueMicros;
    private long _published = -1;

    public StreamChannel Channel => channel;

    public static PeriodicFeed PartialDepth(StreamChannel channel, OrderBook book, int levels, long periodMicros) =>
        new(channel, periodMicros, () => book.UpdateId, (json, _) => BookEndpoints.WriteDepth(json, book, levels));

    public static PeriodicFeed MiniTicker(StreamChannel channel, Market market) =>
        new(channel, Second, () => market.Book.LastTradeId, (json, now) => TickerJson.Mini(json, market, channel, now));

    public static PeriodicFeed Ticker(StreamChannel channel, Market market) =>
        new(channel, Second, () => market.Book.UpdateId, (json, now) => TickerJson.Full(json, market, channel, now));

    public static PeriodicFeed Window(StreamChannel channel, Market market, string name)
    {
        var write = TickerJson.Window(name);
        return new PeriodicFeed(channel, Second, () => market.Book.LastTradeId, (json, now) => write(json, market, channel, now));
    }

    /// <summary>Every second whether it changed or not; silent for a symbol without a reference price.</summary>
    public static PeriodicFeed ReferencePrice(StreamChannel channel, Market market)
    {
        long count = 0;
        return new PeriodicFeed(
            channel, Second, () => market.Instrument.Spot.ReferencePrice is null ? -1 : ++count, (json, now) => TickerJson.Reference(json, market, channel, now));
    }

    public static PeriodicFeed AveragePrice(StreamChannel channel, Market market) =>
        new(channel, Second, () => market.Book.LastTradeId, (json, now) => TickerJson.Average(json, market, channel, now));

    public void OnTick(long nowMicros)
    {
        if (Due.IsAhead(_dueMicros, nowMicros, periodMicros))
        {
            return;
        }

        _dueMicros = nowMicros - (nowMicros % periodMicros) + periodMicros;
        var current = version();
        if (current == _published)
        {
            return;
        }

        _published = current;
        channel.Publish(JsonText.Render((Write: write, Now: nowMicros), static (json, s) => s.Write(json, s.Now)));
    }
}
