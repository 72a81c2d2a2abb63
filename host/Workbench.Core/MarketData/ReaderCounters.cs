namespace Workbench.Core.MarketData;

/// <summary>What the readers of one stream have missed. The pipeline counts, anybody reads.</summary>
/// <param name="totals">Counts for everybody; null for the totals themselves.</param>
internal sealed class ReaderCounters(ReaderCounters? totals = null)
{
    private long _dropped;
    private long _replaced;
    private volatile Subscriber? _newest;

    /// <summary>Events lost because the reader was a whole queue behind.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Values that a newer one replaced before they were read.</summary>
    public long Replaced => Volatile.Read(ref _replaced);

    /// <summary>Events that wait now for the reader that came last.</summary>
    public int Lag => _newest?.Backlog ?? 0;

    /// <summary>A reader begins.</summary>
    public void Begin(Subscriber subscriber) => _newest = subscriber;

    /// <summary>Pipeline thread only: one writer needs no interlocked addition.</summary>
    public void Drop()
    {
        Volatile.Write(ref _dropped, _dropped + 1);
        totals?.Drop();
    }

    /// <summary>Pipeline thread only.</summary>
    public void Replace()
    {
        Volatile.Write(ref _replaced, _replaced + 1);
        totals?.Replace();
    }
}
