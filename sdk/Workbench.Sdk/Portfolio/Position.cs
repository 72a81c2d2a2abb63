namespace Workbench.Sdk;

/// <summary>A position in one market at one connection, or summed over all of them, from fills alone.</summary>
public sealed record Position
{
    /// <summary>The market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>The connection, or null for the sum over all.</summary>
    public ConnectionId? Connection { get; init; }

    /// <summary>Signed size in units of the base asset: bought minus sold. Fees are kept apart.</summary>
    public NetQuantity Net { get; init; }

    /// <summary>Average price of what is held; null when flat.</summary>
    public Price? AveragePrice { get; init; }

    /// <summary>Profit of what was closed, in units of the quote asset, before fees, by average cost.</summary>
    public Amount RealisedPnl { get; init; }

    /// <summary>Fees paid so far by asset; negative for rebates.</summary>
    public IReadOnlyDictionary<Asset, Amount> Fees { get; init; } = new Dictionary<Asset, Amount>();

    /// <summary>Profit of what is held at a price, in units of the quote asset, before fees.</summary>
    public Amount UnrealisedPnl(Price mark) => AveragePrice is { } average ? new Amount((mark.Value - average.Value) * Net.Value) : Amount.Zero;
}

/// <summary>What an account holds of one asset at one connection, as the venue says.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Free">What can be used now.</param>
/// <param name="Locked">What open orders hold.</param>
public sealed record Balance(Asset Asset, Amount Free, Amount Locked);
