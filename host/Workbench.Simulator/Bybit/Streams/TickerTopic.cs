using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary><c>tickers</c> on spot: snapshots only, without bid and ask, at most one in 50 ms and only after a trade.</summary>
internal sealed class TickerTopic(string name, Market market) : PublicTopic(name, market)
{
    private const long PeriodMicros = 50_000;
    private bool _isStale;
    private long _dueMicros;

    public override void OnTrade(in PublicTrade trade, long sequence) => _isStale = true;

    public override void OnTick(long nowMicros)
    {
        if (!_isStale || Due.IsAhead(_dueMicros, nowMicros, PeriodMicros))
        {
            return;
        }

        _isStale = false;
        _dueMicros = nowMicros + PeriodMicros;
        Publish(FirstMessage(nowMicros));
    }

    protected override byte[] FirstMessage(long nowMicros) => BybitJson.Object(writer =>
    {
        writer.WriteString("topic", Name);
        writer.WriteNumber("ts", nowMicros / 1000);
        writer.WriteString("type", "snapshot");
        writer.WriteNumber("cs", Market.Book.UpdateId);
        writer.WriteStartObject("data");
        writer.WriteString("symbol", Market.Symbol);
        WriteDay(writer, Market, nowMicros / 1000);
        writer.WriteEndObject();
    });

    /// <summary>The members that the topic and the REST ticker share.</summary>
    public static void WriteDay(Utf8JsonWriter writer, Market market, long nowMillis)
    {
        var day = market.Day(nowMillis);
        var open = day.Window.Open;
        writer.WriteAmount("lastPrice", market.LastPrice);
        writer.WriteAmount("highPrice24h", day.Window.High);
        writer.WriteAmount("lowPrice24h", day.Window.Low);
        writer.WriteAmount("prevPrice24h", open);
        writer.WriteAmount("volume24h", day.Window.Volume);
        writer.WriteAmount("turnover24h", day.Window.QuoteVolume);
        writer.WriteAmount("price24hPcnt", open == 0 ? 0 : decimal.Round((market.LastPrice - open) / open, 4));
        writer.WriteAmount("usdIndexPrice", market.AveragePrice(1, nowMillis));
    }
}
