namespace Workbench.Sdk;

/// <summary>What a venue takes natively in markets of one kind. What it does not take is held by the host or denied; it is never sent as something else.</summary>
public sealed record OrderSupport
{
    /// <summary>The order types it takes.</summary>
    public required IReadOnlySet<OrderType> Types { get; init; }

    /// <summary>How long orders that wait may work there.</summary>
    public required IReadOnlySet<TimeInForce> TimesInForce { get; init; }

    /// <summary>Whether it takes post-only limit orders.</summary>
    public required bool PostOnly { get; init; }

    /// <summary>Whether it takes orders that may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>What can be changed of an open order that stays the same order.</summary>
    public Amendments AmendsInPlace { get; init; }

    /// <summary>Whether what cannot be changed in place can be changed, while the order has no fills, by a cancel and a placement in one request.</summary>
    public bool Replaces { get; init; }

    /// <summary>Whether all orders of a market can be cancelled at once.</summary>
    public bool CancelsAll { get; init; }

    /// <summary>What of a request the venue does not take, or null when it takes all of it.</summary>
    /// <returns>The code of a denial and the reason in words.</returns>
    public (string Code, string Reason)? Refusal(OrderRequest request) => Refusal(request.Type, request.TimeInForce, request.PostOnly, request.ReduceOnly);

    /// <summary>What of an order the venue does not take, or null when it takes all of it.</summary>
    /// <returns>The code of a denial and the reason in words.</returns>
    public (string Code, string Reason)? Refusal(NewOrder order) => Refusal(order.Type, order.TimeInForce, order.PostOnly, order.ReduceOnly);

    /// <summary>How the venue would make a change.</summary>
    /// <remarks>A replacement is only for an order without fills, because one that fills while it is being replaced would leave its new quantity too large.</remarks>
    public AmendWay WayOf(AmendOrder amendment) => amendment.Changes switch
    {
        Amendments.None => AmendWay.None,
        var changes when (changes & ~AmendsInPlace) == Amendments.None => AmendWay.InPlace,
        _ => Replaces && amendment.Filled.IsZero ? AmendWay.Replacement : AmendWay.None,
    };

    // Orders that take what the book offers end at once whatever they say, except that a stop's wait may have an end.
    private (string Code, string Reason)? Refusal(OrderType type, TimeInForce timeInForce, bool isPostOnly, bool isReduceOnly) => type switch
    {
        _ when !Types.Contains(type) => ("unsupported_type", $"the venue takes no {type} orders there"),
        _ when (type.HasLimitPrice() || timeInForce == TimeInForce.GoodTillDate) && !TimesInForce.Contains(timeInForce) => ("unsupported_time_in_force", $"the venue takes no {timeInForce} orders there"),
        _ when isPostOnly && !PostOnly => ("unsupported_post_only", "the venue takes no post-only orders there"),
        _ when isReduceOnly && !ReduceOnly => ("unsupported_reduce_only", "the venue takes no reduce-only orders there"),
        _ => null,
    };
}

/// <summary>What of an open order is changed.</summary>
[Flags]
public enum Amendments
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The whole quantity becomes smaller.</summary>
    LessQuantity = 1,

    /// <summary>The whole quantity becomes larger.</summary>
    MoreQuantity = 2,

    /// <summary>The limit price.</summary>
    LimitPrice = 4,

    /// <summary>The stop price.</summary>
    StopPrice = 8,
}

/// <summary>How a venue makes a change to an open order.</summary>
public enum AmendWay
{
    /// <summary>It does not: there is nothing to change, or it takes a cancel that is awaited and then a new order.</summary>
    None,

    /// <summary>The order stays the same order, with its ids.</summary>
    InPlace,

    /// <summary>The order is cancelled and another with ids of its own is placed. Not one step: each can fail without the other.</summary>
    Replacement,
}
