using System.Globalization;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Transport;

/// <summary>Opens a connection's WebSockets and keeps track of them, so that closing the connection closes them all.</summary>
internal sealed class WebSocketTransport : IWebSocketTransport, IAsyncDisposable
{
    // What a refused handshake means when it does not say how long.
    private static readonly TimeSpan ShortestBan = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan UnsaidPause = TimeSpan.FromSeconds(5);

    private readonly WebSocketOptions _options;
    private readonly ConnectionBudget _budget;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpMessageInvoker _invoker;
    private readonly Lock _lock = new();
    private readonly HashSet<VenueSocket> _open = [];
    private bool _closed;

    public WebSocketTransport(VenueNetwork network, WebSocketOptions options, ConnectionBudget budget, TimeProvider time, ILogger logger)
    {
        _options = options;
        _budget = budget;
        _time = time;
        _logger = logger;
        _invoker = new HttpMessageInvoker(network.CreateHandler(() => options.ConnectTimeout));
    }

    /// <summary>How many sockets are open.</summary>
    public int OpenCount
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <inheritdoc />
    public async Task<ReadResult<IVenueSocket>> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeWs && address.Scheme != Uri.UriSchemeWss))
        {
            return new VenueError(VenueErrorKind.InvalidRequest, "the address is not an absolute ws or wss address");
        }

        if (_budget.TakeSocket() is { } refusal)
        {
            return refusal;
        }

        var client = new ClientWebSocket();
        client.Options.KeepAliveInterval = _options.KeepAliveInterval;
        client.Options.KeepAliveTimeout = _options.KeepAliveTimeout;
        client.Options.CollectHttpResponseDetails = true;
        var started = _time.GetTimestamp();
        var error = await TryConnectAsync(client, address, cancellationToken).ConfigureAwait(false);
        _options.OnConnect?.Invoke(_time.GetElapsedTime(started), error);
        if (error is null)
        {
            _options.Tap?.Opened(address, Timestamp.Now(_time));
            return Track(new VenueSocket(client, address, _options, _time, Forget));
        }

        client.Dispose();
        Log.SocketNotOpened(_logger, address.AbsolutePath, address.Authority, error);
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        VenueSocket[] open;
        lock (_lock)
        {
            _closed = true;
            open = [.. _open];
        }

        await Task.WhenAll(open.Select(s => s.DisposeAsync().AsTask())).ConfigureAwait(false);
        _invoker.Dispose();
    }

    private async Task<VenueError?> TryConnectAsync(ClientWebSocket client, Uri address, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await client.ConnectAsync(address, _invoker, either.Token).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // boundary: network. Whatever the WebSocket stack throws, there is no socket and the caller gets the reason.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return new VenueError(VenueErrorKind.Cancelled, "given up by the caller");
            }

            return deadline.IsCancellationRequested
                ? new VenueError(VenueErrorKind.Timeout, $"no WebSocket with {address.Authority} within the connect timeout")
                : Report(Explain(e, client, address.Authority));
        }
    }

    // A venue that refuses sockets says nothing about requests: only a ban is for everything.
    private VenueError Report(VenueError error)
    {
        if (error is { Kind: VenueErrorKind.Banned, RetryAfter: { } ban })
        {
            _budget.BanFor(RateScope.Address, ban);
        }
        else if (error is { Kind: VenueErrorKind.RateLimited, RetryAfter: { } pause })
        {
            _budget.PauseSockets(pause);
        }

        else if (error is { Kind: VenueErrorKind.Local } or { Code: "refused" })
        {
            _budget.ReturnConnect();
        }

        return error;
    }

    private VenueError Explain(Exception exception, ClientWebSocket client, string host)
    {
        var status = (int)client.HttpStatusCode;
        if (status is 0 or 101)
        {
            return exception is ObjectDisposedException
                ? new VenueError(VenueErrorKind.Cancelled, "the connection is being closed")
                : NetworkFailure.Explain(exception, host);
        }

        var kind = status switch
        {
            418 => VenueErrorKind.Banned,
            429 => VenueErrorKind.RateLimited,
            401 => VenueErrorKind.Authentication,
            >= 500 => VenueErrorKind.Unavailable,
            _ => VenueErrorKind.BadResponse,
        };
        var code = status.ToString(CultureInfo.InvariantCulture);
        return new VenueError(kind, $"{host} answered HTTP {code} instead of opening the WebSocket", code, Wait(status, client.HttpResponseHeaders));
    }

    private TimeSpan? Wait(int status, IReadOnlyDictionary<string, IEnumerable<string>>? headers)
    {
        var header = headers is not null && headers.TryGetValue("Retry-After", out var values) ? values.FirstOrDefault() : null;
        var asked = RetryAfterHeader.Read(header, Timestamp.Now(_time));
        return status switch
        {
            418 => asked ?? ShortestBan,
            429 => asked < ScopeBudget.LongestPause ? asked : asked is null ? UnsaidPause : ScopeBudget.LongestPause,
            _ => asked,
        };
    }

    private ReadResult<IVenueSocket> Track(VenueSocket socket)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _open.Add(socket);
                return socket;
            }
        }

        socket.Abort();
        return new VenueError(VenueErrorKind.Cancelled, "the connection is being closed");
    }

    private void Forget(VenueSocket socket)
    {
        lock (_lock)
        {
            _open.Remove(socket);
        }
    }
}
