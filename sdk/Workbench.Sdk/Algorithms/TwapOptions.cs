namespace Workbench.Sdk;

/// <summary>What a <see cref="Twap"/> shall do.</summary>
public sealed record TwapOptions
{
    /// <summary>The market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>The direction.</summary>
    public required Side Side { get; init; }

    /// <summary>The whole quantity, in units of the base asset; rounded down to <see cref="Step"/>.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>From the first slice to the end; more than zero, at most a day.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many slices, 1 to 1,000.</summary>
    public required int Slices { get; init; }

    /// <summary>Slices are whole multiples of it, in units of the base asset; zero for no rule. The market's own step where it is left out and the market is known.</summary>
    public decimal Step { get; init; }

    /// <summary>The worst price to pay. Each slice is then a limit order that works until the next one is due; without it each slice is a market order.</summary>
    public Price? Limit { get; init; }

    /// <summary>Whether a slice also takes what the ones before it left over (true), so that the sum stays on schedule, or what they left over stays undone (false).</summary>
    public bool CatchesUp { get; init; } = true;

    /// <summary>The connection that the orders must go to, or null to let the route choose.</summary>
    public ConnectionId? Connection { get; init; }

    /// <summary>What is wrong with it, or null when it makes sense.</summary>
    public string? Problem() => this switch
    {
        _ when Symbol == default => "the symbol is missing",
        { Duration.Ticks: <= 0 } or { Duration.TotalDays: > 1 } => "the duration is not between zero and a day",
        { Slices: < 1 or > 1000 } => "the number of slices is not between 1 and 1000",
        { Step: < 0 } => "the step is less than zero",
        _ when SliceQuantity.IsZero => "a slice would be less than the market's step",
        _ => null,
    };

    internal Quantity Whole => Quantity.RoundDownTo(Step);

    /// <summary>What each slice has; the last one has the remainder on top.</summary>
    internal Quantity SliceQuantity => new Quantity(Whole.Value / Slices).RoundDownTo(Step);

    /// <summary>What the first so many slices have together.</summary>
    internal Quantity Planned(int slices) => slices == Slices ? Whole : new Quantity(SliceQuantity.Value * slices);
}
