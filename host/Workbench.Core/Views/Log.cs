using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Core.Views;

internal static partial class Log
{
    [LoggerMessage(EventId = 1201, EventName = "trade_executed", Level = LogLevel.Information, Message = "{Side} {Quantity} {Symbol} at {Price} on {Connection} (backup {Backup}, trade {TradeId})")]
    public static partial void TradeExecuted(this ILogger logger, Side side, Quantity quantity, Symbol symbol, Price price, ConnectionId connection, bool backup, TradeId tradeId);

    [LoggerMessage(EventId = 1202, EventName = "order_changed", Level = LogLevel.Information, Message = "Order {Id} {Side} {Quantity} {Symbol}: {Knowledge} {Status} on {Connection} {Reason}")]
    public static partial void OrderChanged(
        this ILogger logger, ClientOrderId id, Side side, Quantity quantity, Symbol symbol, OrderKnowledge knowledge, OrderStatus? status, ConnectionId? connection, string? reason);

    [LoggerMessage(EventId = 1203, EventName = "failover", Level = LogLevel.Warning, Message = "Failover: {Text}")]
    public static partial void FailedOver(this ILogger logger, string text);

    [LoggerMessage(EventId = 1204, EventName = "failback", Level = LogLevel.Warning, Message = "Failback: {Text}")]
    public static partial void FailedBack(this ILogger logger, string text);

    [LoggerMessage(EventId = 1205, EventName = "readiness", Level = LogLevel.Warning, Message = "Readiness: {Text}")]
    public static partial void ReadinessChanged(this ILogger logger, string text);

    [LoggerMessage(EventId = 1206, EventName = "connection_notice", Level = LogLevel.Warning, Message = "Notice: {Text}")]
    public static partial void Noticed(this ILogger logger, string text);
}
