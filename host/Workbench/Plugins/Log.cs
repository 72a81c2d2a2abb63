using Microsoft.Extensions.Logging;

namespace Workbench.Plugins;

/// <summary>What plugin hosting logs.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Plugin {Plugin} ({Kinds}) loaded in {Milliseconds} ms", EventName = "plugin_loaded")]
    public static partial void PluginLoaded(ILogger logger, string plugin, PluginKinds kinds, long milliseconds);

    [LoggerMessage(3002, LogLevel.Error, "Plugin {Plugin} failed, {Fault}: {Reason}", EventName = "plugin_failed")]
    public static partial void PluginFailed(ILogger logger, string plugin, PluginFault fault, string reason, Exception? exception);
}
