using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit;

internal static partial class Log
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "{Connection}: {Count} markets were left out of the list, the first is {First}")]
    public static partial void MarketsLeftOut(ILogger logger, ConnectionId connection, int count, string first);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "{Connection}: the credentials cannot be used: {Problem}")]
    public static partial void UnusableCredentials(ILogger logger, ConnectionId connection, string problem);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "{Connection}: {Topic} has a gap, subscribing again")]
    public static partial void BookGap(ILogger logger, ConnectionId connection, string topic);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "{Connection}: a request with {Count} topics was refused ({Reason}); asking for each alone")]
    public static partial void BatchRefused(ILogger logger, ConnectionId connection, int count, string reason);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "{Connection}: {Problem}; it is left out")]
    public static partial void UnknownMarket(ILogger logger, ConnectionId connection, string problem);
}
