using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Margin;

/// <summary>Terms of a perpetual beyond what any instrument has. Immutable.</summary>
internal sealed record Contract
{
    public required Instrument Instrument { get; init; }
    public decimal MinLeverage { get; init; } = 1m;
    public decimal MaxLeverage { get; init; } = 100m;
    public decimal LeverageStep { get; init; } = 0.01m;
    public decimal DefaultLeverage { get; init; } = 10m;

    /// <summary>Maintenance margin as a fraction of the position's value.</summary>
    public decimal MaintenanceRate { get; init; } = 0.005m;

    public int FundingIntervalMinutes { get; init; } = 480;

    /// <summary>Largest funding rate of one interval; the smallest is its negative.</summary>
    public decimal FundingCap { get; init; } = 0.005m;

    public decimal PriceLimitRatioX { get; init; } = 0.02m;
    public decimal PriceLimitRatioY { get; init; } = 0.05m;

    public string Symbol => Instrument.Symbol;

    /// <summary>Coin of margin, profit, fees and funding.</summary>
    public string SettleAsset => Instrument.QuoteAsset;
}

internal enum PositionMode
{
    /// <summary>One position per contract; a sell reduces a long.</summary>
    OneWay = 0,

    /// <summary>A long and a short leg side by side.</summary>
    Hedge = 3,
}

/// <summary>One account in one contract: mode, leverage and the positions.</summary>
internal sealed class Holding(Contract contract, PositionMode mode)
{
    private readonly Position[] _positions =
        [new(contract.Symbol, 0), new(contract.Symbol, 1), new(contract.Symbol, 2)];

    public Contract Contract { get; } = contract;
    public PositionMode Mode { get; set; } = mode;
    public decimal BuyLeverage { get; set; } = contract.DefaultLeverage;
    public decimal SellLeverage { get; set; } = contract.DefaultLeverage;

    /// <summary>What the working orders bind, or null when one of them or the position has changed since it was reckoned.</summary>
    public decimal? OrderMargin { get; set; } = 0m;

    public Position this[int index] => _positions[index];

    /// <summary>The positions the mode has: one, or both legs.</summary>
    public IReadOnlyList<Position> Positions => Mode == PositionMode.OneWay ? _positions[..1] : _positions[1..];

    public decimal Realised => _positions.Sum(p => p.TotalRealised);

    public bool IsFlat => Array.TrueForAll(_positions, static p => p.IsFlat);

    public decimal Leverage(Side side) => side == Side.Buy ? BuyLeverage : SellLeverage;

    /// <summary>Leverage that the position's margin is computed with.</summary>
    public decimal Leverage(Position position) =>
        position.Index == 2 || position.Size < 0 ? SellLeverage : BuyLeverage;

    public decimal InitialMargin(Position position, decimal mark) =>
        MarginMath.Up(Math.Abs(position.Size) * mark / Leverage(position));

    public decimal MaintenanceMargin(Position position, decimal mark) =>
        MarginMath.Up(Math.Abs(position.Size) * mark * Contract.MaintenanceRate);
}
