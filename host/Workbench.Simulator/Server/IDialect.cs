using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Server;

/// <summary>A wire protocol spoken for a venue. One instance lives as long as its venue and survives the listener.</summary>
internal interface IDialect : IAsyncDisposable
{
    /// <summary>Where clients connect: name (<c>rest</c>, <c>stream</c>, …), URI scheme and path.</summary>
    IReadOnlyList<DialectEndpoint> Endpoints { get; }

    /// <summary>Where a played capture goes; null when the venue makes its own market.</summary>
    ICaptureSink? CaptureSink { get; }

    /// <summary>Adds the dialect to a fresh pipeline; called again each time the venue listens anew.</summary>
    void Map(IApplicationBuilder app);

    /// <summary>A planned shutdown of the sockets that are open now: announced where the protocol has words for it, then closed.</summary>
    Task ShutDownConnectionsAsync(TimeSpan notice, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What a request is about, told from its method and path alone.</summary>
    RequestInfo Classify(HttpRequest request);

    /// <summary>The body of an error as this venue words it.</summary>
    FaultBody Word(FaultAnswer answer);
}

/// <summary>A body and its content type.</summary>
internal readonly record struct FaultBody(string ContentType, byte[] Bytes);

internal sealed record DialectEndpoint(string Name, string Scheme, string Path);

/// <summary>What a dialect is built from.</summary>
internal sealed record DialectContext(SimulatedVenue Venue, FaultLab Faults, VenueOptions Options, ILoggerFactory Log)
{
    /// <summary>What moves the perpetuals; null lets them follow the spot market.</summary>
    public IMarketFlow? PerpetualFlow { get; init; }

    /// <summary>The wire capture the venue plays instead of a market of its own, if any.</summary>
    public CapturePlayer? Capture { get; init; }
};
