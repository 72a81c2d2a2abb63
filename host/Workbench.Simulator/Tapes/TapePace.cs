namespace Workbench.Simulator.Tapes;

/// <summary>Keeps recorded intervals, divided by the speed. Speed 0 never waits.</summary>
internal sealed class TapePace(decimal speed, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private long _first = -1;

    public async ValueTask WaitAsync(long nanos, CancellationToken cancellationToken)
    {
        if (speed == 0)
        {
            return;
        }

        _first = _first < 0 ? nanos : _first;
        var due = TimeSpan.FromTicks((long)((nanos - _first) / 100 / speed));
        var wait = due - time.GetElapsedTime(_began);
        if (wait > TimeSpan.FromMilliseconds(1))
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
