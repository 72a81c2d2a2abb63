namespace Workbench.Simulator.Venues;

/// <summary>The venue's own clock: the host's time plus an offset, so that a client's offset estimate can be tested.</summary>
internal sealed class VenueClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, Func<long>> _errors = [];
    private long _offsetTicks;
    private volatile Func<long>[] _sources = [];

    public TimeProvider Time => time;

    /// <summary>How far the venue is ahead of the host (negative: behind).</summary>
    public TimeSpan Offset
    {
        get => new(Volatile.Read(ref _offsetTicks));
        set => Volatile.Write(ref _offsetTicks, value.Ticks);
    }

    /// <summary>What the clock shows: the host's time, the offset and the errors that faults put on it.</summary>
    public long NowMicros => SteadyMicros + Error;

    /// <summary>The same without the errors. The market moves by it: an error of the clock must not stop the trading.</summary>
    public long SteadyMicros => (time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks + Volatile.Read(ref _offsetTicks)) / TimeSpan.TicksPerMicrosecond;

    /// <summary>How far faults put the clock ahead now, in microseconds.</summary>
    public long Error
    {
        get
        {
            var sources = _sources;
            return sources.Length == 0 ? 0 : sources.Sum(static source => source());
        }
    }

    /// <summary>Adds an error in microseconds under a key, or takes it away.</summary>
    public void Disturb(object key, Func<long>? error)
    {
        lock (_lock)
        {
            if (error is null)
            {
                _errors.Remove(key);
            }
            else
            {
                _errors[key] = error;
            }

            _sources = [.. _errors.Values];
        }
    }

    public long NowMillis => NowMicros / 1000;
}
