using Microsoft.Extensions.Logging;
using Workbench.Core.Connections;
using Workbench.Sdk;
using Workbench.Transport;
using Workbench.Transport.Budgets;

namespace Workbench.Composition;

/// <summary>What one connector stands on: pools, sockets, budget, clock and signer. Released with its connection.</summary>
internal sealed class ConnectorResources : IAsyncDisposable
{
    private static readonly TimeSpan OrderMargin = TimeSpan.FromSeconds(5);

    private readonly HttpTransport _http;
    private readonly WebSocketTransport _sockets;
    private readonly ISigner? _signer;

    public ConnectorResources(ConnectionPlan plan, ISigner? signer, HttpPools pools, VenueBudgets budgets, Action<TimeSpan, VenueError?>? onConnect, TimeProvider time, ILogger logger)
    {
        _signer = signer;
        var tap = signer is null ? plan.Tap : null; // What is signed is nobody's business.
        Budget = budgets.For(VenueAddress.Of(plan), signer?.ApiKey, isRemembered: !plan.IsEmbedded);
        Clock = new VenueClock(time);
        _http = new HttpTransport(
            pools.Rent(plan.PoolKey, HttpPoolOptions.Of(plan.Role) with { ConnectTimeout = plan.ConnectTimeout }, Budget),
            new HttpTransportOptions
            {
                ReadTimeout = plan.RequestTimeout,
                OrderTimeout = plan.RequestTimeout + OrderMargin,
                CancelTimeout = plan.RequestTimeout + OrderMargin,
                Tap = tap,
            },
            Budget,
            time,
            logger);
        _sockets = new WebSocketTransport(pools.Network, new WebSocketOptions { ConnectTimeout = plan.ConnectTimeout, Tap = tap, OnConnect = onConnect }, Budget, time, logger);
    }

    /// <summary>What this connection may still send; shared with others to the same venue.</summary>
    public ConnectionBudget Budget { get; }

    /// <summary>Takes a sample of the venue's clock: when it was asked, when it answered, what it said.</summary>
    public void ObserveClock(Timestamp sent, Timestamp received, Timestamp venue)
    {
        Clock.Observe(sent, received, venue);
        Budget.Follow(Clock.Offset);
    }

    /// <summary>The venue's clock as this connection knows it.</summary>
    public VenueClock Clock { get; }

    /// <summary>How many WebSockets are open.</summary>
    public int OpenSockets => _sockets.OpenCount;

    /// <summary>How the venue's HTTP connections are used, by all who share them.</summary>
    public IReadOnlyList<HttpLaneUse> PoolUse => _http.PoolUse;

    public ConnectorContext Context(ConnectionId id, ConnectionPlan plan, TimeProvider time, ILogger logger) => new()
    {
        Connection = id,
        Environment = plan.Environment,
        Endpoints = plan.Endpoints,
        ReceiveWindow = plan.ReceiveWindow,
        Http = _http,
        WebSockets = _sockets,
        Signer = _signer,
        Budget = Budget,
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
