namespace Workbench.Simulator.Venues;

/// <summary>The venue's own clock: the host's time plus an offset, so that a client's offset estimate can be tested.</summary>
internal sealed class VenueClock(TimeProvider time)
{
    private long _offsetTicks;

    public TimeProvider Time => time;

    /// <summary>How far the venue is ahead of the host (negative: behind).</summary>
    public TimeSpan Offset
    {
        get => new(Volatile.Read(ref _offsetTicks));
        set => Volatile.Write(ref _offsetTicks, value.Ticks);
    }

    public long NowMicros => (time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks + Volatile.Read(ref _offsetTicks)) / TimeSpan.TicksPerMicrosecond;

    public long NowMillis => NowMicros / 1000;
}
