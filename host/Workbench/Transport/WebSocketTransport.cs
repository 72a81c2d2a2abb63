using System.Globalization;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>Opens a connection's WebSockets and keeps track of them, so that closing the connection closes them all.</summary>
internal sealed class WebSocketTransport : IWebSocketTransport, IAsyncDisposable
{
    private readonly WebSocketOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpMessageInvoker _invoker;
    private readonly Lock _lock = new();
    private readonly HashSet<VenueSocket> _open = [];
    private bool _closed;

    public WebSocketTransport(WebSocketOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
        });
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

        var client = new ClientWebSocket();
        client.Options.KeepAliveInterval = _options.KeepAliveInterval;
        client.Options.KeepAliveTimeout = _options.KeepAliveTimeout;
        client.Options.CollectHttpResponseDetails = true;
        var error = await TryConnectAsync(client, address, cancellationToken).ConfigureAwait(false);
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
                : Explain(e, client, address.Authority);
        }
    }

    private static VenueError Explain(Exception exception, ClientWebSocket client, string host)
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
        return new VenueError(kind, $"{host} answered HTTP {code} instead of opening the WebSocket", code, RetryAfter(client.HttpResponseHeaders));
    }

    private static TimeSpan? RetryAfter(IReadOnlyDictionary<string, IEnumerable<string>>? headers) =>
        headers is not null
        && headers.TryGetValue("Retry-After", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

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
