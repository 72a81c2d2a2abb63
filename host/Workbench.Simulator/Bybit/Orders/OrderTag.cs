namespace Workbench.Simulator.Bybit.Orders;

/// <summary>What Bybit must remember of a request beyond what the engine keeps.</summary>
internal sealed record OrderTag
{
    /// <summary>As the venue reports it: GTC, IOC, FOK or PostOnly.</summary>
    public required string TimeInForce { get; init; }

    public required string SmpType { get; init; }

    /// <summary>baseCoin or quoteCoin for market orders, else "".</summary>
    public required string MarketUnit { get; init; }

    /// <summary>Last price when the order came in.</summary>
    public required decimal BasePrice { get; init; }

    public OrderKind Kind { get; init; }

    /// <summary>What brought the order about: Stop, tpslOrder, TakeProfit, StopLoss; "" for a plain one.</summary>
    public string StopOrderType { get; init; } = "";

    /// <summary>What follows when the order is filled.</summary>
    public Bracket? Bracket { get; init; }

    /// <summary>The orderLinkId of the order this one was attached to.</summary>
    public string ParentLinkId { get; init; } = "";

    /// <summary>TickSize or Percent for market orders with a bound of their own, else UNKNOWN.</summary>
    public string SlippageType { get; init; } = "UNKNOWN";

    /// <summary>As it was sent.</summary>
    public string Slippage { get; init; } = "";
}
