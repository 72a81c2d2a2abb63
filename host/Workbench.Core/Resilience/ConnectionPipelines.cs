using System.Collections.Concurrent;
using Polly;
using Polly.Telemetry;
using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>One connection's breakers and its pipelines, each composed once: a call costs no build. Safe on any thread.</summary>
internal sealed class ConnectionPipelines
{
    private readonly ResilienceSettings _settings;
    private readonly TimeProvider _time;
    private readonly TelemetryListener? _listener;
    private readonly ConcurrentDictionary<Type, object> _reads = new();
    private readonly ResiliencePipeline<VenueError?> _tradingProbe;
    private readonly ResiliencePipeline<VenueError?> _readProbe;

    /// <param name="settings">The connection's settings.</param>
    /// <param name="random">Draws the jitter.</param>
    /// <param name="time">The clock.</param>
    /// <param name="listener">Takes Polly's telemetry of every pipeline.</param>
    public ConnectionPipelines(ResilienceSettings settings, Random random, TimeProvider time, TelemetryListener? listener = null)
    {
        (_settings, _time, _listener) = (settings, time, listener);
        Backoff = new Backoff(settings, random);
        TradingBreaker = new CircuitBreaker(settings.BreakerFailures, settings.BreakerOpenFor, time);
        ReadBreaker = new CircuitBreaker(settings.BreakerFailures, settings.BreakerOpenFor, time);
        Orders = Pipelines.Orders(settings, TradingBreaker, time, listener);
        Cancels = Pipelines.Cancels(settings, TradingBreaker, time, listener);
        _tradingProbe = Pipelines.Probe(settings, TradingBreaker, time, listener);
        _readProbe = Pipelines.Probe(settings, ReadBreaker, time, listener);
    }

    /// <summary>The waits between attempts.</summary>
    public Backoff Backoff { get; }

    /// <summary>Guards orders; cancels are counted by it.</summary>
    public CircuitBreaker TradingBreaker { get; }

    /// <summary>Guards reads.</summary>
    public CircuitBreaker ReadBreaker { get; }

    public ResiliencePipeline<OrderOutcome> Orders { get; }

    public ResiliencePipeline<OrderOutcome> Cancels { get; }

    /// <summary>Tests one of the breakers while it is open.</summary>
    public ResiliencePipeline<VenueError?> Probe(CircuitBreaker breaker) => breaker == TradingBreaker ? _tradingProbe : _readProbe;

    public ResiliencePipeline<ReadResult<T>> Reads<T>() =>
        (ResiliencePipeline<ReadResult<T>>)_reads.GetOrAdd(typeof(T), static (_, me) => Pipelines.Reads<T>(me._settings, me.ReadBreaker, me.Backoff, me._time, me._listener), this);

    public ResiliencePipeline<VenueError?> Connects(Action<VenueError, TimeSpan> waiting) => Pipelines.Connects(Backoff, waiting, _time, _listener);
}
