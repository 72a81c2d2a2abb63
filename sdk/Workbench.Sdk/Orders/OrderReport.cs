namespace Workbench.Sdk;

/// <summary>A venue's word about an order, from an answer, an event or a query.</summary>
public sealed record OrderReport
{
    /// <summary>The market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Our id as the venue knows it; null for an order that never had one.</summary>
    public ClientOrderId? ClientOrderId { get; init; }

    /// <summary>The venue's id.</summary>
    public required VenueOrderId VenueOrderId { get; init; }

    /// <summary>What the venue says.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>The direction, where the report says it.</summary>
    public Side? Side { get; init; }

    /// <summary>How it seeks its price, where the report says it.</summary>
    public OrderType? Type { get; init; }

    /// <summary>The whole quantity in units of the base asset, where the report says it.</summary>
    public Quantity? Quantity { get; init; }

    /// <summary>The limit price, where there is one.</summary>
    public Price? LimitPrice { get; init; }

    /// <summary>The stop price, where there is one and the report says it.</summary>
    public Price? StopPrice { get; init; }

    /// <summary>Whether a stop order has been started by its price; null where the report does not say it, and for orders without a stop price.</summary>
    public bool? IsTriggered { get; init; }

    /// <summary>Filled so far, in units of the base asset, where the report says it; never decreases.</summary>
    public Quantity? FilledQuantity { get; init; }

    /// <summary>Average price of the fills, where the report says it.</summary>
    public Price? AverageFillPrice { get; init; }

    /// <summary>Why it ended or was refused, in the venue's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When the venue says it happened.</summary>
    public required Timestamp VenueTime { get; init; }
}

/// <summary>A venue's word about one execution of an order of ours.</summary>
public sealed record FillReport
{
    /// <summary>The market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>The venue's id of the execution; fills are applied once by it.</summary>
    public required TradeId TradeId { get; init; }

    /// <summary>The venue's id of the order.</summary>
    public required VenueOrderId VenueOrderId { get; init; }

    /// <summary>Our id of the order, where the report says it.</summary>
    public ClientOrderId? ClientOrderId { get; init; }

    /// <summary>The direction of our order.</summary>
    public required Side Side { get; init; }

    /// <summary>What was paid.</summary>
    public required Price Price { get; init; }

    /// <summary>How much, in units of the base asset.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The fee; negative for a rebate. Zero where the report does not say it.</summary>
    public Amount Fee { get; init; }

    /// <summary>What the fee is counted in; null where the report does not say it.</summary>
    public Asset? FeeAsset { get; init; }

    /// <summary>
    /// The trade that this entry takes back, for a trade that the venue has declared void or corrected; null for every usual fill. Such an entry has an id of its own, the
    /// price of that trade, the quantity that is taken back, and the opposite side, so that books add up; a correction is a reversal and a new fill.
    /// </summary>
    public TradeId? Reverses { get; init; }

    /// <summary>Whether our order rested or took.</summary>
    public LiquidityRole Role { get; init; }

    /// <summary>When the venue says it happened.</summary>
    public required Timestamp VenueTime { get; init; }
}
