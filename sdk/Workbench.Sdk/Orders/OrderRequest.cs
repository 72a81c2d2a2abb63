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

    /// <summary>The limit price; required for limit and stop-limit orders and forbidden for market and stop orders.</summary>
    public Price? LimitPrice { get; init; }

    /// <summary>The price of a trade that starts the order; required for stop and stop-limit orders and forbidden for others. A buy waits for trades at it or above, a sell for trades at it or below.</summary>
    public Price? StopPrice { get; init; }

    /// <summary>How long it may work. Market orders ignore it, and so do stop orders except <see cref="TimeInForce.GoodTillDate"/>, which bounds their wait.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>When it ends by itself; required for <see cref="TimeInForce.GoodTillDate"/> and forbidden otherwise.</summary>
    public Timestamp? ExpiresAt { get; init; }

    /// <summary>True when it must never take liquidity; only with a limit order that may wait.</summary>
    public bool PostOnly { get; init; }

    /// <summary>True when it may only make a position smaller, never open or turn one.</summary>
    public bool ReduceOnly { get; init; }

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

    /// <summary>An order that waits for a trade at its stop price and then takes what the book offers.</summary>
    public static OrderRequest Stop(Symbol symbol, Side side, Quantity quantity, Price stop) =>
        new() { Symbol = symbol, Side = side, Type = OrderType.Stop, Quantity = quantity, StopPrice = stop };

    /// <summary>An order that waits for a trade at its stop price and then fills at its limit price or better.</summary>
    public static OrderRequest StopLimit(Symbol symbol, Side side, Quantity quantity, Price stop, Price limit, TimeInForce timeInForce = TimeInForce.GoodTillCancelled) =>
        new() { Symbol = symbol, Side = side, Type = OrderType.StopLimit, Quantity = quantity, StopPrice = stop, LimitPrice = limit, TimeInForce = timeInForce };

    /// <summary>What is wrong with the request by itself, or null when it makes sense.</summary>
    public string? Problem() => this switch
    {
        _ when Symbol == default => "the symbol is missing",
        _ when Quantity.IsZero => "the quantity is zero",
        { Quantity.Value: > Largest } => $"the quantity is larger than {Numbers.Text(Largest)}",
        { LimitPrice.Value: > Largest } => $"the limit price is larger than {Numbers.Text(Largest)}",
        { StopPrice.Value: > Largest } => $"the stop price is larger than {Numbers.Text(Largest)}",
        _ => TermsProblem() ?? (Tag is { Length: > 64 } ? "the tag is longer than 64 characters" : null),
    };

    private string? TermsProblem() => this switch
    {
        { Type: OrderType.Limit or OrderType.StopLimit, LimitPrice: null } => $"a {Word(Type)} order needs a limit price",
        { Type: OrderType.Market or OrderType.Stop, LimitPrice: not null } => $"a {Word(Type)} order takes no limit price",
        { Type: OrderType.Stop or OrderType.StopLimit, StopPrice: null } => $"a {Word(Type)} order needs a stop price",
        { Type: OrderType.Market or OrderType.Limit, StopPrice: not null } => $"a {Word(Type)} order takes no stop price",
        { PostOnly: true, Type: not OrderType.Limit } => $"a {Word(Type)} order cannot be post-only",
        { PostOnly: true, TimeInForce: TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill } => "a post-only order waits, so it cannot end at once",
        { TimeInForce: TimeInForce.GoodTillDate, Type: OrderType.Market } => "a market order does not wait, so it has no date to end at",
        { TimeInForce: TimeInForce.GoodTillDate, ExpiresAt: null } => "a good-till-date order needs the moment it ends at",
        { TimeInForce: not TimeInForce.GoodTillDate, ExpiresAt: not null } => "only a good-till-date order has a moment it ends at",
        _ => null,
    };

    private static string Word(OrderType type) => type switch
    {
        OrderType.Market => "market",
        OrderType.Limit => "limit",
        OrderType.Stop => "stop",
        _ => "stop-limit",
    };
}
