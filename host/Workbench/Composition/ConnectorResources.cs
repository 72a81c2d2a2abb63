using Microsoft.Extensions.Logging;
using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Composition;

/// <summary>What one connector stands on: pools, sockets, budget, clock and signer. Released with its connection.</summary>
internal sealed class ConnectorResources : IAsyncDisposable
{
    private static readonly TimeSpan OrderMargin = TimeSpan.FromSeconds(5);

    private readonly HttpTransport _http;
    private readonly WebSocketTransport _sockets;
    private readonly RateBudget _budget;
    private readonly ISigner? _signer;

    public ConnectorResources(ConnectionPlan plan, ISigner? signer, TimeProvider time, ILogger logger)
    {
        _signer = signer;
        var tap = signer is null ? plan.Tap : null; // What is signed is nobody's business.
        _budget = new RateBudget(time);
        Clock = new VenueClock(time);
        _http = new HttpTransport(
            new HttpTransportOptions
            {
                ConnectTimeout = plan.ConnectTimeout,
                ReadTimeout = plan.RequestTimeout,
                OrderTimeout = plan.RequestTimeout + OrderMargin,
                CancelTimeout = plan.RequestTimeout + OrderMargin,
                Tap = tap,
            },
            _budget,
            time,
            logger);
        _sockets = new WebSocketTransport(new WebSocketOptions { ConnectTimeout = plan.ConnectTimeout, Tap = tap }, time, logger);
    }

    public VenueClock Clock { get; }

    /// <summary>What may still be sent; null when the dialect has declared no limit.</summary>
    public RateHeadroom? Headroom => _budget.Headroom;

    public ConnectorContext Context(ConnectionId id, ConnectionPlan plan, TimeProvider time, ILogger logger) => new()
    {
        Connection = id,
        Environment = plan.Environment,
        Endpoints = plan.Endpoints,
        ReceiveWindow = plan.ReceiveWindow,
        Http = _http,
        WebSockets = _sockets,
        Signer = _signer,
        Budget = _budget,
        VenueClock = Clock,
        Time = time,
        Logger = logger,
    };

    public async ValueTask DisposeAsync()
    {
        await _sockets.DisposeAsync().ConfigureAwait(false);
        _http.Dispose();
        (_signer as IDisposable)?.Dispose();
    }

    /// <summary>Nothing to release.</summary>
    internal sealed class None : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
