using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>What the transport logs. Addresses without their query: it may hold a signature.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Debug, "{Method} {Path} at {Host}: {Kind}, {Error}", EventName = "request_failed")]
    public static partial void RequestFailed(ILogger logger, string method, string path, string host, HttpReplyKind kind, VenueError error);

    [LoggerMessage(2002, LogLevel.Debug, "WebSocket {Path} at {Host} not opened: {Error}", EventName = "socket_not_opened")]
    public static partial void SocketNotOpened(ILogger logger, string path, string host, VenueError error);
}
