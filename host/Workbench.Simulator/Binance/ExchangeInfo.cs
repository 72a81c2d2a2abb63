using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>Writes exchangeInfo. It lists only the filters that are really enforced.</summary>
internal static class ExchangeInfo
{
    private static readonly string[] OrderTypes = ["LIMIT", "LIMIT_MAKER", "MARKET"];
    private static readonly string[] SelfTradeModes = ["NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH"];

    public static void Write(Utf8JsonWriter json, long serverTime, IEnumerable<Market> markets)
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", serverTime);
        json.WriteStartArray("rateLimits");
        RateLimitJson.Write(json, "REQUEST_WEIGHT", "MINUTE", 1, RequestLimits.WeightPerMinute);
        RateLimitJson.Write(json, "ORDERS", "SECOND", 10, OrderCounts.PerTenSeconds);
        RateLimitJson.Write(json, "ORDERS", "DAY", 1, OrderCounts.PerDay);
        RateLimitJson.Write(json, "RAW_REQUESTS", "MINUTE", 5, RequestLimits.RawRequestsPerFiveMinutes);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        foreach (var market in markets)
        {
            Symbol(json, market.Instrument);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Symbol(Utf8JsonWriter json, Instrument i)
    {
        json.WriteStartObject();
        json.WriteString("symbol", i.Symbol);
        json.WriteString("status", i.Status switch
        {
            InstrumentStatus.Halted => "HALT",
            InstrumentStatus.CancelOnly => "CANCEL_ONLY",
            _ => "TRADING",
        });
        json.WriteString("baseAsset", i.BaseAsset);
        json.WriteNumber("baseAssetPrecision", 8);
        json.WriteString("quoteAsset", i.QuoteAsset);
        json.WriteNumber("quotePrecision", 8);
        json.WriteNumber("quoteAssetPrecision", 8);
        json.WriteNumber("baseCommissionPrecision", 8);
        json.WriteNumber("quoteCommissionPrecision", 8);
        Strings(json, "orderTypes", OrderTypes);
        Flags(json);
        json.WriteStartArray("filters");
        Filters(json, i);
        json.WriteEndArray();
        Strings(json, "permissions", []);
        json.WriteStartArray("permissionSets");
        json.WriteStartArray();
        json.WriteStringValue("SPOT");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteString("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
        Strings(json, "allowedSelfTradePreventionModes", SelfTradeModes);
        json.WriteEndObject();
    }

    private static void Flags(Utf8JsonWriter json)
    {
        json.WriteBoolean("icebergAllowed", false);
        json.WriteBoolean("ocoAllowed", false);
        json.WriteBoolean("otoAllowed", false);
        json.WriteBoolean("opoAllowed", false);
        json.WriteBoolean("quoteOrderQtyMarketAllowed", true);
        json.WriteBoolean("allowTrailingStop", false);
        json.WriteBoolean("cancelReplaceAllowed", false);
        json.WriteBoolean("amendAllowed", false);
        json.WriteBoolean("pegInstructionsAllowed", false);
        json.WriteBoolean("isSpotTradingAllowed", true);
        json.WriteBoolean("isMarginTradingAllowed", false);
    }

    private static void Filters(Utf8JsonWriter json, Instrument i)
    {
        Filter(json, "PRICE_FILTER", ("minPrice", i.MinPrice), ("maxPrice", i.MaxPrice), ("tickSize", i.TickSize));
        Filter(json, "LOT_SIZE", ("minQty", i.MinQuantity), ("maxQty", i.MaxQuantity), ("stepSize", i.StepSize));
        Filter(json, "MARKET_LOT_SIZE", ("minQty", 0), ("maxQty", i.MaxMarketQuantity), ("stepSize", 0));
        json.WriteStartObject();
        json.WriteString("filterType", "PERCENT_PRICE_BY_SIDE");
        foreach (var side in (string[])["bid", "ask"])
        {
            json.Plain(side + "MultiplierUp", i.PriceBand);
            json.Plain(side + "MultiplierDown", 1 / i.PriceBand);
        }

        json.WriteNumber("avgPriceMins", OrderRules.AveragePriceMinutes);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("filterType", "NOTIONAL");
        json.Fixed8("minNotional", i.MinNotional);
        json.WriteBoolean("applyMinToMarket", true);
        json.Fixed8("maxNotional", i.MaxNotional);
        json.WriteBoolean("applyMaxToMarket", false);
        json.WriteNumber("avgPriceMins", OrderRules.AveragePriceMinutes);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("filterType", "MAX_NUM_ORDERS");
        json.WriteNumber("maxNumOrders", i.MaxOpenOrders);
        json.WriteEndObject();
    }

    private static void Filter(Utf8JsonWriter json, string type, params ReadOnlySpan<(string Name, decimal Value)> fields)
    {
        json.WriteStartObject();
        json.WriteString("filterType", type);
        foreach (var (name, value) in fields)
        {
            json.Fixed8(name, value);
        }

        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
