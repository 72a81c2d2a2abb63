using Microsoft.Extensions.Logging;

namespace Workbench.Simulator.Venues;

/// <summary>Moves a venue along with real time, in small steps.</summary>
internal sealed partial class VenuePump : IAsyncDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    public VenuePump(SimulatedVenue venue, ILogger log)
    {
        _timer = new PeriodicTimer(Period, venue.Clock.Time);
        _loop = RunAsync(venue, log);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync(SimulatedVenue venue, ILogger log)
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            try
            {
                venue.Pump();
            }
#pragma warning disable CA1031 // boundary: venue pump. A bug in one step must be seen, not freeze the market in silence.
            catch (Exception e)
#pragma warning restore CA1031
            {
                StepFailed(log, e, venue.Name);
            }
        }
    }

    [LoggerMessage(7101, LogLevel.Error, "A step of the simulated venue {Venue} failed")]
    private static partial void StepFailed(ILogger log, Exception e, string venue);
}
