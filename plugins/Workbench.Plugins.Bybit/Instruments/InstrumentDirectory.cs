using Workbench.Plugins.Bybit.Rest;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Instruments;

/// <summary>Reads the venue's markets and remembers the newest answer for everything that maps names.</summary>
internal sealed class InstrumentDirectory(BybitRest rest, ConnectorContext context)
{
    private volatile InstrumentMap _map = InstrumentMap.Empty;

    /// <summary>The newest answer; swapped whole.</summary>
    public InstrumentMap Map => _map;

    /// <summary>Reads all spot markets.</summary>
    public async Task<ReadResult<IReadOnlyList<Instrument>>> ReadAsync(CancellationToken cancellationToken)
    {
        var instruments = new List<Instrument>();
        var problems = new List<string>();
        var error = await Pages.ReadAllAsync(async cursor =>
        {
            var reply = await rest.GetPublicAsync("/v5/market/instruments-info", Query.Spot().AddCursor(cursor), cancellationToken).ConfigureAwait(false);
            return reply.Failure is { } failure ? failure.Error : InstrumentDecoder.Read(reply.Result, instruments, problems);
        }).ConfigureAwait(false);
        if (error is not null)
        {
            return error;
        }

        if (problems.Count > 0)
        {
            Log.MarketsLeftOut(context.Logger, context.Connection, problems.Count, problems[0]);
        }

        if (instruments.Count == 0)
        {
            return new VenueError(VenueErrorKind.BadResponse, "The venue's list of markets holds none that can be read.");
        }

        _map = new InstrumentMap(instruments);
        return ReadResult<IReadOnlyList<Instrument>>.Ok(_map.All);
    }
}
