using Workbench.Sdk;

namespace Workbench.Core.Portfolio;

/// <summary>One position as it grows from fills.</summary>
/// <remarks>
/// It keeps the exact cash flow and the cost of what is still held; realised profit is their sum. So realised and unrealised profit always add up to the
/// cash flow plus the value of the position, and a flat position shows the cash flow to the last digit, however often a cost had to be divided.
/// </remarks>
internal sealed class PositionLedger(Symbol symbol, ConnectionId? connection)
{
    private decimal _net;
    private decimal _cost;
    private decimal _cash;

    /// <summary>The position now. Immutable.</summary>
    public Position Position { get; private set; } = new() { Symbol = symbol, Connection = connection };

    /// <summary>Adds a fill.</summary>
    public void Apply(FillReport fill)
    {
        var signed = NetQuantity.Of(fill.Side, fill.Quantity).Value;
        _cash -= signed * fill.Price.Value;
        _cost = CostAfter(signed, fill.Price.Value);
        _net += signed;
        Position = Position with
        {
            Net = new NetQuantity(_net),
            AveragePrice = _net == 0 ? null : new Price(_cost / _net),
            RealisedPnl = new Amount(_cash + _cost),
            Fees = FeesAfter(fill),
        };
    }

    /// <summary>The signed cost of what is held after a signed quantity is traded: added at the price, taken away at the average, and new from zero after a flip.</summary>
    private decimal CostAfter(decimal signed, decimal price)
    {
        var after = _net + signed;
        return after switch
        {
            0 => 0,
            _ when _net == 0 || Math.Sign(_net) == Math.Sign(signed) => _cost + (signed * price),
            _ when Math.Sign(after) == Math.Sign(_net) => _cost * after / _net,
            _ => after * price,
        };
    }

    private IReadOnlyDictionary<Asset, Amount> FeesAfter(FillReport fill)
    {
        if (fill.FeeAsset is not { } asset || fill.Fee == Amount.Zero)
        {
            return Position.Fees;
        }

        var fees = new Dictionary<Asset, Amount>(Position.Fees);
        fees[asset] = fees.GetValueOrDefault(asset) + fill.Fee;
        return fees;
    }
}
