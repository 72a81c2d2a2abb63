using System.Collections.Frozen;

namespace Workbench.Simulator.Binance.Orders;

internal enum TriggerSide
{
    None,

    /// <summary>A buy waits for a rise, a sell for a fall.</summary>
    StopLoss,

    /// <summary>A buy waits for a fall, a sell for a rise.</summary>
    TakeProfit,
}

/// <summary>One order type of the API and what it needs and bears.</summary>
internal sealed record OrderKind(string Name, bool HasPrice, bool HasTimeInForce, TriggerSide Trigger = TriggerSide.None)
{
    private static readonly FrozenDictionary<string, OrderKind> ByName = new OrderKind[]
    {
        new("LIMIT", HasPrice: true, HasTimeInForce: true),
        new("MARKET", HasPrice: false, HasTimeInForce: false),
        new("LIMIT_MAKER", HasPrice: true, HasTimeInForce: false),
        new("STOP_LOSS", HasPrice: false, HasTimeInForce: false, TriggerSide.StopLoss),
        new("STOP_LOSS_LIMIT", HasPrice: true, HasTimeInForce: true, TriggerSide.StopLoss),
        new("TAKE_PROFIT", HasPrice: false, HasTimeInForce: false, TriggerSide.TakeProfit),
        new("TAKE_PROFIT_LIMIT", HasPrice: true, HasTimeInForce: true, TriggerSide.TakeProfit),
    }.ToFrozenDictionary(k => k.Name);

    public static IReadOnlyList<string> Names { get; } =
        ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"];

    public static OrderKind? Find(string name) => ByName.GetValueOrDefault(name);

    public bool IsMarket => Name == "MARKET";
    public bool IsMaker => Name == "LIMIT_MAKER";
    public bool IsTriggered => Trigger != TriggerSide.None;

    /// <summary>How a placement is answered when the request does not say.</summary>
    public string StandardResponse => Name is "LIMIT" or "MARKET" ? "FULL" : "ACK";
}
