using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>A create request as understood, before it is held against the symbol's rules.</summary>
internal sealed record OrderTerms
{
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

    public required OrderKind Kind { get; init; }

    /// <summary>0 for plain orders.</summary>
    public required decimal TriggerPrice { get; init; }

    public required Bracket? Bracket { get; init; }

    /// <summary>TickSize, Percent or "".</summary>
    public required string SlippageType { get; init; }

    /// <summary>As it was sent.</summary>
    public required string Slippage { get; init; }

    public bool IsPostOnly => TimeInForce == "PostOnly";

    public static BybitError Read(JsonElement body, out OrderTerms? terms)
    {
        terms = null;
        var error = OrderForm.Check(body);
        if (!error.IsNone)
        {
            return error;
        }

        error = Bracket.Read(body, out var bracket);
        if (!error.IsNone)
        {
            return error;
        }

        var type = body.Text("orderType") == "Market" ? OrderType.Market : OrderType.Limit;
        if (ReadAmounts(body, type, out var quantity, out var price, out var trigger) is { } wrong)
        {
            return BybitError.Parameter($"Request parameter error: {wrong} invalid.");
        }

        var side = body.Text("side") == "Buy" ? Side.Buy : Side.Sell;
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
            Kind = OrderKinds.Parse(body.Text("orderFilter")) ?? OrderKind.Order,
            TriggerPrice = trigger,
            Bracket = bracket,
            SlippageType = body.Text("slippageToleranceType"),
            Slippage = body.Text("slippageTolerance"),
        };
        return BybitError.None;
    }

    // The name of what is missing or malformed; null when all is well.
    private static string? ReadAmounts(JsonElement body, OrderType type, out decimal quantity, out decimal price, out decimal trigger)
    {
        (price, trigger) = (0, 0);
        if (!body.TryAmount("qty", out quantity))
        {
            return "qty";
        }

        if (type == OrderType.Limit && !body.TryAmount("price", out price))
        {
            return "price";
        }

        return body.Has("triggerPrice") && !body.TryAmount("triggerPrice", out trigger) ? "triggerPrice" : null;
    }
}
