using System.Collections.Concurrent;

namespace Workbench.Core.Pipeline;

/// <summary>What waits for the pipeline: facts first, then market data. Market data is bounded and dropped oldest first, counted; facts are never dropped.</summary>
/// <remarks>Any thread may post; one thread takes.</remarks>
public sealed class PipelineInbox
{
    /// <summary>How many market data messages may wait.</summary>
    public const int MarketCapacity = 65_536;

    private readonly ConcurrentQueue<WorkbenchMessage> _facts = new();
    private readonly ConcurrentQueue<WorkbenchMessage> _market = new();
    private readonly ManualResetEventSlim _signal = new();
    private int _marketCount;
    private long _dropped;

    /// <summary>Market data messages that were dropped because the pipeline was behind.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Market data messages that wait now.</summary>
    public int MarketCount => Volatile.Read(ref _marketCount);

    /// <summary>True when nothing waits.</summary>
    public bool IsEmpty => _facts.IsEmpty && _market.IsEmpty;

    /// <summary>Posts a fact.</summary>
    public void Post(WorkbenchMessage fact)
    {
        _facts.Enqueue(fact);
        _signal.Set();
    }

    /// <summary>Posts market data; when too much waits, the oldest goes.</summary>
    public void Post(MarketDataArrived data) => PostInOrder(data);

    /// <summary>Posts a fact that must keep its place among the market data, such as that a book was interrupted. It is never dropped: under pressure it overtakes.</summary>
    internal void PostInOrder(WorkbenchMessage message)
    {
        _market.Enqueue(message);
        if (Interlocked.Increment(ref _marketCount) > MarketCapacity && _market.TryDequeue(out var oldest))
        {
            Interlocked.Decrement(ref _marketCount);
            if (oldest is MarketDataArrived)
            {
                Interlocked.Increment(ref _dropped);
            }
            else
            {
                _facts.Enqueue(oldest);
            }
        }

        _signal.Set();
    }

    /// <summary>Takes the next message without waiting.</summary>
    internal bool TryTake(out WorkbenchMessage message)
    {
        if (_facts.TryDequeue(out var fact))
        {
            message = fact;
            return true;
        }

        if (_market.TryDequeue(out var data))
        {
            Interlocked.Decrement(ref _marketCount);
            message = data;
            return true;
        }

        message = null!;
        return false;
    }

    /// <summary>Waits until something may have been posted.</summary>
    internal void Wait(CancellationToken cancellationToken)
    {
        _signal.Wait(cancellationToken);
        _signal.Reset();
    }
}
