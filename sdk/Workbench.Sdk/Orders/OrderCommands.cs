namespace Workbench.Sdk;

/// <summary>One send of an order to one venue, every field decided. A connector turns it into exactly one request on the wire.</summary>
public sealed record NewOrder
{
    /// <summary>Our id; never used before.</summary>
    public required ClientOrderId ClientOrderId { get; init; }

    /// <summary>The market at the venue, with its rules.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>The direction.</summary>
    public required Side Side { get; init; }

    /// <summary>How it seeks its price.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Units of the base asset, a multiple of the instrument's step.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The limit price on the tick grid; null for orders that take what the book offers.</summary>
    public Price? LimitPrice { get; init; }

    /// <summary>The price on the tick grid that starts a stop order; null for orders that work at once.</summary>
    public Price? StopPrice { get; init; }

    /// <summary>How long it may work.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>When a good-till-date order ends; null for others.</summary>
    public Timestamp? ExpiresAt { get; init; }

    /// <summary>True when it must never take liquidity.</summary>
    public bool PostOnly { get; init; }

    /// <summary>True when it may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }
}

/// <summary>Names one order at a venue: by our id always, by the venue's id where it is known.</summary>
/// <param name="Instrument">The market at the venue.</param>
/// <param name="ClientOrderId">Our id.</param>
/// <param name="VenueOrderId">The venue's id, when known.</param>
public sealed record OrderReference(Instrument Instrument, ClientOrderId ClientOrderId, VenueOrderId? VenueOrderId)
{
    /// <summary>True when it waits for its stop price, as far as is known: some venues keep such orders apart.</summary>
    public bool IsConditional { get; init; }
}
