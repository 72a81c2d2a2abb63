namespace Workbench.Composition;

/// <summary>The process's clock: the wall clock at the start, moved on by the monotonic one. It never steps, so that no proof about an unknown order rests on a clock that was set.</summary>
internal sealed class SteadyTime : TimeProvider
{
    private readonly DateTimeOffset _startedAt = System.GetUtcNow();
    private readonly long _started = System.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => System.LocalTimeZone;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _startedAt + System.GetElapsedTime(_started);

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime, period);
}
