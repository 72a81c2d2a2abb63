using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>A stream of all symbols in one array: once a second, those that traded since the last time.</summary>
internal sealed class TickerArrayFeed(
    StreamChannel channel, IReadOnlyList<Market> markets, Action<Utf8JsonWriter, Market, StreamChannel, long> write) : IStreamFeed
{
    private const long Period = 1_000_000;
    private readonly long[] _published = new long[markets.Count];
    private readonly List<Market> _changed = [];
    private long _dueMicros;

    public StreamChannel Channel => channel;

    /// <summary>The array stream of that name; null when there is none.</summary>
    public static TickerArrayFeed? Create(StreamChannel channel, IReadOnlyList<Market> markets, string name) => name switch
    {
        "!miniTicker@arr" => new TickerArrayFeed(channel, markets, TickerJson.Mini),
        "!ticker_1h@arr" or "!ticker_4h@arr" or "!ticker_1d@arr" => new TickerArrayFeed(channel, markets, TickerJson.Window(name[8..10])),
        _ => null,
    };

    public void OnTick(long nowMicros)
    {
        if (Due.IsAhead(_dueMicros, nowMicros, Period))
        {
            return;
        }

        _dueMicros = nowMicros - (nowMicros % Period) + Period;
        _changed.Clear();
        for (var i = 0; i < markets.Count; i++)
        {
            var lastTrade = markets[i].Book.LastTradeId;
            if (_published[i] != lastTrade)
            {
                _published[i] = lastTrade;
                _changed.Add(markets[i]);
            }
        }

        if (_changed.Count > 0)
        {
            channel.Publish(JsonText.Render((Feed: this, Now: nowMicros), static (json, s) => s.Feed.Write(json, s.Now)));
        }
    }

    private void Write(Utf8JsonWriter json, long nowMicros)
    {
        json.WriteStartArray();
        foreach (var market in _changed)
        {
            write(json, market, channel, nowMicros);
        }

        json.WriteEndArray();
    }
}
