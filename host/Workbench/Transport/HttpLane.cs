using System.Net;
using System.Net.Sockets;
using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Transport;

/// <summary>One pool of HTTP/1.1 connections; lanes do not share connections, so a flood of reads cannot keep an order waiting.</summary>
internal sealed class HttpLane : IDisposable
{
    private readonly SocketsHttpHandler _handler;

    /// <param name="options">The bounds.</param>
    /// <param name="budget">What new connections are taken from.</param>
    /// <param name="lane">Whose share of them.</param>
    /// <param name="time">The clock.</param>
    public HttpLane(HttpTransportOptions options, ConnectionBudget budget, RequestLane lane, TimeProvider time)
    {
        _handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // A redirect would carry the API key to another host (N13).
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = options.ConnectionLifetime,
            PooledConnectionIdleTimeout = options.ConnectionIdleTimeout,
            MaxConnectionsPerServer = options.MaxConnectionsPerServer,
            MaxResponseDrainSize = 64 << 10,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            ConnectCallback = (context, token) => budget.ConnectAsync(lane, t => ConnectAsync(context.DnsEndPoint, options.ConnectTimeout, time, t), token),
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new CountingStream(context.PlaintextStream, Ledger)),
        };
        Invoker = new HttpMessageInvoker(_handler, disposeHandler: false);
    }

    public HttpMessageInvoker Invoker { get; }

    public WireLedger Ledger { get; } = new();

    public void Dispose()
    {
        Invoker.Dispose();
        _handler.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, either.Token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
