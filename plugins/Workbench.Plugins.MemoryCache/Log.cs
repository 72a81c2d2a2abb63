using Microsoft.Extensions.Logging;

namespace Workbench.Plugins.MemoryCache;

internal static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The memory cache has no setting {Setting}; it is ignored")]
    public static partial void UnknownSetting(ILogger logger, string setting);
}
