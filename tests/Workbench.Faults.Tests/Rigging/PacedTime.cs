namespace Workbench.Faults.Tests.Rigging;

/// <summary>A clock that runs so many times as fast as the machine's, for host and venues alike: a wait of a minute takes seconds.</summary>
internal sealed class PacedTime(int pace) : TimeProvider
{
    private readonly DateTimeOffset _startedAt = System.GetUtcNow();
    private readonly long _started = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _startedAt + (System.GetElapsedTime(_started) * pace);

    public override long GetTimestamp() => _started + ((System.GetTimestamp() - _started) * pace);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Paced(dueTime), Paced(period)), Paced);

    private TimeSpan Paced(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / pace;

    private sealed class Timer(ITimer inner, Func<TimeSpan, TimeSpan> paced) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(paced(dueTime), paced(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
