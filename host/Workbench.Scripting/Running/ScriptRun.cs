using System.Reflection;
using System.Runtime.CompilerServices;
using Workbench.Sdk;

namespace Workbench.Scripting.Running;

/// <summary>One run of a script: loads it, runs it, turns what comes out into a result and throws the code away.</summary>
internal sealed class ScriptRun(CompiledScript script, IWorkbench workbench, BoundedWriter output)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private Action? _setFlag;
    private bool _requested;

    /// <summary>Ends when the script was told to stop or has ended.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Tells the script to stop. Never runs the script's code on the caller's thread.</summary>
    public void RequestStop()
    {
        lock (_gate)
        {
            _requested = true;
            _setFlag?.Invoke();
        }

        // The script's own callbacks run here and may throw; that is observed so that nobody else is told of it.
        _ = _stop.CancelAsync().ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Runs to the end; never throws.</summary>
    public async Task<ScriptResult> ExecuteAsync()
    {
        var context = new ScriptLoadContext("script " + script.Path, script.References);
        try
        {
            RoutedWriter.Enter(output);
            WorkbenchScript.Enter(new ScopedWorkbench(workbench, _stop.Token));
            var value = await Start(context).ConfigureAwait(false);
            return new ScriptResult.Succeeded(Detached(value));
        }
#pragma warning disable CA1031 // boundary: script
        catch (Exception e)
#pragma warning restore CA1031
        {
            return WasRequested && IsCancellation(e) ? new ScriptResult.Cancelled(LeftRunning: false) : new ScriptResult.Failed(FailureReport.Of(e, script));
        }
        finally
        {
            // Also what the script left running must end: its loops see the flag, its waits the token.
            RequestStop();
            lock (_gate)
            {
                _setFlag = null;
            }

            context.Unload();
        }
    }

    private bool WasRequested
    {
        get
        {
            lock (_gate)
            {
                return _requested;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task<object?> Start(ScriptLoadContext context)
    {
        var assembly = context.Load(script);
        if (assembly.GetType($"{CompiledScript.ClassName}+{CompiledScript.StopClassName}")?.GetMethod(CompiledScript.StopMethodName) is { } request)
        {
            SetFlagWith(request.CreateDelegate<Action>());
        }

        const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var factory = assembly.GetType(CompiledScript.ClassName, throwOnError: true)!.GetMethod("<Factory>", AnyStatic)!;
        return factory.CreateDelegate<Func<object?[], Task<object?>>>()([null, null]);
    }

    private void SetFlagWith(Action setFlag)
    {
        lock (_gate)
        {
            _setFlag = setFlag;
            if (_requested)
            {
                setFlag();
            }
        }
    }

    private static bool IsCancellation(Exception exception) => exception switch
    {
        OperationCanceledException => true,
        AggregateException aggregate => aggregate.Flatten().InnerExceptions.All(e => e is OperationCanceledException),
        _ => false,
    };

    // An object of the script, or one that may hold such an object, would keep the code in memory.
    private static object? Detached(object? value)
    {
        var type = value?.GetType();
        var isSafe = type is null || type.IsPrimitive || value is string or decimal or DateTime or DateTimeOffset or TimeSpan || type.Assembly == typeof(IWorkbench).Assembly;
        return isSafe ? value : ScriptSurface.Text(value);
    }
}
