using Workbench.Core.Connections;
using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Transport;

/// <summary>One set of HTTP/1.1 connections. A request enters, has a connection until it leaves, and waits its turn when all are in use.</summary>
internal sealed class HttpLane : IDisposable
{
    private readonly RequestLane _lane;
    private readonly int _limit;
    private readonly SocketsHttpHandler _handler;
    private readonly SemaphoreSlim _turns;
    private int _open;
    private int _queued;

    /// <param name="lane">Which; also whose share of the new connections.</param>
    /// <param name="connections">How many.</param>
    /// <param name="options">The other bounds.</param>
    /// <param name="budget">What new connections are taken from.</param>
    /// <param name="network">How they are made.</param>
    public HttpLane(RequestLane lane, int connections, HttpPoolOptions options, ConnectionBudget budget, VenueNetwork network)
    {
        (_lane, _limit, _turns) = (lane, connections, new SemaphoreSlim(connections));
        _handler = network.CreateHandler(() => options.ConnectTimeout);
        _handler.ConnectCallback = (context, token) => budget.ConnectAsync(lane, t => network.ConnectAsync(context.DnsEndPoint, options.ConnectTimeout, t), token);
        _handler.PooledConnectionLifetime = options.ConnectionLifetime;
        _handler.PooledConnectionIdleTimeout = options.ConnectionIdleTimeout;
        _handler.MaxConnectionsPerServer = connections;
        _handler.MaxResponseHeadersLength = 64; // In KB.
        _handler.MaxResponseDrainSize = 64 << 10;
        _handler.ResponseDrainTimeout = TimeSpan.FromSeconds(1);
        _handler.PlaintextStreamFilter = (context, _) =>
        {
            Interlocked.Increment(ref _open);
            return ValueTask.FromResult<Stream>(new CountingStream(CrashingStream.Wrap(context.PlaintextStream, lane), Ledger, Closed));
        };
        Invoker = new HttpMessageInvoker(_handler, disposeHandler: false);
    }

    public HttpMessageInvoker Invoker { get; }

    public WireLedger Ledger { get; } = new();

    /// <summary>How it is used now.</summary>
    public HttpLaneUse Use => new(_lane, _limit, Volatile.Read(ref _open), _limit - _turns.CurrentCount, Volatile.Read(ref _queued));

    /// <summary>Waits for a turn; every entry is followed by one <see cref="Leave"/>.</summary>
    /// <exception cref="OperationCanceledException">Given up; there is nothing to leave.</exception>
    public ValueTask EnterAsync(CancellationToken cancellationToken) => _turns.Wait(0, CancellationToken.None) ? ValueTask.CompletedTask : QueueAsync(cancellationToken);

    public void Leave() => _turns.Release();

    public void Dispose()
    {
        // The turns have no handle to release, and requests that are being ended still give theirs back.
        Invoker.Dispose();
        _handler.Dispose();
    }

    private async ValueTask QueueAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queued);
        try
        {
            await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }

    private void Closed() => Interlocked.Decrement(ref _open);
}
