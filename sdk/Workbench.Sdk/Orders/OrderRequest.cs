namespace Workbench.Sdk;

/// <summary>What a strategy, a script or a trader wants. It names a market and leaves the venue to the route unless it says otherwise.</summary>
public sealed record OrderRequest
{
    /// <summary>Far above any real order, and low enough that price times quantity always fits a decimal.</summary>
    private const decimal Largest = 100_000_000_000_000m;

    /// <summary>The market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>The direction.</summary>
    public required Side Side { get; init; }

    /// <summary>How it seeks its price.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Units of the base asset; rounded down to the venue's step before it is sent.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The limit price; required for limit orders and forbidden for market orders.</summary>
    public Price? LimitPrice { get; init; }

    /// <summary>How long it may work; market orders ignore it.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>True when it must never take liquidity; only with a good-till-cancelled limit order.</summary>
    public bool PostOnly { get; init; }

    /// <summary>The connection it must go to, or null to let the route choose.</summary>
    public ConnectionId? Connection { get; init; }

    /// <summary>A note of the author, kept in the journal and the history; at most 64 characters.</summary>
    public string? Tag { get; init; }

    /// <summary>An order that takes what the book offers now.</summary>
    public static OrderRequest Market(Symbol symbol, Side side, Quantity quantity) =>
        new() { Symbol = symbol, Side = side, Type = OrderType.Market, Quantity = quantity };

    /// <summary>An order that fills at its limit price or better.</summary>
    public static OrderRequest Limit(Symbol symbol, Side side, Quantity quantity, Price limit, TimeInForce timeInForce = TimeInForce.GoodTillCancelled, bool postOnly = false) =>
        new() { Symbol = symbol, Side = side, Type = OrderType.Limit, Quantity = quantity, LimitPrice = limit, TimeInForce = timeInForce, PostOnly = postOnly };

    /// <summary>What is wrong with the request by itself, or null when it makes sense.</summary>
    public string? Problem() => this switch
    {
        _ when Symbol == default => "the symbol is missing",
        _ when Quantity.IsZero => "the quantity is zero",
        { Quantity.Value: > Largest } => $"the quantity is larger than {Numbers.Text(Largest)}",
        { LimitPrice.Value: > Largest } => $"the limit price is larger than {Numbers.Text(Largest)}",
        { Type: OrderType.Limit, LimitPrice: null } => "a limit order needs a limit price",
        { Type: OrderType.Market, LimitPrice: not null } => "a market order takes no limit price",
        { PostOnly: true, Type: OrderType.Market } => "a market order cannot be post-only",
        { PostOnly: true, TimeInForce: not TimeInForce.GoodTillCancelled } => "a post-only order is good till cancelled",
        { Tag.Length: > 64 } => "the tag is longer than 64 characters",
        _ => null,
    };
}
