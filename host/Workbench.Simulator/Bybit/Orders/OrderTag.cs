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
}
