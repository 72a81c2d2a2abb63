using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

internal static class TickerJson
{
    public static void Mini(Utf8JsonWriter json, Market market, long nowMicros)
    {
        var window = market.Day(nowMicros / 1000).Window;
        json.WriteStartObject();
        json.WriteString("e"u8, "24hrMiniTicker"u8);
        json.WriteNumber("E"u8, nowMicros / 1000);
        json.WriteString("s"u8, market.Symbol);
        json.Fixed8("c", window.Close);
        json.Fixed8("o", window.Open);
        json.Fixed8("h", window.High);
        json.Fixed8("l", window.Low);
        json.Fixed8("v", window.Volume);
        json.Fixed8("q", window.QuoteVolume);
        json.WriteEndObject();
    }

    public static void Full(Utf8JsonWriter json, Market market, long nowMicros)
    {
        var day = market.Day(nowMicros / 1000);
        var window = day.Window;
        var top = market.Book.Top;
        json.WriteStartObject();
        json.WriteString("e"u8, "24hrTicker"u8);
        json.WriteNumber("E"u8, nowMicros / 1000);
        json.WriteString("s"u8, market.Symbol);
        json.Fixed8("p", day.Change);
        json.Plain("P", day.ChangePercent);
        json.Fixed8("w", day.WeightedAverage);
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
        json.Fixed8("v", window.Volume);
        json.Fixed8("q", window.QuoteVolume);
        json.WriteNumber("O"u8, window.OpenMillis);
        json.WriteNumber("C"u8, window.CloseMillis);
        json.WriteNumber("F"u8, window.FirstTradeId);
        json.WriteNumber("L"u8, window.LastTradeId);
        json.WriteNumber("n"u8, window.Count);
        json.WriteEndObject();
    }

    public static void Average(Utf8JsonWriter json, Market market, long nowMicros)
    {
        var minutes = market.Instrument.Spot.AveragePriceMinutes;
        json.WriteStartObject();
        json.WriteString("e"u8, "avgPrice"u8);
        json.WriteNumber("E"u8, nowMicros / 1000);
        json.WriteString("s"u8, market.Symbol);
        json.WriteString("i"u8, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{minutes}m"));
        json.Fixed8("w", market.AveragePrice(minutes, nowMicros / 1000));
        json.WriteNumber("T"u8, market.Trades.Count == 0 ? nowMicros / 1000 : market.Trades.Newest.TimeMicros / 1000);
        json.WriteEndObject();
    }
}
