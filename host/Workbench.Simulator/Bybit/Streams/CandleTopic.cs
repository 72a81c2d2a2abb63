using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary><c>kline</c>: the forming bar about once a second when it changed, and each closed bar once with confirm true.</summary>
internal sealed class CandleTopic : PublicTopic
{
    private const long PeriodMicros = 1_000_000;
    private readonly string _code;
    private readonly CandleInterval _interval;
    private Candle _current;
    private long _dueMicros;

    public CandleTopic(string name, Market market, string code, CandleInterval interval, long nowMicros)
        : base(name, market)
    {
        _code = code;
        _interval = interval;
        _current = Latest(nowMicros)[^1];
    }

    public override void OnTick(long nowMicros)
    {
        var closes = nowMicros / 1000 > _current.CloseMillis;
        if (!closes && Due.IsAhead(_dueMicros, nowMicros, PeriodMicros))
        {
            return;
        }

        _dueMicros = nowMicros + PeriodMicros;
        var bars = Latest(nowMicros);
        foreach (var closed in bars.Where(b => b.OpenMillis >= _current.OpenMillis && b.OpenMillis < bars[^1].OpenMillis))
        {
            Publish(Message(closed, isClosed: true, nowMicros));
        }

        if (bars[^1] != _current)
        {
            _current = bars[^1];
            Publish(Message(_current, isClosed: false, nowMicros));
        }
    }

    protected override byte[] FirstMessage(long nowMicros) => Message(_current, isClosed: false, nowMicros);

    // The current bar and those that may have closed since the last look.
    private List<Candle> Latest(long nowMicros) => Market.Candles(_interval, null, null, 4, nowMicros / 1000);

    private byte[] Message(Candle bar, bool isClosed, long nowMicros) => BybitJson.Object(writer =>
    {
        writer.WriteString("type", "snapshot");
        writer.WriteString("topic", Name);
        writer.WriteStartArray("data");
        WriteBar(writer, bar, isClosed, nowMicros);
        writer.WriteEndArray();
        writer.WriteNumber("ts", nowMicros / 1000);
    });

    private void WriteBar(Utf8JsonWriter writer, Candle bar, bool isClosed, long nowMicros)
    {
        writer.WriteStartObject();
        writer.WriteNumber("start", bar.OpenMillis);
        writer.WriteNumber("end", bar.CloseMillis);
        writer.WriteString("interval", _code);
        writer.WriteAmount("open", bar.Open);
        writer.WriteAmount("close", bar.Close);
        writer.WriteAmount("high", bar.High);
        writer.WriteAmount("low", bar.Low);
        writer.WriteAmount("volume", bar.Volume);
        writer.WriteAmount("turnover", bar.QuoteVolume);
        writer.WriteBoolean("confirm", isClosed);
        writer.WriteNumber("timestamp", nowMicros / 1000);
        writer.WriteEndObject();
    }
}
