using Microsoft.Extensions.Logging;

namespace Workbench.Core.Pipeline;

internal static partial class Log
{
    [LoggerMessage(EventId = 1001, EventName = "system_error", Level = LogLevel.Critical, Message = "The trading pipeline has stopped: no order is taken any more")]
    public static partial void PipelineFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1002, EventName = "strategy_failed", Level = LogLevel.Error, Message = "Strategy {Strategy} threw in {Callback} and was stopped")]
    public static partial void StrategyFailed(this ILogger logger, Exception exception, string strategy, string callback);

    [LoggerMessage(EventId = 1003, EventName = "order_anomaly", Level = LogLevel.Warning, Message = "{Text}")]
    public static partial void Anomaly(this ILogger logger, string text);

    [LoggerMessage(EventId = 1004, EventName = "strategy_log", Level = LogLevel.Information, Message = "{Strategy}: {Text}")]
    public static partial void StrategyLog(this ILogger logger, string strategy, string text);
}
