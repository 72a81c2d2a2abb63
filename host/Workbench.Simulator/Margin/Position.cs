using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Margin;

/// <summary>
/// A holding in one contract: a signed size (long above zero) and what the open part cost. Keeping the cost instead of the
/// average price makes every fill conserve money to the last digit, whatever the average rounds to.
/// </summary>
internal sealed class Position(string symbol, int index)
{
    // Of what a partial close takes out of cost and fees; the rest stays in them, so nothing is lost to it.
    private const int Decimals = 12;
    private decimal _openingFees;

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

    /// <summary>At which mark the position would have earned its fees of opening and of closing.</summary>
    public decimal BreakEven(decimal takerRate) =>
        Size == 0 ? 0 : (Cost + _openingFees) / (Size - (takerRate * Math.Abs(Size)));

    public decimal Unrealised(decimal mark) => (mark * Size) - Cost;

    /// <summary>How much of an order on this side would close instead of open.</summary>
    public decimal Closable(Side side) => side == Side.Buy ? Math.Max(0, -Size) : Math.Max(0, Size);

    public PositionChange Fill(Side side, decimal quantity, decimal price, decimal fee, long nowMicros, long sequence)
    {
        var closed = Math.Min(quantity, Closable(side));
        var change = Close(closed, price, decimal.Round(fee * closed / quantity, Decimals));
        if (quantity > closed)
        {
            Open((quantity - closed) * (side == Side.Buy ? 1 : -1), price, fee - change.ClosingFee, nowMicros);
        }

        UpdatedMicros = nowMicros;
        Sequence = sequence;
        return change;
    }

    /// <summary>Books a funding payment (negative) or receipt (positive).</summary>
    public void Fund(decimal received, long nowMicros)
    {
        Realise(received);
        UpdatedMicros = nowMicros;
    }

    private PositionChange Close(decimal closed, decimal price, decimal fee)
    {
        if (closed == 0)
        {
            return default;
        }

        var isAll = closed == Math.Abs(Size);
        var signed = closed * Math.Sign(Size);
        var cost = isAll ? Cost : decimal.Round(AveragePrice * signed, Decimals);
        var openingFee = isAll ? _openingFees : decimal.Round(_openingFees * signed / Size, Decimals);
        var change = new PositionChange(closed, AveragePrice, (price * signed) - cost, openingFee, fee);
        Size -= signed;
        Cost -= cost;
        _openingFees -= openingFee;
        Realise(change.Profit - fee);
        return change;
    }

    private void Open(decimal signed, decimal price, decimal fee, long nowMicros)
    {
        if (Size == 0)
        {
            CurrentRealised = 0;
            OpenedMicros = nowMicros;
            CreatedMicros = CreatedMicros == 0 ? nowMicros : CreatedMicros;
        }

        Size += signed;
        Cost += signed * price;
        _openingFees += fee;
        Realise(-fee);
    }

    private void Realise(decimal amount)
    {
        CurrentRealised += amount;
        TotalRealised += amount;
    }
}

/// <summary>
/// What a fill closed: how much, entered at which average, its profit before fees, and the fees of that part. All 0 when the
/// fill only opened.
/// </summary>
internal readonly record struct PositionChange(
    decimal Closed, decimal EntryPrice, decimal Profit, decimal OpeningFee, decimal ClosingFee)
{
    public decimal NetProfit => Profit - OpeningFee - ClosingFee;
}
