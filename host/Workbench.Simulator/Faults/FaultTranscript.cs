namespace Workbench.Simulator.Faults;

/// <summary>One thing that a fault did: it went on or off, or it struck.</summary>
/// <param name="At">Since the venue's faults began to run.</param>
/// <param name="Fault">Its name.</param>
/// <param name="Strike">1 for its first strike; 0 when it went on or off.</param>
/// <param name="What">What it hit, or <c>on</c> or <c>off</c>.</param>
public sealed record FaultRecord(TimeSpan At, string Fault, int Strike, string What)
{
    public override string ToString() => FormattableString.Invariant($"{At.TotalSeconds,12:0.000000} {Fault} #{Strike} {What}");
}

/// <summary>What the faults of a venue did, the newest of it.</summary>
internal sealed class FaultTranscript
{
    private const int Capacity = 10_000;
    private readonly Lock _lock = new();
    private readonly Queue<FaultRecord> _records = new();

    public void Add(FaultRecord record)
    {
        lock (_lock)
        {
            _records.Enqueue(record);
            if (_records.Count > Capacity)
            {
                _records.Dequeue();
            }
        }
    }

    public IReadOnlyList<FaultRecord> Read()
    {
        lock (_lock)
        {
            return [.. _records];
        }
    }
}
