using Workbench.Sdk;

namespace Workbench.Scripting;

/// <summary>The workbench of the script that is running here: follows awaits, tasks, threads and timers that the script starts.</summary>
public static class WorkbenchScript
{
    private static readonly AsyncLocal<IWorkbench?> Running = new();

    /// <summary>The workbench, for code that cannot see the script's top level.</summary>
    /// <exception cref="InvalidOperationException">The code was not started by a script.</exception>
    public static IWorkbench Current => Running.Value
        ?? throw new InvalidOperationException("No script runs here: this code was called from outside a script. Pass it the workbench when the script starts.");

    internal static void Enter(IWorkbench workbench) => Running.Value = workbench;
}
