using Microsoft.Extensions.Logging;

namespace Workbench.Control;

internal static partial class Log
{
    [LoggerMessage(EventId = 3400, Level = LogLevel.Error, Message = "The control socket failed")]
    public static partial void ControlFailed(this ILogger logger, Exception e);

    [LoggerMessage(EventId = 3401, Level = LogLevel.Debug, Message = "A caller of the control socket has gone: {Problem}")]
    public static partial void ControlCallerGone(this ILogger logger, string problem);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Error, Message = "The control command {Command} threw")]
    public static partial void ControlCommandThrew(this ILogger logger, Exception e, string command);
}
