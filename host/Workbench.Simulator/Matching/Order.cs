namespace Workbench.Simulator.Matching;

/// <summary>An order as the engine owns it. Read it only inside the venue's lock; take a <see cref="Copy"/> outside.</summary>
internal sealed class Order
{
    public required long Id { get; init; }
    public required Account Account { get; init; }
    public required OrderBook Book { get; init; }
    public required Side Side { get; init; }
    public required OrderType Type { get; init; }
    public required TimeInForce TimeInForce { get; init; }
    public required PostOnly PostOnly { get; init; }
    public required SelfTradePrevention SelfTradePrevention { get; init; }
    public required decimal QuoteQuantity { get; init; }
    public required long CreatedMicros { get; init; }
    public decimal DisplayQuantity { get; init; }
    public decimal PriceBound { get; init; }
    public bool ReduceOnly { get; init; }
    public int PositionIndex { get; init; }

    /// <summary>Null for an order that is not conditional.</summary>
    public TriggerState? Trigger { get; init; }

    public object? Tag { get; set; }

    public required string ClientId { get; set; }
    public required decimal Price { get; set; }
    public required decimal Quantity { get; set; }
    public decimal Executed { get; set; }
    public decimal ExecutedQuote { get; set; }

    /// <summary>What self-trade prevention took off the quantity, or had left over when it ended the order.</summary>
    public decimal Prevented { get; set; }

    /// <summary>The same for an order sized in quote.</summary>
    public decimal PreventedQuote { get; set; }

    public OrderStatus Status { get; set; }
    public CloseReason CloseReason { get; set; }
    public long UpdatedMicros { get; set; }

    /// <summary>When it began to work: accepted, triggered or placed after the order it waited for. 0 while it waits.</summary>
    public long WorkingMicros { get; set; }

    /// <summary>What is locked for it, in the unit of its book's settlement.</summary>
    public decimal Locked { get; set; }

    public OrderList? List { get; set; }

    /// <summary>The other order of a one-cancels-the-other pair.</summary>
    public Order? Contra { get; set; }

    /// <summary>Fills in order, kept for accounts that keep history.</summary>
    public List<AccountTrade>? Fills { get; set; }

    /// <summary>Null until the first self-trade that was prevented.</summary>
    public List<PreventedMatch>? PreventedMatches { get; set; }

    // Place in the book, owned by PriceLevel.
    public PriceLevel? Level { get; set; }
    public Order? Next { get; set; }
    public Order? Previous { get; set; }

    /// <summary>The part of a resting order the book shows.</summary>
    public decimal Visible { get; set; }

    public string Symbol => Book.Symbol;
    public decimal Remaining => Quantity - Executed - Prevented;
    public bool IsQuoteSized => QuoteQuantity > 0;
    public decimal AveragePrice => Executed == 0 ? 0 : ExecutedQuote / Executed;

    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled or OrderStatus.Untriggered or OrderStatus.Pending;

    /// <summary>Open and neither untriggered nor pending.</summary>
    public bool IsWorking => Status is OrderStatus.New or OrderStatus.PartiallyFilled;

    /// <summary>A detached copy that later engine steps do not change.</summary>
    public Order Copy()
    {
        var copy = (Order)MemberwiseClone();
        copy.Level = null;
        copy.Next = copy.Previous = copy.Contra = null;
        copy.Fills = Fills is null ? null : [.. Fills];
        copy.PreventedMatches = PreventedMatches is null ? null : [.. PreventedMatches];
        return copy;
    }
}
