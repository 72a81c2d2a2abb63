using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace Workbench.Plugins;

/// <summary>
/// Keeps the host alive when a plugin throws where nobody can catch: on its own thread, in a timer, in <c>async void</c>.
/// An exception that no plugin's code stands in is the host's own bug and ends the process. Stack overflow and FailFast end it in any case.
/// </summary>
internal static class PluginExceptions
{
    /// <summary>Installs the handler; once per process, the framework refuses a second.</summary>
    /// <param name="host">Knows whose load contexts there are.</param>
    /// <param name="onFault">Gets the plugin's id and the exception; runs on the failing thread and must not throw.</param>
    public static void Install(PluginHost host, Action<string, Exception> onFault) =>
        ExceptionHandling.SetUnhandledExceptionHandler(exception =>
        {
            if (OwnerOf(host, exception) is not { } id)
            {
                return false;
            }

            onFault(id, exception);
            return true;
        });

    /// <summary>The plugin nearest to where an exception was thrown; null when none of its frames belongs to a plugin.</summary>
    public static string? OwnerOf(PluginHost host, Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
#pragma warning disable IL2026 // The host is not trimmed.
            var assembly = frame.GetMethod()?.Module.Assembly;
#pragma warning restore IL2026
            if (assembly is not null && AssemblyLoadContext.GetLoadContext(assembly) is { } context && host.OwnerOf(context) is { } id)
            {
                return id;
            }
        }

        return exception.InnerException is { } inner ? OwnerOf(host, inner) : null;
    }
}
