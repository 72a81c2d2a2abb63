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
    private static readonly Lock Gate = new();

    // Replaced as a whole under the lock; the handler reads it without one.
    private static volatile Watch[] Watches = [];
    private static bool IsInstalled;

    /// <summary>Watches over one host's plugins.</summary>
    /// <param name="host">Knows whose load contexts there are.</param>
    /// <param name="onFault">Gets the plugin's id and the exception; runs on the failing thread and must not throw.</param>
    /// <returns>Ends the watch.</returns>
    public static IDisposable Install(PluginHost host, Action<string, Exception> onFault)
    {
        var watch = new Watch(host, onFault);
        lock (Gate)
        {
            Watches = [.. Watches, watch];
            if (!IsInstalled)
            {
                IsInstalled = true; // The framework refuses a second handler in one process.
                ExceptionHandling.SetUnhandledExceptionHandler(Handle);
            }
        }

        return watch;
    }

    /// <summary>The plugin nearest to where an exception was thrown; null when none of its frames belongs to a plugin.</summary>
    public static string? OwnerOf(PluginHost host, Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            var assembly = frame.GetMethod()?.Module.Assembly;
            if (assembly is not null && AssemblyLoadContext.GetLoadContext(assembly) is { } context && host.OwnerOf(context) is { } id)
            {
                return id;
            }
        }

        return exception.InnerException is { } inner ? OwnerOf(host, inner) : null;
    }

    private static bool Handle(Exception exception)
    {
        foreach (var watch in Watches)
        {
            if (OwnerOf(watch.Host, exception) is { } id)
            {
                watch.OnFault(id, exception);
                return true;
            }
        }

        return false;
    }

    private sealed class Watch(PluginHost host, Action<string, Exception> onFault) : IDisposable
    {
        public PluginHost Host => host;

        public Action<string, Exception> OnFault => onFault;

        public void Dispose()
        {
            lock (Gate)
            {
                Watches = [.. Watches.Where(w => w != this)];
            }
        }
    }
}
