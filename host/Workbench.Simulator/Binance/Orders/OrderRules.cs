using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>From parameters to an order: which are needed, which forbidden, and the filters of exchangeInfo.</summary>
internal static class OrderRules
{
    public const int AveragePriceMinutes = 5;
    private static readonly string[] TriggerTypes = ["STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"];

    public static ApiError? Read(Parameters p, out NewOrder? order)
    {
        order = null;
        var symbol = p.Required("symbol");
        var side = p.Required("side");
        var type = p.Required("type");
        if (p.Error is { } missing)
        {
            return missing;
        }

        if (side is not ("BUY" or "SELL"))
        {
            return ApiError.InvalidSide;
        }

        if (TriggerTypes.Contains(type))
        {
            return ApiError.Rejected("Stop orders are not supported for this symbol.");
        }

        return type is "LIMIT" or "MARKET" or "LIMIT_MAKER" ? ReadSupported(p, symbol, side, type, out order) : ApiError.InvalidType;
    }

    /// <summary>The symbol's filters, inside the venue's lock.</summary>
    public static ApiError? Filters(Market market, Account account, NewOrder order, long nowMillis)
    {
        var i = market.Instrument;
        var reference = market.AveragePrice(AveragePriceMinutes, nowMillis);
        if (order.Type == OrderType.Limit && Price(i, order, reference) is { } badPrice)
        {
            return badPrice;
        }

        if (order.Quantity > 0 && (order.Quantity < i.MinQuantity || order.Quantity > i.MaxQuantity || !i.IsOnStep(order.Quantity)))
        {
            return ApiError.Filter("LOT_SIZE");
        }

        if (order.Type == OrderType.Market && order.Quantity > i.MaxMarketQuantity)
        {
            return ApiError.Filter("MARKET_LOT_SIZE");
        }

        var notional = order.QuoteQuantity > 0 ? order.QuoteQuantity
            : order.Quantity * (order.Type == OrderType.Limit ? order.Price : reference);
        if (notional < i.MinNotional || (order.Type == OrderType.Limit && notional > i.MaxNotional))
        {
            return ApiError.Filter("NOTIONAL");
        }

        return order.Type == OrderType.Limit && account.OpenOrders.Count(o => o.Symbol == order.Symbol) >= i.MaxOpenOrders
            ? ApiError.Filter("MAX_NUM_ORDERS")
            : null;
    }

    private static ApiError? ReadSupported(Parameters p, string symbol, string side, string type, out NewOrder? order)
    {
        order = null;
        var isMarket = type == "MARKET";
        if (Forbidden(p, type) is { } forbidden)
        {
            return ApiError.NotRequired(forbidden);
        }

        var tif = TimeInForce.Gtc;
        if (type == "LIMIT" && !TryTimeInForce(p.Required("timeInForce"), out tif))
        {
            return p.Error ?? ApiError.InvalidTimeInForce;
        }

        var byQuote = isMarket && p.Has("quoteOrderQty");
        if (byQuote && p.Has("quantity"))
        {
            return ApiError.NotRequired("quoteOrderQty");
        }

        if (isMarket && !byQuote && !p.Has("quantity"))
        {
            return ApiError.MissingEither("quantity", "quoteOrderQty");
        }

        var mode = p.Text("selfTradePreventionMode") ?? "EXPIRE_MAKER";
        if (!TrySelfTrade(mode, out var prevention))
        {
            return ApiError.SelfTradeMode;
        }

        order = new NewOrder
        {
            Symbol = symbol,
            Side = side == "BUY" ? Side.Buy : Side.Sell,
            Type = isMarket ? OrderType.Market : OrderType.Limit,
            TimeInForce = tif,
            Quantity = byQuote ? 0 : p.Number("quantity", required: true),
            QuoteQuantity = byQuote ? p.Number("quoteOrderQty") : 0,
            Price = isMarket ? 0 : p.Number("price", required: true),
            PostOnly = type == "LIMIT_MAKER" ? PostOnly.RefuseIfTaking : PostOnly.No,
            SelfTradePrevention = prevention,
            ClientId = p.ClientId("newClientOrderId") ?? "",
            Tag = new OrderTag(type, mode),
        };
        return p.Error ?? ResponseType(p);
    }

    private static string? Forbidden(Parameters p, string type)
    {
        if (type is "MARKET" or "LIMIT_MAKER" && p.Has("timeInForce"))
        {
            return "timeInForce";
        }

        if (type == "MARKET" && p.Has("price"))
        {
            return "price";
        }

        if (type != "MARKET" && p.Has("quoteOrderQty"))
        {
            return "quoteOrderQty";
        }

        return p.Has("stopPrice") ? "stopPrice" : null;
    }

    private static ApiError? ResponseType(Parameters p) =>
        p.Text("newOrderRespType") is null or "ACK" or "RESULT" or "FULL"
            ? null
            : new ApiError(-1130, "Data sent for parameter 'newOrderRespType' is not valid.");

    private static ApiError? Price(Instrument i, NewOrder order, decimal reference)
    {
        if (order.Price < i.MinPrice || order.Price > i.MaxPrice || !i.IsOnTick(order.Price))
        {
            return ApiError.Filter("PRICE_FILTER");
        }

        return order.Price > reference * i.PriceBand || order.Price < reference / i.PriceBand
            ? ApiError.Filter("PERCENT_PRICE_BY_SIDE")
            : null;
    }

    private static bool TryTimeInForce(string text, out TimeInForce value)
    {
        value = text switch
        {
            "IOC" => TimeInForce.Ioc,
            "FOK" => TimeInForce.Fok,
            _ => TimeInForce.Gtc,
        };
        return text is "GTC" or "IOC" or "FOK";
    }

    private static bool TrySelfTrade(string text, out SelfTradePrevention value)
    {
        value = text switch
        {
            "EXPIRE_MAKER" => SelfTradePrevention.ExpireMaker,
            "EXPIRE_TAKER" => SelfTradePrevention.ExpireTaker,
            "EXPIRE_BOTH" => SelfTradePrevention.ExpireBoth,
            _ => SelfTradePrevention.None,
        };
        return text is "NONE" or "EXPIRE_MAKER" or "EXPIRE_TAKER" or "EXPIRE_BOTH";
    }
}
