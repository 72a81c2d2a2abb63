namespace Workbench.Simulator.Venues;

/// <summary>The newest items, at most <c>capacity</c>; grows only as far as it is used.</summary>
internal sealed class Ring<T>(int capacity)
{
    private readonly List<T> _items = [];
    private int _start;

    public int Count => _items.Count;

    /// <summary>0 is the oldest item kept.</summary>
    public T this[int index] => _items[(_start + index) % _items.Count];

    public T Newest
    {
        get => this[Count - 1];
        set => _items[(_start + Count - 1) % _items.Count] = value;
    }

    public void Add(T item)
    {
        if (_items.Count < capacity)
        {
            _items.Add(item);
            return;
        }

        _items[_start] = item;
        _start = (_start + 1) % capacity;
    }

    /// <summary>The newest <paramref name="count"/> items, oldest first.</summary>
    public List<T> TakeNewest(int count)
    {
        var first = Math.Max(0, Count - count);
        var result = new List<T>(Count - first);
        for (var i = first; i < Count; i++)
        {
            result.Add(this[i]);
        }

        return result;
    }
}
