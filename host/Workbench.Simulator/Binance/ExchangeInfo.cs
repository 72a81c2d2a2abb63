using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>Writes exchangeInfo. It lists only the filters that are really enforced.</summary>
internal static class ExchangeInfo
{
    private static readonly string[] Allowed =
    [
        "icebergAllowed", "ocoAllowed", "otoAllowed", "opoAllowed", "quoteOrderQtyMarketAllowed", "allowTrailingStop",
        "cancelReplaceAllowed", "amendAllowed", "pegInstructionsAllowed", "isSpotTradingAllowed",
    ];

    public static void Write(Utf8JsonWriter json, long serverTime, ExchangeRules rules, IEnumerable<Market> markets, bool showPermissionSets = true)
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
        ExchangeFilters(json, rules);
        json.WriteStartArray("symbols");
        foreach (var market in markets)
        {
            Symbol(json, market.Instrument, showPermissionSets);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static string StatusOf(Instrument i) => i.Status switch
    {
        InstrumentStatus.Halted => "HALT",
        InstrumentStatus.CancelOnly => "CANCEL_ONLY",
        _ => "TRADING",
    };

    private static void Symbol(Utf8JsonWriter json, Instrument i, bool showPermissionSets)
    {
        json.WriteStartObject();
        json.WriteString("symbol", i.Symbol);
        json.WriteString("status", StatusOf(i));
        json.WriteString("baseAsset", i.BaseAsset);
        json.WriteNumber("baseAssetPrecision", 8);
        json.WriteString("quoteAsset", i.QuoteAsset);
        json.WriteNumber("quotePrecision", 8);
        json.WriteNumber("quoteAssetPrecision", 8);
        json.WriteNumber("baseCommissionPrecision", 8);
        json.WriteNumber("quoteCommissionPrecision", 8);
        Strings(json, "orderTypes", OrderKind.Names);
        Flags(json);
        Filters(json, "filters", i);
        Strings(json, "permissions", []);
        json.WriteStartArray("permissionSets");
        if (showPermissionSets)
        {
            json.WriteStartArray();
            json.WriteStringValue("SPOT");
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteString("defaultSelfTradePreventionMode", i.Spot.DefaultSelfTradeMode);
        Strings(json, "allowedSelfTradePreventionModes", i.Spot.SelfTradeModes);
        json.WriteEndObject();
    }

    private static void Flags(Utf8JsonWriter json)
    {
        foreach (var flag in Allowed)
        {
            json.WriteBoolean(flag, true);
        }

        json.WriteBoolean("isMarginTradingAllowed", false);
    }

    /// <summary>All filters of a symbol, as they are enforced.</summary>
    public static void Filters(Utf8JsonWriter json, string name, Instrument i)
    {
        json.WriteStartArray(name);
        Filter(json, "PRICE_FILTER", ("minPrice", i.MinPrice), ("maxPrice", i.MaxPrice), ("tickSize", i.TickSize));
        Filter(json, "LOT_SIZE", ("minQty", i.MinQuantity), ("maxQty", i.MaxQuantity), ("stepSize", i.StepSize));
        Count(json, "ICEBERG_PARTS", "limit", i.Spot.IcebergParts);
        Filter(json, "MARKET_LOT_SIZE", ("minQty", i.Spot.MinMarketQuantity), ("maxQty", i.MaxMarketQuantity), ("stepSize", i.Spot.MarketStepSize));
        Trailing(json, i.Spot);
        PercentPrice(json, i.Spot);
        Notional(json, i);
        Count(json, "MAX_NUM_ORDERS", "maxNumOrders", i.MaxOpenOrders);
        Count(json, "MAX_NUM_ORDER_LISTS", "maxNumOrderLists", i.Spot.MaxOrderLists);
        Count(json, "MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders", i.Spot.MaxAlgoOrders);
        Count(json, "MAX_NUM_ICEBERG_ORDERS", "maxNumIcebergOrders", i.Spot.MaxIcebergOrders);
        Count(json, "MAX_NUM_ORDER_AMENDS", "maxNumOrderAmends", i.Spot.MaxOrderAmends);
        if (i.Spot.MaxPosition > 0)
        {
            Filter(json, "MAX_POSITION", ("maxPosition", i.Spot.MaxPosition));
        }

        json.WriteEndArray();
    }

    /// <summary>Limits over all symbols together.</summary>
    public static void ExchangeFilters(Utf8JsonWriter json, ExchangeRules rules)
    {
        json.WriteStartArray("exchangeFilters");
        Count(json, "EXCHANGE_MAX_NUM_ORDERS", "maxNumOrders", rules.MaxOrders);
        Count(json, "EXCHANGE_MAX_NUM_ALGO_ORDERS", "maxNumAlgoOrders", rules.MaxAlgoOrders);
        Count(json, "EXCHANGE_MAX_NUM_ICEBERG_ORDERS", "maxNumIcebergOrders", rules.MaxIcebergOrders);
        Count(json, "EXCHANGE_MAX_NUM_ORDER_LISTS", "maxNumOrderLists", rules.MaxOrderLists);
        json.WriteEndArray();
    }

    /// <summary>Limits on single assets of a symbol, which only the account's own filters show.</summary>
    public static void AssetFilters(Utf8JsonWriter json, ExchangeRules rules, Instrument i)
    {
        json.WriteStartArray("assetFilters");
        foreach (var (asset, limit) in rules.MaxAsset.Where(m => m.Key == i.BaseAsset || m.Key == i.QuoteAsset))
        {
            json.WriteStartObject();
            json.WriteString("filterType", "MAX_ASSET");
            json.WriteString("asset", asset);
            json.Fixed8("limit", limit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Trailing(Utf8JsonWriter json, SpotRules rules)
    {
        json.WriteStartObject();
        json.WriteString("filterType", "TRAILING_DELTA");
        json.WriteNumber("minTrailingAboveDelta", rules.TrailingAbove.Min);
        json.WriteNumber("maxTrailingAboveDelta", rules.TrailingAbove.Max);
        json.WriteNumber("minTrailingBelowDelta", rules.TrailingBelow.Min);
        json.WriteNumber("maxTrailingBelowDelta", rules.TrailingBelow.Max);
        json.WriteEndObject();
    }

    private static void PercentPrice(Utf8JsonWriter json, SpotRules rules)
    {
        json.WriteStartObject();
        json.WriteString("filterType", "PERCENT_PRICE_BY_SIDE");
        json.Plain("bidMultiplierUp", rules.BidMultiplierUp);
        json.Plain("bidMultiplierDown", rules.BidMultiplierDown);
        json.Plain("askMultiplierUp", rules.AskMultiplierUp);
        json.Plain("askMultiplierDown", rules.AskMultiplierDown);
        json.WriteNumber("avgPriceMins", rules.AveragePriceMinutes);
        json.WriteEndObject();
    }

    private static void Notional(Utf8JsonWriter json, Instrument i)
    {
        json.WriteStartObject();
        json.WriteString("filterType", "NOTIONAL");
        json.Fixed8("minNotional", i.MinNotional);
        json.WriteBoolean("applyMinToMarket", i.Spot.AppliesMinNotionalToMarket);
        json.Fixed8("maxNotional", i.MaxNotional);
        json.WriteBoolean("applyMaxToMarket", i.Spot.AppliesMaxNotionalToMarket);
        json.WriteNumber("avgPriceMins", i.Spot.AveragePriceMinutes);
        json.WriteEndObject();
    }

    // A limit of zero is no limit and is not published.
    private static void Count(Utf8JsonWriter json, string type, string field, int limit)
    {
        if (limit == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("filterType", type);
        json.WriteNumber(field, limit);
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

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
