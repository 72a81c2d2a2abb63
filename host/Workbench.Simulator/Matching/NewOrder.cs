namespace Workbench.Simulator.Matching;

/// <summary>A request to the engine. Filters are the dialect's business; the engine checks what would break its own books.</summary>
internal sealed record NewOrder
{
    public required string Symbol { get; init; }
    public required Side Side { get; init; }
    public required OrderType Type { get; init; }
    public TimeInForce TimeInForce { get; init; } = TimeInForce.Gtc;

    /// <summary>Base quantity; 0 when <see cref="QuoteQuantity"/> is used.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Market orders only: quote amount to spend (buy) or to receive (sell).</summary>
    public decimal QuoteQuantity { get; init; }

    /// <summary>Limit orders only.</summary>
    public decimal Price { get; init; }

    /// <summary>Makes it a conditional order: it waits outside the book until its trigger price is reached.</summary>
    public TriggerTerms? Trigger { get; init; }

    /// <summary>Limit orders good till cancelled: how much of the rest the book shows at a time; 0 shows all.</summary>
    public decimal DisplayQuantity { get; init; }

    /// <summary>The worst price it may take at, whatever its type; what is left then ends. 0: none.</summary>
    public decimal PriceBound { get; init; }

    public PostOnly PostOnly { get; init; }
    public SelfTradePrevention SelfTradePrevention { get; init; }

    /// <summary>Margin books: may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Margin books: the position it belongs to, in the venue's numbering.</summary>
    public int PositionIndex { get; init; }

    public string ClientId { get; init; } = "";

    /// <summary>What the dialect wants to find again on the order; the engine never looks inside.</summary>
    public object? Tag { get; init; }
}

/// <summary>Outcome of a command: the order (possibly already closed), or why there is none.</summary>
internal readonly record struct OrderResult(Order? Order, Rejection Rejection)
{
    public bool Ok => Rejection == Rejection.None;
}

/// <summary>What changes in an open order; null leaves it as it is.</summary>
internal readonly record struct Amendment
{
    /// <summary>New total quantity.</summary>
    public decimal? Quantity { get; init; }

    public decimal? Price { get; init; }

    /// <summary>Only while the order is untriggered.</summary>
    public decimal? TriggerPrice { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Replaces <see cref="Order.Tag"/>, when the dialect keeps what it amends there.</summary>
    public object? Tag { get; init; }
}
