namespace Workbench.Simulator.Venues;

/// <summary>Moves a venue along with real time, in small steps.</summary>
internal sealed class VenuePump : IAsyncDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    public VenuePump(SimulatedVenue venue)
    {
        _timer = new PeriodicTimer(Period, venue.Clock.Time);
        _loop = RunAsync(venue);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync(SimulatedVenue venue)
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            venue.Pump();
        }
    }
}
