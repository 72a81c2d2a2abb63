namespace Workbench.Configuration;

/// <summary>Limits every order passes before it leaves, over all venues together.</summary>
internal sealed record RiskConfig
{
    /// <summary>The most one order may be worth, in the symbol's quote currency.</summary>
    public required decimal MaxOrderValue { get; init; }

    /// <summary>By asset code, the most to hold long or short, in that asset. An asset not named has no such limit.</summary>
    public required IReadOnlyDictionary<string, decimal> MaxPosition { get; init; }

    public required int MaxOpenOrders { get; init; }

    /// <summary>How far from the market an order's price may lie: 0.05 is 5 %.</summary>
    public required decimal PriceCollarFraction { get; init; }

    public required int MaxOrdersPerSecond { get; init; }

    /// <summary>The age of the last price beyond which no order leaves.</summary>
    public required TimeSpan StalePriceAfter { get; init; }

    /// <summary>How far a price may lie from its market's own recent prices before it must be confirmed: 0.2 is 20 %.</summary>
    public required decimal PriceJumpFraction { get; init; }

    /// <summary>For how long a price that jumped must stand to be believed without another venue.</summary>
    public required TimeSpan ConfirmJumpAfter { get; init; }
}
