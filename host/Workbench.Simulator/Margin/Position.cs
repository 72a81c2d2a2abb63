using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Margin;

/// <summary>
/// A holding in one contract: a signed size (long above zero) and what the open part cost. Keeping the cost instead of the
/// average price makes every fill conserve money to the last digit, whatever the average rounds to.
/// </summary>
internal sealed class Position(string symbol, int index)
{
    // Of what a partial close takes out of the cost; the rest stays in the cost, so nothing is lost to it.
    private const int CostDecimals = 12;

    public string Symbol { get; } = symbol;

    /// <summary>0 in one-way mode; 1 the long and 2 the short leg of hedge mode.</summary>
    public int Index { get; } = index;

    public decimal Size { get; private set; }

    /// <summary>Signed like the size: average entry price × size.</summary>
    public decimal Cost { get; private set; }

    /// <summary>Profit less fees and funding since the position was last flat.</summary>
    public decimal CurrentRealised { get; private set; }

    /// <summary>The same since the account exists.</summary>
    public decimal TotalRealised { get; private set; }

    public long CreatedMicros { get; private set; }
    public long OpenedMicros { get; private set; }
    public long UpdatedMicros { get; private set; }

    /// <summary>Cross sequence of the last fill.</summary>
    public long Sequence { get; private set; }

    public bool IsFlat => Size == 0;

    public decimal AveragePrice => Size == 0 ? 0 : Cost / Size;

    public decimal Unrealised(decimal mark) => (mark * Size) - Cost;

    /// <summary>How much of an order on this side would close instead of open.</summary>
    public decimal Closable(Side side) => side == Side.Buy ? Math.Max(0, -Size) : Math.Max(0, Size);

    public PositionChange Fill(Side side, decimal quantity, decimal price, long nowMicros, long sequence)
    {
        var closed = Math.Min(quantity, Closable(side));
        var closedCost = closed == Math.Abs(Size) ? Cost : decimal.Round(AveragePrice * closed, CostDecimals) * Math.Sign(Size);
        var signedClosed = closed * Math.Sign(Size);
        var profit = (price * signedClosed) - closedCost;
        Size -= signedClosed;
        Cost -= closedCost;
        if (quantity > closed)
        {
            Open((quantity - closed) * (side == Side.Buy ? 1 : -1), price, nowMicros);
        }

        Add(profit);
        UpdatedMicros = nowMicros;
        Sequence = sequence;
        return new PositionChange(closed, closed == 0 ? 0 : closedCost / signedClosed, profit);
    }

    /// <summary>Books a fee, a funding payment (negative) or receipt (positive) on this position.</summary>
    public void Add(decimal amount)
    {
        CurrentRealised += amount;
        TotalRealised += amount;
    }

    private void Open(decimal signed, decimal price, long nowMicros)
    {
        if (Size == 0)
        {
            CurrentRealised = 0;
            OpenedMicros = nowMicros;
            CreatedMicros = CreatedMicros == 0 ? nowMicros : CreatedMicros;
        }

        Size += signed;
        Cost += signed * price;
    }
}

/// <summary>What a fill did: how much it closed, at which average entry, and the profit of that part before fees.</summary>
internal readonly record struct PositionChange(decimal Closed, decimal EntryPrice, decimal Profit);
