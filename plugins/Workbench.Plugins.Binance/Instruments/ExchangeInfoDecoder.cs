using System.Text.Json;
using Workbench.Plugins.Binance.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Instruments;

/// <summary>Reads the venue's markets and the rules that orders must keep there.</summary>
internal static class ExchangeInfoDecoder
{
    /// <exception cref="JsonException">The text is not what the venue documents.</exception>
    public static ExchangeInfoJson? Read(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize(utf8, BinanceJson.Default.ExchangeInfoJson);

    /// <summary>One market; null when its name cannot be written as a canonical symbol.</summary>
    public static Instrument? ToInstrument(SymbolJson json)
    {
        if (string.IsNullOrEmpty(json.Symbol) || !Symbol.TryParse($"{json.BaseAsset}/{json.QuoteAsset}", out var symbol))
        {
            return null;
        }

        var price = Filter(json, "PRICE_FILTER");
        var lot = Filter(json, "LOT_SIZE");
        var market = Filter(json, "MARKET_LOT_SIZE");
        var notional = Filter(json, "NOTIONAL") ?? Filter(json, "MIN_NOTIONAL");
        return new Instrument
        {
            Symbol = symbol,
            VenueSymbol = json.Symbol,
            Status = StatusOf(json),
            TickSize = price?.TickSize ?? 0,
            StepSize = lot?.StepSize ?? 0,
            MarketStepSize = market?.StepSize ?? 0,
            MinQuantity = lot?.MinQty ?? 0,
            MaxQuantity = lot?.MaxQty ?? 0,
            MaxMarketQuantity = SmallerRule(lot?.MaxQty ?? 0, market?.MaxQty ?? 0),
            MinNotional = notional?.MinNotional ?? 0,
            MaxNotional = notional?.MaxNotional ?? 0,
        };
    }

    private static InstrumentStatus StatusOf(SymbolJson json) => (json.Status, json.IsSpotTradingAllowed) switch
    {
        (_, false) => InstrumentStatus.Halted,
        ("TRADING", _) => InstrumentStatus.Trading,
        ("CANCEL_ONLY", _) => InstrumentStatus.CancelOnly,

        // HALT, BREAK, END_OF_DAY, and whatever the venue invents next: nothing is sent until it is understood.
        _ => InstrumentStatus.Halted,
    };

    private static FilterJson? Filter(SymbolJson json, string type) => json.Filters?.Find(f => f.FilterType == type);

    /// <summary>Market orders must keep both lot filters. Zero is no rule.</summary>
    private static decimal SmallerRule(decimal lot, decimal market) => market == 0 || lot == 0 ? market : Math.Min(lot, market);
}
