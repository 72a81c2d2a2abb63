namespace Workbench.Simulator.Faults;

/// <summary>A fault that is on. <see cref="Ended"/> fires when it is cleared, so that what it holds back can be let go.</summary>
internal sealed class ActiveFault(string name, FaultOptions options)
{
    private readonly CancellationTokenSource _ended = new();
    private int _hits;

    public string Name { get; } = name;
    public FaultOptions Options { get; } = options;
    public CancellationToken Ended => _ended.Token;

    /// <summary>Counts a strike; false when all strikes are used up.</summary>
    public bool Strike(out bool wasLast)
    {
        var hit = Interlocked.Increment(ref _hits);
        wasLast = hit == Options.Count;
        return Options.Count is null || hit <= Options.Count;
    }

    public void End() => _ended.Cancel();
}
