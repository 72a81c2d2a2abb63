using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>From parameters to an order: which each type needs, which it forbids.</summary>
internal static class OrderReader
{
    private const long LowestStrategyType = 1_000_000;
    private const int MostPegLevels = 100;

    /// <summary>Parameters of a single order.</summary>
    public static readonly IReadOnlyList<string> Parameters =
    [
        "symbol", "side", "type", "timeInForce", "quantity", "quoteOrderQty", "price", "newClientOrderId", "stopPrice", "trailingDelta",
        "icebergQty", "newOrderRespType", "selfTradePreventionMode", "strategyId", "strategyType", "pegPriceType", "pegOffsetType",
        "pegOffsetValue",
    ];

    public static ApiError? Read(Parameters p, out OrderRequest? request) => Read(p, FieldNames.Plain, out request);

    /// <summary>Reads one order, or the leg of a list that goes by <paramref name="names"/>.</summary>
    public static ApiError? Read(Parameters p, FieldNames names, out OrderRequest? request)
    {
        request = null;
        var symbol = p.Required("symbol");
        var side = p.Required(names.Side);
        var type = p.Required(names.Type);
        if (p.Error is { } missing)
        {
            return missing;
        }

        if (side is not ("BUY" or "SELL"))
        {
            return ApiError.InvalidSide;
        }

        if (OrderKind.Find(type) is not { } kind)
        {
            return ApiError.InvalidType;
        }

        if (Forbidden(p, names, kind) is { } forbidden)
        {
            return ApiError.NotRequired(forbidden);
        }

        if (MissingTrigger(p, names, kind) is { } trigger)
        {
            return trigger;
        }

        var order = new OrderRequest { Symbol = symbol, Side = side == "BUY" ? Side.Buy : Side.Sell, Kind = kind };
        return ReadTerms(p, names, ref order) ?? ReadLabels(p, names, ref order) ?? p.Error ?? Accept(order, out request);
    }

    private static ApiError? Accept(OrderRequest order, out OrderRequest? request)
    {
        request = order;
        return null;
    }

    private static string? Forbidden(Parameters p, FieldNames n, OrderKind kind)
    {
        (string? Name, bool IsAllowed)[] table =
        [
            (n.TimeInForce, kind.HasTimeInForce),
            (n.Price, kind.HasPrice && !p.Has(n.PegPriceType)),
            (n.QuoteQuantity, kind.IsMarket && !p.Has(n.Quantity)),
            (n.StopPrice, kind.IsTriggered),
            (n.TrailingDelta, kind.IsTriggered),
            (n.IcebergQuantity, kind.HasPrice),
            (n.PegPriceType, kind.HasPrice),
            (n.PegOffsetType, p.Has(n.PegPriceType)),
            (n.PegOffsetValue, p.Has(n.PegOffsetType)),
        ];
        return table.FirstOrDefault(t => !t.IsAllowed && t.Name is { } name && p.Has(name)).Name;
    }

    private static ApiError? MissingTrigger(Parameters p, FieldNames n, OrderKind kind)
    {
        if (kind.IsTriggered && !p.Has(n.StopPrice) && !p.Has(n.TrailingDelta))
        {
            return ApiError.MissingEither(n.StopPrice, n.TrailingDelta);
        }

        return kind.IsMarket && n.QuoteQuantity is { } quote && !p.Has(quote) && !p.Has(n.Quantity)
            ? ApiError.MissingEither(n.Quantity, quote)
            : null;
    }

    private static ApiError? ReadTerms(Parameters p, FieldNames n, ref OrderRequest order)
    {
        var kind = order.Kind;
        var tif = TimeInForce.Gtc;
        if (kind.HasTimeInForce && !TryTimeInForce(p.Required(n.TimeInForce), out tif))
        {
            return p.Error ?? ApiError.InvalidTimeInForce;
        }

        var byQuote = n.QuoteQuantity is { } quote && p.Has(quote);
        order = order with
        {
            TimeInForce = tif,
            Quantity = byQuote ? 0 : p.Number(n.Quantity, required: true),
            QuoteQuantity = byQuote ? p.Number(n.QuoteQuantity!) : 0,
            Price = kind.HasPrice && !p.Has(n.PegPriceType) ? p.Number(n.Price, required: true) : 0,
            StopPrice = p.Number(n.StopPrice),
            TrailingDelta = (int)Math.Min(int.MaxValue, p.Integer(n.TrailingDelta) ?? 0),
            IcebergQuantity = p.Number(n.IcebergQuantity),
        };
        if (p.Error is not null)
        {
            return p.Error;
        }

        if (order.IcebergQuantity > 0 && tif != TimeInForce.Gtc)
        {
            return ApiError.Rejected("Unsupported order combination");
        }

        return order.IcebergQuantity > order.Quantity ? ApiError.Rejected("IcebergQty exceeds QTY.") : ReadPeg(p, n, ref order);
    }

    private static ApiError? ReadPeg(Parameters p, FieldNames n, ref OrderRequest order)
    {
        if (p.Text(n.PegPriceType) is not { } priceType)
        {
            return null;
        }

        if (priceType is not ("PRIMARY_PEG" or "MARKET_PEG") || (order.Kind.IsMaker && priceType == "MARKET_PEG"))
        {
            return new ApiError(-1210, "Invalid pegPriceType.");
        }

        var offset = p.Text(n.PegOffsetType);
        var levels = p.Integer(n.PegOffsetValue) ?? 0;
        if (offset is not (null or "PRICE_LEVEL") || levels > MostPegLevels || (offset is not null && !p.Has(n.PegOffsetValue)))
        {
            return new ApiError(-1211, "Invalid pegOffsetType or pegOffsetValue.");
        }

        order = order with { Peg = new PegTerms(priceType, offset, (int)levels) };
        return null;
    }

    private static ApiError? ReadLabels(Parameters p, FieldNames n, ref OrderRequest order)
    {
        order = order with
        {
            ClientId = p.ClientId(n.ClientId) ?? "",
            SelfTradeMode = p.Text("selfTradePreventionMode"),
            StrategyId = p.Integer(n.StrategyId),
            StrategyType = p.Integer(n.StrategyType),
            ResponseType = p.Text("newOrderRespType") ?? order.Kind.StandardResponse,
        };
        if (order.StrategyType < LowestStrategyType)
        {
            return new ApiError(-1134, "`strategyType` was less than 1000000.");
        }

        return order.ResponseType is "ACK" or "RESULT" or "FULL" ? null : ApiError.Invalid("newOrderRespType");
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
}
