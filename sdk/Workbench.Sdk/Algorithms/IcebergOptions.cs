namespace Workbench.Sdk;

/// <summary>What an <see cref="Iceberg"/> shall do.</summary>
public sealed record IcebergOptions
{
    /// <summary>The market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>The direction.</summary>
    public required Side Side { get; init; }

    /// <summary>The whole quantity, in units of the base asset; rounded down to <see cref="Step"/>.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What the book shows at a time, in units of the base asset; rounded down to <see cref="Step"/>.</summary>
    public required Quantity Shown { get; init; }

    /// <summary>The worst price to pay, and without <see cref="Follow"/> the price of every part.</summary>
    public required Price Limit { get; init; }

    /// <summary>
    /// Gives the price for the next part, or null to use <see cref="Limit"/>; a price worse than the limit becomes the limit. Asked for each part and every
    /// <see cref="FollowEvery"/> while it works: when the price has changed, the part is cancelled and the rest of it placed anew. <see cref="Iceberg.BestPrice"/> is one.
    /// </summary>
    public Func<Price?>? Follow { get; init; }

    /// <summary>How often the price is looked at; more than zero.</summary>
    public TimeSpan FollowEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>True when no part may take liquidity.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Parts are whole multiples of it, in units of the base asset; zero for no rule. The market's own step where it is left out and the market is known.</summary>
    public decimal Step { get; init; }

    /// <summary>The connection that the orders must go to, or null to let the route choose.</summary>
    public ConnectionId? Connection { get; init; }

    /// <summary>What is wrong with it, or null when it makes sense.</summary>
    public string? Problem() => this switch
    {
        _ when Symbol == default => "the symbol is missing",
        { Step: < 0 } => "the step is less than zero",
        _ when Quantity.RoundDownTo(Step).IsZero => "the quantity is less than the market's step",
        _ when Shown.RoundDownTo(Step).IsZero => "the part that is shown is less than the market's step",
        _ when Limit.Value <= 0 => "the limit price is missing",
        { FollowEvery.Ticks: <= 0 } => "the time between two looks at the price is not more than zero",
        _ => null,
    };
}
