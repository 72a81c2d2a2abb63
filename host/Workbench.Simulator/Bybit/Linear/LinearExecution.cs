using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>A row of an account's execution list: a fill, a funding payment, or a liquidation.</summary>
internal sealed record LinearExecution
{
    /// <summary>Place in the account's rows; pages are cut by it.</summary>
    public required long Ordinal { get; init; }

    public required string Id { get; init; }

    /// <summary>Trade, Funding or BustTrade.</summary>
    public required string Type { get; init; }

    public required string Symbol { get; init; }
    public required string BaseCoin { get; init; }
    public required string SettleCoin { get; init; }
    public required Side Side { get; init; }
    public required decimal Price { get; init; }
    public required decimal Quantity { get; init; }

    /// <summary>Negative was received.</summary>
    public required decimal Fee { get; init; }

    public required decimal FeeRate { get; init; }
    public required decimal MarkPrice { get; init; }
    public required decimal IndexPrice { get; init; }
    public required long TimeMicros { get; init; }
    public required int PositionIndex { get; init; }

    /// <summary>Null when no order stands behind it.</summary>
    public Order? Order { get; init; }

    public bool IsMaker { get; init; }

    /// <summary>How much of the quantity closed a position.</summary>
    public decimal Closed { get; init; }

    /// <summary>Profit of the closed part before fees.</summary>
    public decimal Profit { get; init; }

    /// <summary>What was left of the order.</summary>
    public decimal Leaves { get; init; }

    /// <summary>Cross sequence, comparable with the symbol's book and trades.</summary>
    public long Sequence { get; init; }

    public decimal Value => Price * Quantity;
}

/// <summary>What one order has closed of a position.</summary>
internal sealed class ClosedPnl
{
    public required long Ordinal { get; init; }
    public required string OrderId { get; init; }
    public required string Symbol { get; init; }

    /// <summary>Of the closing order.</summary>
    public required Side Side { get; init; }

    public required decimal Leverage { get; init; }
    public required long CreatedMicros { get; init; }
    public required decimal OrderQuantity { get; init; }
    public required decimal OrderPrice { get; init; }
    public required string OrderType { get; init; }
    public string ExecType { get; init; } = "Trade";
    public long UpdatedMicros { get; private set; }
    public decimal Closed { get; private set; }
    public decimal EntryValue { get; private set; }
    public decimal ExitValue { get; private set; }
    public decimal OpenFee { get; private set; }
    public decimal CloseFee { get; private set; }

    /// <summary>After the fees of opening and closing.</summary>
    public decimal Profit { get; private set; }

    public int Fills { get; private set; }

    public void Add(in Margin.PositionChange change, decimal exitPrice, long nowMicros)
    {
        Closed += change.Closed;
        EntryValue += change.EntryPrice * change.Closed;
        ExitValue += exitPrice * change.Closed;
        OpenFee += change.OpeningFee;
        CloseFee += change.ClosingFee;
        Profit += change.NetProfit;
        Fills++;
        UpdatedMicros = nowMicros;
    }
}
