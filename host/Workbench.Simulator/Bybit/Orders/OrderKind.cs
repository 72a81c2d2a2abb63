namespace Workbench.Simulator.Bybit.Orders;

/// <summary>What the venue calls orderFilter.</summary>
internal enum OrderKind
{
    /// <summary>Works at once.</summary>
    Order,

    /// <summary>Conditional: funds are taken when it is triggered.</summary>
    StopOrder,

    /// <summary>Take-profit or stop-loss order: funds are taken when it is placed.</summary>
    TpslOrder,
}

internal static class OrderKinds
{
    /// <summary>Null when the venue has no such filter.</summary>
    public static OrderKind? Parse(string text) => text switch
    {
        "Order" => OrderKind.Order,
        "StopOrder" => OrderKind.StopOrder,
        "tpslOrder" => OrderKind.TpslOrder,
        _ => null,
    };
}
