using Microsoft.Extensions.Logging;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Server;

/// <summary>The live parts of one venue, started and stopped in order: pump, listener, dialect.</summary>
internal sealed class RunningVenue(VenueHandle handle, IDialect dialect, VenueServer server, VenueMarket market, ILogger log) : IAsyncDisposable
{
    private VenuePump? _pump;

    public VenueHandle Handle => handle;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await server.ListenAsync(handle.Options.Port, cancellationToken).ConfigureAwait(false);
        _pump = new VenuePump(handle.Venue, log);
        market.Start(handle, dialect);
    }

    public async ValueTask DisposeAsync()
    {
        if (_pump is not null)
        {
            await _pump.DisposeAsync().ConfigureAwait(false);
        }

        await market.DisposeAsync().ConfigureAwait(false);
        await server.DisposeAsync().ConfigureAwait(false);
        await dialect.DisposeAsync().ConfigureAwait(false);
    }
}
