using Microsoft.Extensions.Logging;

namespace Workbench.Scripting;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Warning, "The compiled script {Script} could not be kept in {Directory}; it will be compiled again next time")]
    public static partial void CacheNotWritten(ILogger logger, string script, string directory, Exception exception);

    [LoggerMessage(5002, LogLevel.Information, "The cached compile of {Script} cannot be read ({Reason}); compiling it again")]
    public static partial void CacheEntryIgnored(ILogger logger, string script, string reason);
}
