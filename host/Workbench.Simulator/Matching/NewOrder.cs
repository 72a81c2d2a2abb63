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

    public PostOnly PostOnly { get; init; }
    public SelfTradePrevention SelfTradePrevention { get; init; }
    public string ClientId { get; init; } = "";

    /// <summary>What the dialect wants to find again on the order; the engine never looks inside.</summary>
    public object? Tag { get; init; }
}

/// <summary>Outcome of a command: the order (possibly already closed), or why there is none.</summary>
internal readonly record struct OrderResult(Order? Order, Rejection Rejection)
{
    public bool Ok => Rejection == Rejection.None;
}
