namespace Workbench.Simulator.Bybit.Linear;

/// <summary>What Bybit must remember of a contract order beyond what the engine keeps.</summary>
internal sealed record LinearTag
{
    /// <summary>As the venue reports it: GTC, IOC, FOK or PostOnly.</summary>
    public required string TimeInForce { get; init; }

    public string SmpType { get; init; } = "None";

    /// <summary>Last price when the order came in.</summary>
    public required decimal LastPrice { get; init; }

    public bool CloseOnTrigger { get; init; }

    /// <summary>LastPrice, MarkPrice or IndexPrice; "" for an order without a trigger.</summary>
    public string TriggerBy { get; init; } = "";

    /// <summary>1 rises to, 2 falls to, 0 no trigger.</summary>
    public int TriggerDirection { get; init; }

    /// <summary>"" for a plain order, Stop for a conditional one, else what a position's stop is called.</summary>
    public string StopOrderType { get; init; } = "";

    public string CreateType { get; init; } = "CreateByUser";
    public string SlippageType { get; init; } = "UNKNOWN";
    public string Slippage { get; init; } = "";

    /// <summary>Take profit and stop loss that the position gets when this order is filled.</summary>
    public Bracket? Bracket { get; init; }

    /// <summary>A stop for the whole position: it grows, shrinks and ends with it.</summary>
    public bool IsWholePosition => StopOrderType is "TakeProfit" or "StopLoss" or "TrailingStop";

    public bool IsPositionStop => StopOrderType is not ("" or "Stop");
}

/// <summary>A take profit and a stop loss; a price of 0 means there is none.</summary>
internal sealed record Bracket
{
    public decimal TakeProfit { get; init; }
    public decimal StopLoss { get; init; }
    public string TakeProfitBy { get; init; } = "LastPrice";
    public string StopLossBy { get; init; } = "LastPrice";

    /// <summary>For the quantity of the order instead of the whole position.</summary>
    public bool IsPartial { get; init; }

    /// <summary>0 closes at market.</summary>
    public decimal TakeProfitLimit { get; init; }

    public decimal StopLossLimit { get; init; }
}
