using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>The venue's words about orders. A word that is not known never ends an order.</summary>
internal static class OrderWords
{
    /// <summary>What the venue says; a missing word (an answer of the short form) or a new one means that the engine's verdict is still to come.</summary>
    public static OrderStatus Status(string? text, bool hasFills) => text switch
    {
        "NEW" => OrderStatus.New,
        "PARTIALLY_FILLED" => OrderStatus.PartiallyFilled,
        "FILLED" => OrderStatus.Filled,
        "CANCELED" => OrderStatus.Cancelled,
        "REJECTED" => OrderStatus.Rejected,
        "EXPIRED" or "EXPIRED_IN_MATCH" => OrderStatus.Expired,

        // Asked to cancel and not cancelled: it still works.
        "PENDING_CANCEL" => hasFills ? OrderStatus.PartiallyFilled : OrderStatus.New,
        _ => OrderStatus.Pending,
    };

    public static Side? Side(string? text) => text switch
    {
        "BUY" => Sdk.Side.Buy,
        "SELL" => Sdk.Side.Sell,
        _ => null,
    };

    /// <summary>Orders that take a profit are none of ours; somebody else placed them.</summary>
    public static OrderType? Type(string? text) => text switch
    {
        "LIMIT" or "LIMIT_MAKER" => OrderType.Limit,
        "MARKET" => OrderType.Market,
        "STOP_LOSS" => OrderType.Stop,
        "STOP_LOSS_LIMIT" => OrderType.StopLimit,
        _ => null,
    };

    public static ClientOrderId? ClientId(string? text) => string.IsNullOrEmpty(text) ? null : new ClientOrderId(text);

    /// <summary>An asset's code; null when the text is none, which a fee without an asset is.</summary>
    public static Asset? Asset(string? code) =>
        string.IsNullOrEmpty(code) || code.Length > 32 || code.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '/') ? null : new Asset(code);
}
