using Workbench.Sdk;

namespace Workbench.Plugins.MemoryCache;

/// <summary>A bounded byte store in this process. When it is full, what has expired goes first, then what was least recently used.</summary>
/// <remarks>One lock guards everything; it is held for dictionary work only, never for copying or awaiting.</remarks>
internal sealed class MemoryCache : ICache
{
    private const int MaxKeyLength = 512;

    // Longer wishes are cut, so that adding one to a clock can never overflow.
    private static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(36_500);

    private readonly TimeProvider _time;
    private readonly int _maxEntries;
    private readonly Lock _gate = new();

    // Guarded by _gate: every slot is in all three, or in none.
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly LinkedList<Slot> _byUse = new();
    private readonly SortedSet<Slot> _byDeadline = new(Slot.ByDeadline);
    private long _lastNumber;
    private bool _isDisposed;

    public MemoryCache(CacheContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(context.MaxEntries, 1);
        _time = context.Time;
        _maxEntries = context.MaxEntries;
        foreach (var setting in context.Settings.Keys)
        {
            Log.UnknownSetting(context.Logger, setting);
        }
    }

    /// <summary>How many entries are held now, expired ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _slots.Count;
            }
        }
    }

    public ValueTask<ReadResult<CacheEntry?>> GetAsync(string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Refusal_NeedsLock(key, cancellationToken) is { } error)
            {
                return new(error);
            }

            if (!_slots.TryGetValue(key, out var slot))
            {
                return new(ReadResult<CacheEntry?>.Ok(null));
            }

            if (slot.Deadline <= _time.GetTimestamp())
            {
                Remove_NeedsLock(slot);
                return new(ReadResult<CacheEntry?>.Ok(null));
            }

            _byUse.Remove(slot.Use);
            _byUse.AddLast(slot.Use);
            return new(ReadResult<CacheEntry?>.Ok(slot.Entry));
        }
    }

    public ValueTask<VenueError?> SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        if (timeToLive <= TimeSpan.Zero)
        {
            return new(new VenueError(VenueErrorKind.InvalidRequest, "The time to live of a cache entry must be greater than zero."));
        }

        var life = timeToLive < LongestTimeToLive ? timeToLive : LongestTimeToLive;
        var now = Timestamp.Now(_time);
        var entry = new CacheEntry(value.ToArray(), now, now + life);
        lock (_gate)
        {
            if (Refusal_NeedsLock(key, cancellationToken) is { } error)
            {
                return new(error);
            }

            if (_slots.TryGetValue(key, out var old))
            {
                Remove_NeedsLock(old);
            }
            else if (_slots.Count >= _maxEntries)
            {
                Evict_NeedsLock();
            }

            Add_NeedsLock(new Slot(key, entry, DeadlineAfter(life), ++_lastNumber));
            return new((VenueError?)null);
        }
    }

    public ValueTask<VenueError?> RemoveAsync(string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var error = Refusal_NeedsLock(key, cancellationToken);
            if (error is null && _slots.TryGetValue(key, out var slot))
            {
                Remove_NeedsLock(slot);
            }

            return new(error);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _slots.Clear();
            _byUse.Clear();
            _byDeadline.Clear();
        }

        return ValueTask.CompletedTask;
    }

    // The division comes first: a hundred years times a clock of nanoseconds fits a long, times 10^7 ticks it would not.
    private long DeadlineAfter(TimeSpan life)
    {
        var (seconds, rest) = Math.DivRem(life.Ticks, TimeSpan.TicksPerSecond);
        var ticks = (seconds * _time.TimestampFrequency) + (rest * _time.TimestampFrequency / TimeSpan.TicksPerSecond);
        return _time.GetTimestamp() + Math.Max(1, ticks);
    }

    private VenueError? Refusal_NeedsLock(string key, CancellationToken cancellationToken)
    {
        if (_isDisposed)
        {
            return new VenueError(VenueErrorKind.Unavailable, "The cache has been closed.");
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return new VenueError(VenueErrorKind.Cancelled, "The caller gave up.");
        }

        return string.IsNullOrEmpty(key) || key.Length > MaxKeyLength
            ? new VenueError(VenueErrorKind.InvalidRequest, $"A cache key has 1 to {MaxKeyLength} characters.")
            : null;
    }

    private void Evict_NeedsLock()
    {
        var now = _time.GetTimestamp();
        var first = _byDeadline.Min!;
        if (first.Deadline > now)
        {
            Remove_NeedsLock(_byUse.First!.Value);
            return;
        }

        // Everything that has expired goes at once: each entry pays for its own removal once.
        for (var expired = first; expired is not null && expired.Deadline <= now; expired = _byDeadline.Min)
        {
            Remove_NeedsLock(expired);
        }
    }

    private void Add_NeedsLock(Slot slot)
    {
        _slots.Add(slot.Key, slot);
        _byUse.AddLast(slot.Use);
        _byDeadline.Add(slot);
    }

    private void Remove_NeedsLock(Slot slot)
    {
        _slots.Remove(slot.Key);
        _byUse.Remove(slot.Use);
        _byDeadline.Remove(slot);
    }
}
