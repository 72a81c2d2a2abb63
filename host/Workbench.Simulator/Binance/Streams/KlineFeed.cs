using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>The forming bar at intervals, and each bar exactly once more as closed.</summary>
internal sealed class KlineFeed(StreamChannel channel, Market market, string name, CandleInterval interval) : IStreamFeed
{
    private readonly long _periodMicros = interval.Millis <= 1000 ? 1_000_000 : 2_000_000;
    private long _dueMicros;
    private long _open = -1;

    public StreamChannel Channel => channel;

    public void OnTick(long nowMicros)
    {
        var open = interval.OpenOf(nowMicros / 1000);
        if (_open >= 0 && open != _open)
        {
            Publish(_open, nowMicros, isClosed: true);
            _dueMicros = 0;
        }

        _open = open;
        if (!Due.IsAhead(_dueMicros, nowMicros, _periodMicros))
        {
            _dueMicros = nowMicros - (nowMicros % _periodMicros) + _periodMicros;
            Publish(open, nowMicros, isClosed: false);
        }
    }

    private void Publish(long open, long nowMicros, bool isClosed)
    {
        var bars = market.Candles(interval, open, open, 1, nowMicros / 1000);
        if (bars.Count == 1)
        {
            var state = (Feed: this, Bar: bars[0], Now: nowMicros, isClosed);
            channel.Publish(JsonText.Render(state, static (json, s) => s.Feed.Write(json, s.Bar, s.Now, s.isClosed)));
        }
    }

    private void Write(Utf8JsonWriter json, Candle bar, long nowMicros, bool isClosed)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "kline"u8);
        json.WriteNumber("E"u8, channel.Time(nowMicros));
        json.WriteString("s"u8, market.Symbol);
        json.WriteStartObject("k"u8);
        json.WriteNumber("t"u8, channel.Time(bar.OpenMillis * 1000));
        json.WriteNumber("T"u8, channel.Time((bar.CloseMillis * 1000) + 999));
        json.WriteString("s"u8, market.Symbol);
        json.WriteString("i"u8, name);
        json.WriteNumber("f"u8, bar.FirstTradeId);
        json.WriteNumber("L"u8, bar.LastTradeId);
        json.Fixed8("o", bar.Open);
        json.Fixed8("c", bar.Close);
        json.Fixed8("h", bar.High);
        json.Fixed8("l", bar.Low);
        json.Fixed8("v", bar.Volume);
        json.WriteNumber("n"u8, bar.Count);
        json.WriteBoolean("x"u8, isClosed);
        json.Fixed8("q", bar.QuoteVolume);
        json.Fixed8("V", bar.TakerBuyVolume);
        json.Fixed8("Q", bar.TakerBuyQuoteVolume);
        json.WriteString("B"u8, "0"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
