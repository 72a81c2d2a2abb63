using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance;

internal static partial class Log
{
    [LoggerMessage(2, LogLevel.Information, "The book of {Symbol} is interrupted: {Reason}")]
    public static partial void BookInterrupted(ILogger logger, Symbol symbol, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The venue answered {Status} and wants {Pause} of silence: {Message}")]
    public static partial void Paused(ILogger logger, int status, TimeSpan pause, string message);

    [LoggerMessage(4, LogLevel.Warning, "An answer belongs to another order: asked for {Asked}, got {Got}")]
    public static partial void ResponseMixup(ILogger logger, string asked, string got);

    [LoggerMessage(5, LogLevel.Information, "{Count} of {Total} instruments have names that cannot be mapped and are left out")]
    public static partial void UnmappedInstruments(ILogger logger, int count, int total);
}
