using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary><c>!miniTicker@arr</c>: once a second, the symbols that traded since the last time.</summary>
internal sealed class MiniTickerArrayFeed(StreamChannel channel, IReadOnlyList<Market> markets) : IStreamFeed
{
    private const long Period = 1_000_000;
    private readonly long[] _published = new long[markets.Count];
    private long _dueMicros;

    public StreamChannel Channel => channel;

    public void OnTick(long nowMicros)
    {
        if (channel.IsEmpty || Due.IsAhead(_dueMicros, nowMicros, Period))
        {
            return;
        }

        _dueMicros = nowMicros - (nowMicros % Period) + Period;
        channel.Publish(JsonText.Render((Feed: this, Now: nowMicros), static (json, s) => s.Feed.Write(json, s.Now)));
    }

    private void Write(Utf8JsonWriter json, long nowMicros)
    {
        json.WriteStartArray();
        for (var i = 0; i < markets.Count; i++)
        {
            var lastTrade = markets[i].Book.LastTradeId;
            if (_published[i] != lastTrade)
            {
                _published[i] = lastTrade;
                TickerJson.Mini(json, markets[i], nowMicros);
            }
        }

        json.WriteEndArray();
    }
}
