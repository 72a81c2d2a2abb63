using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>Events that sum up a market.</summary>
internal static class TickerJson
{
    public static void Mini(Utf8JsonWriter json, Market market, StreamChannel channel, long nowMicros)
    {
        var window = market.Day(nowMicros / 1000).Window;
        Head(json, "24hrMiniTicker", market, channel, nowMicros);
        json.Fixed8("c", window.Close);
        json.Fixed8("o", window.Open);
        json.Fixed8("h", window.High);
        json.Fixed8("l", window.Low);
        json.Fixed8("v", window.Volume);
        json.Fixed8("q", window.QuoteVolume);
        json.WriteEndObject();
    }

    public static void Full(Utf8JsonWriter json, Market market, StreamChannel channel, long nowMicros)
    {
        var day = market.Day(nowMicros / 1000);
        var window = day.Window;
        var top = market.Book.Top;
        Head(json, "24hrTicker", market, channel, nowMicros);
        Changes(json, day);
        json.Fixed8("x", day.PreviousClose);
        json.Fixed8("c", window.Close);
        json.Fixed8("Q", day.LastQuantity);
        json.Fixed8("b", top.BidPrice);
        json.Fixed8("B", top.BidQuantity);
        json.Fixed8("a", top.AskPrice);
        json.Fixed8("A", top.AskQuantity);
        json.Fixed8("o", window.Open);
        json.Fixed8("h", window.High);
        json.Fixed8("l", window.Low);
        Figures(json, window, channel);
    }

    /// <summary>Writes a window named <c>1h</c>, <c>4h</c> or <c>1d</c>.</summary>
    public static Action<Utf8JsonWriter, Market, StreamChannel, long> Window(string name)
    {
        var minutes = TickerEndpoints.WindowMinutes(name);
        return (json, market, channel, nowMicros) =>
        {
            var statistics = market.Rolling(minutes, nowMicros / 1000);
            Head(json, name + "Ticker", market, channel, nowMicros);
            Changes(json, statistics);
            json.Fixed8("o", statistics.Window.Open);
            json.Fixed8("h", statistics.Window.High);
            json.Fixed8("l", statistics.Window.Low);
            json.Fixed8("c", statistics.Window.Close);
            Figures(json, statistics.Window, channel);
        };
    }

    public static void Average(Utf8JsonWriter json, Market market, StreamChannel channel, long nowMicros)
    {
        var minutes = market.Instrument.Spot.AveragePriceMinutes;
        Head(json, "avgPrice", market, channel, nowMicros);
        json.WriteString("i"u8, string.Create(CultureInfo.InvariantCulture, $"{minutes}m"));
        json.Fixed8("w", market.AveragePrice(minutes, nowMicros / 1000));
        json.WriteNumber("T"u8, channel.Time(market.Trades.Count == 0 ? nowMicros : market.Trades.Newest.TimeMicros));
        json.WriteEndObject();
    }

    /// <summary>No time of the event: the one there is says when the price was set.</summary>
    public static void Reference(Utf8JsonWriter json, Market market, StreamChannel channel, long nowMicros)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "referencePrice"u8);
        json.WriteString("s"u8, market.Symbol);
        json.WriteString("r"u8, market.Instrument.Spot.ReferencePrice?.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("t"u8, channel.Time(nowMicros));
        json.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter json, string type, Market market, StreamChannel channel, long nowMicros)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, type);
        json.WriteNumber("E"u8, channel.Time(nowMicros));
        json.WriteString("s"u8, market.Symbol);
    }

    private static void Changes(Utf8JsonWriter json, DayStatistics statistics)
    {
        json.Fixed8("p", statistics.Change);
        json.WriteString("P"u8, statistics.ChangePercent.ToString("F3", CultureInfo.InvariantCulture));
        json.Fixed8("w", statistics.WeightedAverage);
    }

    private static void Figures(Utf8JsonWriter json, Candle window, StreamChannel channel)
    {
        json.Fixed8("v", window.Volume);
        json.Fixed8("q", window.QuoteVolume);
        json.WriteNumber("O"u8, channel.Time(window.OpenMillis * 1000));
        json.WriteNumber("C"u8, channel.Time(window.CloseMillis * 1000));
        json.WriteNumber("F"u8, window.FirstTradeId);
        json.WriteNumber("L"u8, window.LastTradeId);
        json.WriteNumber("n"u8, window.Count);
        json.WriteEndObject();
    }
}
