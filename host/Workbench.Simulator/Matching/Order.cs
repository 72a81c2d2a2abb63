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
    public object? Tag { get; init; }

    public required string ClientId { get; set; }
    public required decimal Price { get; set; }
    public required decimal Quantity { get; set; }
    public decimal Executed { get; set; }
    public decimal ExecutedQuote { get; set; }
    public OrderStatus Status { get; set; }
    public CloseReason CloseReason { get; set; }
    public long UpdatedMicros { get; set; }

    /// <summary>Fills in order, kept for accounts that keep history.</summary>
    public List<AccountTrade>? Fills { get; set; }

    // Place in the book, owned by PriceLevel.
    public PriceLevel? Level { get; set; }
    public Order? Next { get; set; }
    public Order? Previous { get; set; }

    public string Symbol => Book.Symbol;
    public decimal Remaining => Quantity - Executed;
    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;
    public bool IsQuoteSized => QuoteQuantity > 0;
    public decimal AveragePrice => Executed == 0 ? 0 : ExecutedQuote / Executed;

    /// <summary>A detached copy that later engine steps do not change.</summary>
    public Order Copy()
    {
        var copy = (Order)MemberwiseClone();
        copy.Level = null;
        copy.Next = copy.Previous = null;
        copy.Fills = Fills is null ? null : [.. Fills];
        return copy;
    }
}
