namespace Workbench.Sdk;

/// <summary>Our knowledge about an order, apart from what the venue said.</summary>
public enum OrderKnowledge
{
    /// <summary>Not sent: denied here, or waiting to be sent, or proven not to have left this host.</summary>
    NotSent,

    /// <summary>Sent; no answer yet.</summary>
    InFlight,

    /// <summary>The venue has answered.</summary>
    Known,

    /// <summary>Sent, and what became of it is not known. Its full quantity stays reserved.</summary>
    Unknown,
}

/// <summary>The state of an order of ours at one moment. Immutable; a change is a new value.</summary>
public sealed record Order
{
    /// <summary>Our id.</summary>
    public required ClientOrderId Id { get; init; }

    /// <summary>What was asked for.</summary>
    public required OrderRequest Request { get; init; }

    /// <summary>How many sends were made for it, the present one included; zero before the first. A further one follows only when the last provably came to nothing.</summary>
    public int Attempt { get; init; }

    /// <summary>Our id of the present send at its venue: that of the order for the first, another one for each further send. Null before the first.</summary>
    public ClientOrderId? SentAs { get; init; }

    /// <summary>True once more of it could fill than was asked for, because a venue brought a send back that was settled. A person should look.</summary>
    public bool IsOverCommitted { get; init; }

    /// <summary>What may still fill, where that is more than the quantity less what is filled; null otherwise.</summary>
    public Quantity? Reserved { get; init; }

    /// <summary>The connection it was sent to; null while no route has taken it.</summary>
    public ConnectionId? Connection { get; init; }

    /// <summary>True when that connection is not the primary of the order's route.</summary>
    public bool IsBackup { get; init; }

    /// <summary>True when that connection is simulated.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>The venue's id, once known.</summary>
    public VenueOrderId? VenueOrderId { get; init; }

    /// <summary>What we know.</summary>
    public required OrderKnowledge Knowledge { get; init; }

    /// <summary>What the venue says, once it has said anything.</summary>
    public OrderStatus? Status { get; init; }

    /// <summary>True while a cancel is on its way.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>The quantity that was sent, after rounding down.</summary>
    public Quantity Quantity { get; init; }

    /// <summary>Filled so far, from fills.</summary>
    public Quantity FilledQuantity { get; init; }

    /// <summary>Filled once and taken back by the venue since; not part of <see cref="FilledQuantity"/>, and not filled again.</summary>
    public Quantity TakenBackQuantity { get; init; }

    /// <summary>Average price of the fills; null before the first.</summary>
    public Price? AverageFillPrice { get; init; }

    /// <summary>Why it was denied, refused, ended, or is unknown.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required Timestamp CreatedAt { get; init; }

    /// <summary>When this value came to be.</summary>
    public required Timestamp UpdatedAt { get; init; }

    /// <summary>Rises by one with every change of the order.</summary>
    public int Version { get; init; }

    /// <summary>True when nothing can happen to it any more as far as anybody knows. An unknown order is not done.</summary>
    public bool IsDone { get; init; }

    /// <summary>The quantity that may still fill, in the worst case.</summary>
    public Quantity Leaves => IsDone ? Sdk.Quantity.Zero : Reserved ?? (FilledQuantity + TakenBackQuantity is var ever && ever >= Quantity ? Sdk.Quantity.Zero : Quantity - ever);
}

/// <summary>One execution of an order of ours, with the connection it happened at.</summary>
public sealed record Fill
{
    /// <summary>Our id of the order; null for a fill of an order that is not ours.</summary>
    public ClientOrderId? OrderId { get; init; }

    /// <summary>The connection.</summary>
    public required ConnectionId Connection { get; init; }

    /// <summary>True when that connection is not the primary of the order's route.</summary>
    public bool IsBackup { get; init; }

    /// <summary>True when that connection is simulated.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>What the venue reported.</summary>
    public required FillReport Report { get; init; }

    /// <summary>The market.</summary>
    public Symbol Symbol => Report.Symbol;

    /// <summary>The direction.</summary>
    public Side Side => Report.Side;

    /// <summary>What was paid.</summary>
    public Price Price => Report.Price;

    /// <summary>How much, in units of the base asset.</summary>
    public Quantity Quantity => Report.Quantity;
}
