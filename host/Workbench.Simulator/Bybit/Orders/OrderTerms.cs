using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>A create request as understood, before it is held against the symbol's rules.</summary>
internal sealed record OrderTerms
{
    private const int MaxLinkIdLength = 36;

    // Accepted by the live venue, not by this one: refusing is better than an order without its stop.
    private static readonly string[] Unsupported =
        ["triggerPrice", "takeProfit", "stopLoss", "tpLimitPrice", "slLimitPrice", "slippageTolerance", "bboSideType"];

    public required string Symbol { get; init; }
    public required Side Side { get; init; }
    public required OrderType Type { get; init; }
    public required string TimeInForce { get; init; }
    public required string SmpType { get; init; }
    public required string LinkId { get; init; }
    public required decimal Quantity { get; init; }
    public required decimal Price { get; init; }

    /// <summary>Market orders: the quantity is an amount of the quote coin.</summary>
    public required bool IsQuoteSized { get; init; }

    public bool IsPostOnly => TimeInForce == "PostOnly";

    public static BybitError Read(JsonElement body, out OrderTerms? terms)
    {
        terms = null;
        var error = CheckForm(body);
        if (!error.IsNone)
        {
            return error;
        }

        var type = body.Text("orderType") == "Market" ? OrderType.Market : OrderType.Limit;
        var side = body.Text("side") == "Buy" ? Side.Buy : Side.Sell;
        if (!body.TryAmount("qty", out var quantity))
        {
            return BybitError.Parameter("Request parameter error: qty invalid.");
        }

        var price = 0m;
        if (type == OrderType.Limit && !body.TryAmount("price", out price))
        {
            return BybitError.Parameter("Request parameter error: price invalid.");
        }

        var unit = body.Text("marketUnit");
        terms = new OrderTerms
        {
            Symbol = body.Text("symbol"),
            Side = side,
            Type = type,
            TimeInForce = type == OrderType.Market ? "IOC" : body.Has("timeInForce") ? body.Text("timeInForce") : "GTC",
            SmpType = body.Has("smpType") ? body.Text("smpType") : "None",
            LinkId = body.Text("orderLinkId"),
            Quantity = quantity,
            Price = price,
            IsQuoteSized = type == OrderType.Market && (unit == "quoteCoin" || (unit.Length == 0 && side == Side.Buy)),
        };
        return BybitError.None;
    }

    public NewOrder ToEngine(decimal basePrice) => new()
    {
        Symbol = Symbol,
        Side = Side,
        Type = Type,
        TimeInForce = TimeInForce switch
        {
            "IOC" => Matching.TimeInForce.Ioc,
            "FOK" => Matching.TimeInForce.Fok,
            _ => Matching.TimeInForce.Gtc,
        },
        Quantity = IsQuoteSized ? 0 : Quantity,
        QuoteQuantity = IsQuoteSized ? Quantity : 0,
        Price = Price,
        PostOnly = IsPostOnly ? PostOnly.ExpireIfTaking : PostOnly.No,
        SelfTradePrevention = SmpType switch
        {
            "CancelMaker" => SelfTradePrevention.ExpireMaker,
            "CancelTaker" => SelfTradePrevention.ExpireTaker,
            "CancelBoth" => SelfTradePrevention.ExpireBoth,
            _ => SelfTradePrevention.None,
        },
        ClientId = LinkId,
        Tag = new OrderTag
        {
            TimeInForce = TimeInForce,
            SmpType = SmpType,
            MarketUnit = Type == OrderType.Market ? IsQuoteSized ? "quoteCoin" : "baseCoin" : "",
            BasePrice = basePrice,
        },
    };

    public static bool IsLinkId(string text) =>
        text.Length <= MaxLinkIdLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static BybitError CheckForm(JsonElement body)
    {
        if (body.Has("orderFilter") && body.Text("orderFilter") != "Order")
        {
            return BybitError.Parameter("This simulated venue takes orderFilter Order only.");
        }

        if (Unsupported.FirstOrDefault(name => body.Has(name)) is { } member)
        {
            return BybitError.Parameter($"This simulated venue does not take {member}.");
        }

        if (body.Text("side") is not ("Buy" or "Sell"))
        {
            return BybitError.InvalidSide;
        }

        if (body.Text("orderType") is not ("Limit" or "Market"))
        {
            return BybitError.InvalidOrderType;
        }

        if (body.Has("timeInForce") && body.Text("timeInForce") is not ("GTC" or "IOC" or "FOK" or "PostOnly"))
        {
            return BybitError.InvalidTimeInForce;
        }

        if (body.Has("marketUnit") && body.Text("marketUnit") is not ("baseCoin" or "quoteCoin"))
        {
            return BybitError.Parameter("Request parameter error: marketUnit invalid.");
        }

        if (body.Has("smpType") && body.Text("smpType") is not ("None" or "CancelMaker" or "CancelTaker" or "CancelBoth"))
        {
            return BybitError.Parameter("Request parameter error: smpType invalid.");
        }

        return !body.Has("orderLinkId") || (body.Text("orderLinkId").Length > 0 && IsLinkId(body.Text("orderLinkId")))
            ? BybitError.None
            : BybitError.Parameter("The length or characters of orderLinkId are invalid.");
    }
}
