using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

internal static partial class Log
{
    [LoggerMessage(EventId = 1101, EventName = "connection_state", Level = LogLevel.Information, Message = "{Connection} is {State}: {Reason}")]
    public static partial void StateChanged(this ILogger logger, ConnectionId connection, ConnectionState state, string reason);

    [LoggerMessage(EventId = 1102, EventName = "system_error", Level = LogLevel.Error, Message = "The connector of {Connection} threw")]
    public static partial void ConnectionThrew(this ILogger logger, Exception exception, ConnectionId connection);

    [LoggerMessage(EventId = 1103, EventName = "subscribed", Level = LogLevel.Debug, Message = "{Connection} subscribed {Subscription}")]
    public static partial void Subscribed(this ILogger logger, ConnectionId connection, MarketSubscription subscription);

    [LoggerMessage(EventId = 1104, EventName = "subscription_refused", Level = LogLevel.Warning, Message = "{Connection} refused {Subscription}: {Error}")]
    public static partial void SubscriptionRefused(this ILogger logger, ConnectionId connection, MarketSubscription subscription, VenueError error);

    [LoggerMessage(EventId = 1105, EventName = "bad_message", Level = LogLevel.Warning, Message = "{Connection} sent something unreadable: {Problem}")]
    public static partial void BadMessage(this ILogger logger, ConnectionId connection, string problem);

    [LoggerMessage(EventId = 1106, EventName = "account_unreadable", Level = LogLevel.Warning, Message = "The account at {Connection} could not be read: {Error}")]
    public static partial void AccountUnreadable(this ILogger logger, ConnectionId connection, VenueError error);

    [LoggerMessage(EventId = 1107, EventName = "stream_end_announced", Level = LogLevel.Information, Message = "{Connection} will lose its stream: {Reason}")]
    public static partial void StreamEndAnnounced(this ILogger logger, ConnectionId connection, string reason);

    [LoggerMessage(EventId = 1108, EventName = "subscription_interrupted", Level = LogLevel.Warning, Message = "{Connection} {Subscription} is interrupted: {Reason}")]
    public static partial void SubscriptionInterrupted(this ILogger logger, ConnectionId connection, MarketSubscription subscription, string reason);

    [LoggerMessage(EventId = 1109, EventName = "breaker_changed", Level = LogLevel.Warning, Message = "The {Breaker} breaker of {Connection} is {State}: {Reason}")]
    public static partial void BreakerChanged(this ILogger logger, ConnectionId connection, string breaker, BreakerState state, string reason);

    [LoggerMessage(EventId = 1190, EventName = "polling", Level = LogLevel.Warning, Message = "{Text}")]
    public static partial void Polling(this ILogger logger, string text);

    [LoggerMessage(EventId = 1110, EventName = "instruments_unreadable", Level = LogLevel.Warning, Message = "The instruments of {Connection} could not be read: {Error}")]
    public static partial void InstrumentsUnreadable(this ILogger logger, ConnectionId connection, VenueError error);

    [LoggerMessage(EventId = 1111, EventName = "key_warning", Level = LogLevel.Warning, Message = "{Connection}: {Warning}")]
    public static partial void KeyWarning(this ILogger logger, ConnectionId connection, string warning);

    [LoggerMessage(EventId = 1112, EventName = "stream_renewing", Level = LogLevel.Information, Message = "{Connection} brings up another {Stream}: {Reason}")]
    public static partial void Renewing(this ILogger logger, ConnectionId connection, string stream, string reason);

    [LoggerMessage(EventId = 1113, EventName = "stream_renewed", Level = LogLevel.Information, Message = "{Connection} goes on with session {Session} of its {Stream}")]
    public static partial void StreamRenewed(this ILogger logger, ConnectionId connection, string stream, int session);

    [LoggerMessage(EventId = 1114, EventName = "stream_renewal_failed", Level = LogLevel.Warning, Message = "{Connection} could not bring up another {Stream}, the old one goes on: {Reason}")]
    public static partial void RenewalFailed(this ILogger logger, ConnectionId connection, string stream, string reason);

    [LoggerMessage(EventId = 1115, EventName = "subscription_retried", Level = LogLevel.Information, Message = "{Connection} begins {Subscription} anew, attempt {Attempt}: {Reason}")]
    public static partial void SubscriptionRetried(this ILogger logger, ConnectionId connection, MarketSubscription subscription, int attempt, string reason);
}
