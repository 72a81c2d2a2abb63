using System.Diagnostics;
using System.Diagnostics.Metrics;
using Workbench.Core.Health;
using Workbench.Sdk;

namespace Workbench.Core.Metrics;

/// <summary>Every instrument of the meter <c>Workbench</c>, with its unit and its tags. Safe on any thread; costs next to nothing while nobody listens.</summary>
/// <remarks>Tags are the configuration's names of connections and routes, and fixed words. No account, key, order or price is ever in one.</remarks>
public sealed class WorkbenchMetrics : IDisposable
{
    /// <summary>The name to listen to.</summary>
    public const string MeterName = "Workbench";

    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _probes;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _connects;
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _failovers;
    private readonly Histogram<double> _away;
    private readonly Counter<long> _breakers;
    private readonly Counter<long> _cache;
    private readonly Counter<long> _quarantined;
    private readonly ObservedFigures _observed;

    /// <summary>Makes the meter and its instruments.</summary>
    /// <param name="time">The clock that the uptime is measured by.</param>
    public WorkbenchMetrics(TimeProvider time)
    {
        Meter = new Meter(MeterName);
        _requests = Meter.CreateHistogram<double>("workbench.request.duration", "s", "One request to a venue, from the call to its answer; tags connection, venue, operation, outcome.");
        _probes = Meter.CreateHistogram<double>("workbench.probe.duration", "s", "The question for the venue's time, as a sign of life; tags connection, venue, outcome.");
        _active = Meter.CreateUpDownCounter<long>("workbench.request.active", "{request}", "Requests on their way or waiting for a place in their lane; tags connection, operation.");
        _connects = Meter.CreateHistogram<double>("workbench.connect.duration", "s", "Establishing a WebSocket, from the name to the venue's switch of protocols; tags connection, outcome.");
        _reconnects = Meter.CreateCounter<long>("workbench.stream.connects", "{attempt}", "Attempts to bring up a stream; tags connection, stream (market, user), outcome (success, failure). The success rate is their ratio.");
        _failovers = Meter.CreateCounter<long>("workbench.route.moves", "{move}", "Moves of a route; tags route, half (data, trading), kind (failover, failback).");
        _away = Meter.CreateHistogram<double>("workbench.route.failover.duration", "s", "How long a half of a route was away from where it belongs, told when it is back; tags route, half.");
        _breakers = Meter.CreateCounter<long>("workbench.breaker.transitions", "{transition}", "Changes of a circuit breaker; tags connection, breaker (trading, read), to (closed, open, half_open, isolated).");
        _cache = Meter.CreateCounter<long>("workbench.cache.requests", "{request}", "Reads of the cache; tag result (hit, miss, error).");
        _quarantined = Meter.CreateCounter<long>("workbench.messages.quarantined", "{message}", "Messages of a stream that could not be understood and were left out; tags connection, stream.");
        _observed = new ObservedFigures(Meter, time);
    }

    /// <summary>The meter itself, for listeners that must tell one engine from another in the same process.</summary>
    public Meter Meter { get; }

    /// <summary>A read of the cache has ended.</summary>
    public void CacheRead(ReadResult<CacheEntry?> result) =>
        _cache.Add(1, new KeyValuePair<string, object?>("result", !result.IsOk ? "error" : result.Value is null ? "miss" : "hit"));

    /// <summary>A WebSocket was opened, or not.</summary>
    public void SocketConnected(ConnectionId connection, TimeSpan took, VenueError? error)
    {
        if (_connects.Enabled)
        {
            _connects.Record(took.TotalSeconds, new TagList { { "connection", connection.Value }, { "outcome", error is null ? "success" : "failure" } });
        }
    }

    /// <inheritdoc />
    public void Dispose() => Meter.Dispose();

    /// <summary>Begins to read the figures of a running engine.</summary>
    internal void Observe(MetricSource source) => _observed.Source = source;

    internal void RequestBegan(ConnectionId connection, string operation) => Active(connection, operation, 1);

    internal void RequestEnded(ConnectionId connection, VenueId venue, string operation, CallVerdict verdict, TimeSpan took)
    {
        Active(connection, operation, -1);
        if (_requests.Enabled)
        {
            _requests.Record(took.TotalSeconds, new TagList { { "connection", connection.Value }, { "venue", venue.Value }, { "operation", operation }, { "outcome", Outcome(verdict) } });
        }
    }

    internal void Probed(ConnectionId connection, VenueId venue, CallVerdict verdict, TimeSpan took)
    {
        if (_probes.Enabled)
        {
            _probes.Record(took.TotalSeconds, new TagList { { "connection", connection.Value }, { "venue", venue.Value }, { "outcome", Outcome(verdict) } });
        }
    }

    internal void StreamTried(ConnectionId connection, ConnectionCapability stream, bool isUp)
    {
        if (_reconnects.Enabled)
        {
            _reconnects.Add(1, new TagList { { "connection", connection.Value }, { "stream", Stream(stream) }, { "outcome", isUp ? "success" : "failure" } });
        }
    }

    internal void BreakerMoved(ConnectionId connection, string breaker, BreakerState to)
    {
        var word = to switch
        {
            BreakerState.Closed => "closed",
            BreakerState.Open => "open",
            BreakerState.HalfOpen => "half_open",
            _ => "isolated",
        };
        _breakers.Add(1, new TagList { { "connection", connection.Value }, { "breaker", breaker }, { "to", word } });
    }

    internal void RouteMoved(string route, RouteHalf half, bool isBack, TimeSpan? away)
    {
        var word = half == RouteHalf.Data ? "data" : "trading";
        _failovers.Add(1, new TagList { { "route", route }, { "half", word }, { "kind", isBack ? "failback" : "failover" } });
        if (away is { } time)
        {
            _away.Record(time.TotalSeconds, new TagList { { "route", route }, { "half", word } });
        }
    }

    internal void Quarantined(ConnectionId connection, ConnectionCapability stream) =>
        _quarantined.Add(1, new TagList { { "connection", connection.Value }, { "stream", Stream(stream) } });

    private void Active(ConnectionId connection, string operation, long change)
    {
        if (_active.Enabled)
        {
            _active.Add(change, new TagList { { "connection", connection.Value }, { "operation", operation } });
        }
    }

    private static string Stream(ConnectionCapability stream) => stream == ConnectionCapability.UserStream ? "user" : "market";

    private static string Outcome(CallVerdict verdict) => verdict switch
    {
        CallVerdict.Answered => "answered",
        CallVerdict.VenueFault => "venue_fault",
        CallVerdict.OurFault => "our_fault",
        _ => "held_back",
    };
}
