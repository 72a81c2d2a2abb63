using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>One send of an order as the core keeps it: its own snapshot and what only the core needs. Changed by <see cref="ExecutionCore"/> alone.</summary>
internal sealed class Attempt(Order order, Intent intent, int ordinal)
{
    /// <summary>What it was made for.</summary>
    public Intent Intent { get; } = intent;

    /// <summary>Its place among all attempts, from zero.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>Its own snapshot, under the id that it has at the venue.</summary>
    public Order Order { get; private set; } = order;

    /// <summary>The market at the venue; null until prepared.</summary>
    public Instrument? Instrument { get; set; }

    /// <summary>True when it has just been settled in a way that allows another attempt.</summary>
    public bool IsFreeForAnother { get; set; }

    /// <summary>How often it was handed to the wire; more than once is a broken rule.</summary>
    public int TimesSent { get; set; }

    /// <summary>What was filled when the rules were last checked.</summary>
    public Quantity GuardedFilled { get; set; }

    /// <summary>What the venue took back since the rules were last checked.</summary>
    public Quantity TakenBackNow { get; set; }

    /// <summary>Price times quantity over all fills, exact.</summary>
    public decimal FilledValue { get; set; }

    /// <summary>The most the venue ever said is filled; fills below it are missing here.</summary>
    public Quantity AnnouncedFilled { get; set; }

    /// <summary>The venue's time of the newest word taken.</summary>
    public Timestamp? LastWord { get; set; }

    /// <summary>Since when it has been unknown in this epoch; all bytes of its send left before.</summary>
    public Timestamp UnknownSince { get; set; }

    /// <summary>True when a look-up is wanted for a reason other than being unknown or short of fills.</summary>
    public bool IsWatched { get; set; }

    /// <summary>True when the cancel that is on its way has been answered without settling the order.</summary>
    public bool IsCancelAnswered { get; set; }

    /// <summary>True when a cancel is to be sent once more as soon as the order is seen working.</summary>
    public bool IsCancelPostponed { get; set; }

    /// <summary>When the last two good reads without the order were asked, oldest first.</summary>
    public (Timestamp? Earlier, Timestamp? Later) Absences { get; set; }

    /// <summary>True once the venue has said that its stop price was reached.</summary>
    public bool IsTriggered { get; set; }

    /// <summary>How many look-ups have been answered, well or badly.</summary>
    public int LookUpsAnswered { get; set; }

    /// <summary>True when the venue announced fills that have not arrived.</summary>
    public bool IsShortOfFills => Everything < AnnouncedFilled;

    /// <summary>All that ever filled, what was taken back included.</summary>
    public Quantity Everything => Order.FilledQuantity + Order.TakenBackQuantity;

    /// <summary>True when the resolver has work with it.</summary>
    public bool NeedsLookUp => Instrument is not null && (Order.Knowledge == OrderKnowledge.Unknown || IsShortOfFills || IsWatched);

    /// <summary>True when its fate or its fills are not settled.</summary>
    public bool IsUnsettled => Order.Knowledge is OrderKnowledge.InFlight or OrderKnowledge.Unknown || IsShortOfFills || IsWatched;

    /// <summary>The row of the table it is in.</summary>
    public AttemptState State => Order.Status switch
    {
        OrderStatus.Pending => AttemptState.Pending,
        OrderStatus.New => AttemptState.Live,
        OrderStatus.PartiallyFilled => AttemptState.Partial,
        OrderStatus.Filled => AttemptState.Filled,
        OrderStatus.Cancelled or OrderStatus.Expired => AttemptState.Ended,
        OrderStatus.Rejected => AttemptState.Rejected,
        _ when Order.IsDone => AttemptState.Dead,
        _ => Order.Knowledge switch
        {
            OrderKnowledge.NotSent => AttemptState.Draft,
            OrderKnowledge.InFlight => AttemptState.InFlight,
            _ => AttemptState.Unknown,
        },
    };

    /// <summary>How others name it at the venue; null before it was prepared.</summary>
    public OrderReference? Reference => Instrument is null ? null : new OrderReference(Instrument, Order.Id, Order.VenueOrderId)
    {
        IsConditional = Order.Request.Type.HasStopPrice() && !IsTriggered && Order.FilledQuantity.IsZero,
    };

    /// <summary>Replaces the snapshot, unless nothing is different.</summary>
    public void Become(Order next, Timestamp at) => Order = next == Order ? Order : next with { UpdatedAt = at, Version = Order.Version + 1 };

    /// <summary>Adds a fill to the quantities and derives the status from them.</summary>
    public void Add(FillReport fill, bool reopen, Timestamp at)
    {
        FilledValue += (fill.Price * fill.Quantity).Value;
        var filled = Order.FilledQuantity + fill.Quantity;
        var status = filled + Order.TakenBackQuantity >= Order.Quantity ? OrderStatus.Filled
            : Order.Status is { } final && final.IsFinal() && !reopen ? final
            : OrderStatus.PartiallyFilled;
        Settle(Order with
        {
            FilledQuantity = filled,
            AverageFillPrice = filled.IsZero ? null : new Price(FilledValue / filled.Value),
            Knowledge = OrderKnowledge.Known,
            Status = status,
        }, at);
    }

    /// <summary>Takes a fill back that the venue has declared void, wholly or in part. What was left to fill stays as it was.</summary>
    public void TakeBack(FillReport reversal, Timestamp at)
    {
        FilledValue -= (reversal.Price * reversal.Quantity).Value;
        TakenBackNow += reversal.Quantity;
        var filled = Order.FilledQuantity - reversal.Quantity;
        Become(Order with
        {
            FilledQuantity = filled,
            TakenBackQuantity = Order.TakenBackQuantity + reversal.Quantity,
            AverageFillPrice = filled.IsZero ? null : new Price(FilledValue / filled.Value),
            Reason = $"the venue took back {reversal.Quantity} of trade {reversal.Reverses}",
        }, at);
    }

    /// <summary>Replaces the snapshot by one with a venue status and derives from it whether it is done.</summary>
    public void Settle(Order next, Timestamp at)
    {
        var final = next.Status is { } status && status.IsFinal();
        IsWatched &= !final;
        IsCancelPostponed &= !final;
        Become(next with { IsDone = final && next.FilledQuantity + next.TakenBackQuantity >= AnnouncedFilled, CancelRequested = next.CancelRequested && !final }, at);
    }

    /// <summary>True when what a venue says about a connection, a market and a side can be about this order.</summary>
    public bool Belongs(OrderKey key, Side? side) =>
        (Order.Connection ?? key.Connection) == key.Connection
        && Order.Request.Symbol == key.Symbol
        && (side ?? Order.Request.Side) == Order.Request.Side;
}
