namespace Workbench.Simulator.Faults;

/// <summary>An order that is accepted later than it is answered (E10).</summary>
internal sealed class Postponement(ActiveFault fault, TimeSpan delay, FaultAnswer answer, bool isSilent)
{
    private static readonly AsyncLocal<Postponement?> Ambient = new();

    /// <summary>That of the request being served; the dialect asks where it would execute an order.</summary>
    public static Postponement? Current => Ambient.Value;

    /// <summary>What the sender is told meanwhile.</summary>
    public FaultAnswer Answer => answer;

    public ActiveFault Fault => fault;

    /// <summary>The sender is told nothing at all.</summary>
    public bool IsSilent => isSilent;

    /// <summary>Lets what runs from here see this postponement.</summary>
    public static void Enter(Postponement? postponement) => Ambient.Value = postponement;

    /// <summary>Executes when the time has come, also when the fault is cleared before.</summary>
    public void Run(Func<ValueTask> execute)
    {
        Ambient.Value = null;
        _ = RunAsync(execute);
    }

    private async Task RunAsync(Func<ValueTask> execute)
    {
        await Task.Delay(delay, fault.Lab.Time).ConfigureAwait(false);
        await execute().ConfigureAwait(false);
        fault.Lab.Note(fault, "accepted late");
    }
}
