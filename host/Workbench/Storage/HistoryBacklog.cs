using Workbench.Sdk;

namespace Workbench.Storage;

/// <summary>
/// What waits to be written. Orders are conflated to their newest state and fills are never dropped; errors are bounded, because a
/// fault in a loop could make any number of them, and what is dropped is counted. Safe on any thread.
/// </summary>
internal sealed class HistoryBacklog
{
    public const int MaxErrors = 1000;

    private readonly Lock _lock = new();
    private HistoryBatch _filling = new();
    private long _droppedErrors;

    public long DroppedErrors => Interlocked.Read(ref _droppedErrors);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _filling.Count;
            }
        }
    }

    public void Add(Order order)
    {
        lock (_lock)
        {
            _filling.Orders[order.Id] = order;
        }
    }

    public void Add(Fill fill)
    {
        lock (_lock)
        {
            _filling.Fills.Add(fill);
        }
    }

    public void Add(HistoryError error)
    {
        lock (_lock)
        {
            if (_filling.Errors.Count < MaxErrors)
            {
                _filling.Errors.Add(error);
                return;
            }
        }

        Interlocked.Increment(ref _droppedErrors);
    }

    /// <summary>Completes when all that was added before is written: true, or given up: false.</summary>
    public Task<bool> AddFlush(bool clear)
    {
        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _filling.Waiters.Add(written);
            _filling.ClearFirst |= clear;
        }

        return written.Task;
    }

    public HistoryBatch Take()
    {
        lock (_lock)
        {
            var full = _filling;
            _filling = new HistoryBatch();
            return full;
        }
    }
}

/// <summary>What is written in one transaction.</summary>
internal sealed class HistoryBatch
{
    public Dictionary<ClientOrderId, Order> Orders { get; } = [];

    public List<Fill> Fills { get; } = [];

    public List<HistoryError> Errors { get; } = [];

    public List<TaskCompletionSource<bool>> Waiters { get; } = [];

    /// <summary>True when what the file holds of orders and fills goes first.</summary>
    public bool ClearFirst { get; set; }

    public int Count => Orders.Count + Fills.Count + Errors.Count;

    public bool IsEmpty => Count == 0 && Waiters.Count == 0;

    public void Complete(bool written) => Waiters.ForEach(w => w.TrySetResult(written));
}
