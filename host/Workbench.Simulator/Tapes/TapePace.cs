namespace Workbench.Simulator.Tapes;

/// <summary>Waits until a record is due. Without a speed it never waits.</summary>
internal sealed class TapePace(TapeSchedule schedule, TimeProvider time)
{
    // What a system timer can do; a wait that was cut off at it is taken up again.
    private static readonly TimeSpan Finest = TimeSpan.FromMilliseconds(1);
    private readonly long _began = time.GetTimestamp();

    public async ValueTask WaitAsync(long nanos, CancellationToken cancellationToken)
    {
        var due = schedule.Next(nanos);
        var isFirst = true;
        while (!schedule.IsUnpaced && due - time.GetElapsedTime(_began) is var wait && wait > TimeSpan.Zero)
        {
            // Task.Delay cuts its time off at whole milliseconds; a timer does not, on a clock that is finer.
            await ElapseAsync(isFirst || wait > Finest ? wait : Finest, cancellationToken).ConfigureAwait(false);
            isFirst = false;
        }
    }

    private async Task ElapseAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var elapsed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), elapsed, wait, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        {
            await elapsed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
