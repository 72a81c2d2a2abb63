namespace Workbench.Faults.Tests.Rigging;

/// <summary>Everything that a stream of the workbench gave since the rig started, readable at any time.</summary>
internal sealed class Recording<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _items = [];

    public Recording(IAsyncEnumerable<T> source) => Task = ReadAsync(source);

    /// <summary>Ends when the stream ends.</summary>
    public Task Task { get; }

    /// <summary>What came so far, oldest first.</summary>
    public IReadOnlyList<T> Items
    {
        get
        {
            lock (_lock)
            {
                return [.. _items];
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _items.Count;
            }
        }
    }

    public T? Last
    {
        get
        {
            lock (_lock)
            {
                return _items.Count > 0 ? _items[^1] : default;
            }
        }
    }

    /// <summary>What came after the first so many.</summary>
    public IReadOnlyList<T> Since(int count)
    {
        lock (_lock)
        {
            return _items[Math.Min(count, _items.Count)..];
        }
    }

    private async Task ReadAsync(IAsyncEnumerable<T> source)
    {
        try
        {
            await foreach (var item in source)
            {
                lock (_lock)
                {
                    _items.Add(item);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The rig was disposed.
        }
    }
}
