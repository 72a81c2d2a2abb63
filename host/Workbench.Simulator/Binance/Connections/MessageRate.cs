namespace Workbench.Simulator.Binance.Connections;

/// <summary>At most so many frames within any second. One caller at a time.</summary>
internal sealed class MessageRate(TimeProvider time, int most)
{
    private readonly Queue<long> _recent = new();

    /// <summary>Counts a frame; false when it is one too many.</summary>
    public bool Admits()
    {
        var now = time.GetTimestamp();
        while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= TimeSpan.FromSeconds(1))
        {
            _recent.Dequeue();
        }

        _recent.Enqueue(now);
        return _recent.Count <= most;
    }
}
