using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>An order as it was asked for, read and found well-formed.</summary>
internal sealed record OrderRequest
{
    public required string Symbol { get; init; }
    public required Side Side { get; init; }
    public required OrderKind Kind { get; init; }
    public TimeInForce TimeInForce { get; init; } = TimeInForce.Gtc;
    public decimal Quantity { get; init; }
    public decimal QuoteQuantity { get; init; }
    public decimal Price { get; init; }
    public decimal StopPrice { get; init; }

    /// <summary>Basis points; 0 when the trigger does not trail.</summary>
    public int TrailingDelta { get; init; }

    public decimal IcebergQuantity { get; init; }
    public string ClientId { get; init; } = "";

    /// <summary>Null leaves it to the symbol's default.</summary>
    public string? SelfTradeMode { get; init; }

    public long? StrategyId { get; init; }
    public long? StrategyType { get; init; }
    public PegTerms? Peg { get; init; }
    public string ResponseType { get; init; } = "ACK";

    /// <summary>The trigger lies above the market.</summary>
    public bool TriggersAbove => (Kind.Trigger == TriggerSide.StopLoss) == (Side == Side.Buy);
}

/// <summary>A limit price taken from the book when the order is placed.</summary>
internal sealed record PegTerms(string PriceType, string? OffsetType, int Levels)
{
    /// <summary>Null when the book has no such level.</summary>
    public decimal? Price(OrderBook book, Side side)
    {
        var ladder = book[PriceType == "PRIMARY_PEG" ? side : side.Opposite()];
        return Levels < ladder.Count ? ladder[Levels].Price : null;
    }
}
