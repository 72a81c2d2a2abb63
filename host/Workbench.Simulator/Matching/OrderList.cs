namespace Workbench.Simulator.Matching;

internal enum Contingency
{
    /// <summary>Two orders; a fill, trigger or end of one ends the other.</summary>
    OneCancelsTheOther,

    /// <summary>A working order and one pending order that is placed when the working one is filled entirely.</summary>
    OneTriggersTheOther,

    /// <summary>A working order and a pending one-cancels-the-other pair.</summary>
    OneTriggersAPair,
}

/// <summary>A request for orders that depend on one another.</summary>
internal sealed record NewOrderList
{
    public required Contingency Contingency { get; init; }

    /// <summary>The two orders of a pair; or the working order followed by the pending one or two.</summary>
    public required IReadOnlyList<NewOrder> Orders { get; init; }

    /// <summary>Pending orders sell or spend what the working one received after fees, not a quantity of their own.</summary>
    public bool PendingTakesProceeds { get; init; }

    public string ClientId { get; init; } = "";
    public object? Tag { get; init; }
}

/// <summary>Orders that depend on one another.</summary>
internal sealed class OrderList
{
    public required long Id { get; init; }
    public required Contingency Contingency { get; init; }
    public required Account Account { get; init; }
    public required OrderBook Book { get; init; }
    public required string ClientId { get; init; }
    public required bool PendingTakesProceeds { get; init; }
    public required long CreatedMicros { get; init; }
    public object? Tag { get; init; }

    /// <summary>As requested: for the triggering kinds the working order comes first.</summary>
    public List<Order> Orders { get; } = new(3);

    public long UpdatedMicros { get; set; }

    /// <summary>Set while the list is ended as a whole, so that its orders do not end each other.</summary>
    public bool IsEnding { get; set; }

    public bool IsOpen { get; set; } = true;

    public Order? Working => Contingency == Contingency.OneCancelsTheOther ? null : Orders[0];
}

/// <summary>Outcome of placing a list: the list, or why there is none and which of its orders was at fault.</summary>
internal readonly record struct OrderListResult(OrderList? List, Rejection Rejection, int FaultyOrder = -1)
{
    public bool Ok => Rejection == Rejection.None;
}
