namespace Workbench.Sdk;

/// <summary>One change of one open order at one venue, every field decided. A connector turns it into exactly one request on the wire.</summary>
public sealed record AmendOrder
{
    /// <summary>The order as the venue has it now, under the id that it has there now.</summary>
    public required NewOrder Current { get; init; }

    /// <summary>The venue's id, when known.</summary>
    public VenueOrderId? VenueOrderId { get; init; }

    /// <summary>What it has filled so far, from fills.</summary>
    public required Quantity Filled { get; init; }

    /// <summary>The whole quantity that the order shall have, what is filled included; more than is filled, and a multiple of the instrument's step.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The limit price that it shall have, on the tick grid; null for orders without one.</summary>
    public required Price? LimitPrice { get; init; }

    /// <summary>The stop price that it shall have, on the tick grid; null for orders without one.</summary>
    public Price? StopPrice { get; init; }

    /// <summary>The id of the order that takes its place where the venue replaces it; never used before. An amendment in place leaves it unused.</summary>
    public required ClientOrderId ReplacementId { get; init; }

    /// <summary>How the venue knows the order.</summary>
    public OrderReference Reference => new(Current.Instrument, Current.ClientOrderId, VenueOrderId);

    /// <summary>What changes.</summary>
    public Amendments Changes =>
        (Quantity < Current.Quantity ? Amendments.LessQuantity : Quantity > Current.Quantity ? Amendments.MoreQuantity : Amendments.None)
        | (LimitPrice != Current.LimitPrice ? Amendments.LimitPrice : Amendments.None)
        | (StopPrice != Current.StopPrice ? Amendments.StopPrice : Amendments.None);

    /// <summary>The order that takes its place where the venue replaces it: what is not filled yet, under its own id.</summary>
    public NewOrder Replacement => Current with
    {
        ClientOrderId = ReplacementId,
        Quantity = Quantity - Filled,
        LimitPrice = LimitPrice,
        StopPrice = StopPrice,
    };

    /// <summary>What is wrong with the change by itself, or null when it makes sense.</summary>
    public string? Problem() => this switch
    {
        { Changes: Amendments.None } => "nothing changes",
        _ when Quantity <= Filled => $"the quantity {Quantity} is not more than the {Filled} that is filled",
        _ when LimitPrice is null != Current.LimitPrice is null => "only one of the order and its change has a limit price",
        _ when StopPrice is null != Current.StopPrice is null => "only one of the order and its change has a stop price",
        _ when ReplacementId == Current.ClientOrderId => "the replacement has the id of the order",
        _ => null,
    };
}
