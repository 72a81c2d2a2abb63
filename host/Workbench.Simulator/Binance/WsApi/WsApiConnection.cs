using Workbench.Simulator.Binance.Connections;
using Workbench.Simulator.Binance.UserData;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;
using Workbench.Simulator.Server.WebSockets;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.WsApi;

/// <summary>One connection of the WebSocket API: requests are answered in the order they came.</summary>
internal sealed class WsApiConnection : ISocketHandler
{
    public const int ConnectWeight = 2;
    private const int SessionWeight = 2;
    private readonly SocketSession _socket;
    private readonly BinanceApi _api;
    private readonly FaultLab _faults;
    private readonly SimulatedVenue _venue;
    private readonly WsSession _session;
    private readonly WsReply _reply;
    private readonly WsApiOptions _options;
    private readonly ConnectionRegistry _connections;
    private readonly ConnectionLife _life;
    private readonly UserDataHub _hub;

    public WsApiConnection(
        SocketSession socket, BinanceApi api, DialectContext context, UserDataHub hub, ConnectionRegistry connections, WsApiOptions options)
    {
        _socket = socket;
        _api = api;
        _faults = context.Faults;
        _venue = context.Venue;
        _options = options;
        _session = new WsSession(api, context.Venue, hub, socket.Outbox, options.ReturnRateLimits);
        _reply = new WsReply(api.Limits, api.OrderCounts, context.Venue.Clock);
        _connections = connections;
        _hub = hub;
        _life = connections.Open(socket, SayShutdown);
    }

    public async ValueTask OnMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (WsRequest.Read(message) is not { } request)
        {
            Post("null", new ApiResult([], ApiError.InvalidJson), false, null);
            return;
        }

        if (_faults.IsQuiet)
        {
            await AnswerAsync(request).ConfigureAwait(false);
            return;
        }

        var call = BinanceTraffic.Of(request.Method, request.Parameters.Text("symbol"));
        await CallFaults.RunAsync(
            _faults, call, _socket, answer => _reply.Of(request.Id, new ApiResult([], BinanceTraffic.Error(answer)), false, null), () => AnswerAsync(request))
            .ConfigureAwait(false);
    }

    public void OnControl(ControlFrame frame) => _life.OnControl(frame);

    public void OnClosed()
    {
        _connections.Closed(_life);
        _session.Close();
    }

    // Without a subscription id: it is not an event of an account.
    private void SayShutdown(byte[] frame) => _socket.Outbox.Post((byte[])[.. "{\"event\":"u8, .. frame, (byte)'}']);

    private async ValueTask AnswerAsync(WsRequest request)
    {
        var withLimits = request.ReturnRateLimits ?? _options.ReturnRateLimits;
        if (IsRevoked())
        {
            // The venue cannot say which request it was; clients must tell by state.
            Post("null", new ApiResult([], ApiError.KeyRefused), false, null);
            return;
        }

        if (_api.WebSocket(request.Method) is null && IsSessionMethod(request.Method))
        {
            var banned = _api.Limits.Charge(SessionWeight);
            var result = banned is null ? _session.Handle(request) : new ApiResult([], banned);
            if (result is { } handled)
            {
                Post(request.Id, handled, withLimits, null, InfoOf(request.Method, handled));
                return;
            }
        }

        if (_api.WebSocket(request.Method) is not { } endpoint)
        {
            Post(request.Id, new ApiResult([], new ApiError(-1130, "Data sent for parameter 'method' is not valid.")), withLimits, null);
            return;
        }

        await CallAsync(request, endpoint, withLimits).ConfigureAwait(false);
    }

    private async ValueTask CallAsync(WsRequest request, Endpoint endpoint, bool withLimits)
    {
        if (_api.Admit(endpoint, request.Parameters) is { } refusal)
        {
            Post(request.Id, new ApiResult([], refusal), withLimits, null);
            return;
        }

        ApiCredential? credential = null;
        var error = endpoint.Security == Security.None ? null : Identify(endpoint, request, out credential);
        if (error is not null)
        {
            Post(request.Id, _api.Fail(endpoint, request.Parameters, error), withLimits, null);
            return;
        }

        if (!endpoint.IsOrderEntry)
        {
            Post(request.Id, await _api.RunAsync(endpoint, request.Parameters, credential, _options.InMicros).ConfigureAwait(false), withLimits, null);
            return;
        }

        await OrderAsync(request, endpoint, credential!, withLimits).ConfigureAwait(false);
    }

    private async ValueTask OrderAsync(WsRequest request, Endpoint endpoint, ApiCredential credential, bool withLimits)
    {
        _hub.Gate.Begin(credential.Account);
        try
        {
            var result = await _api.RunAsync(endpoint, request.Parameters, credential, _options.InMicros).ConfigureAwait(false);
            await _hub.Gate.BeforeReplyAsync(() => _hub.SentAsync(credential.Account)).ConfigureAwait(false);
            Post(request.Id, result, withLimits, endpoint.IsPlacement ? credential : null);
        }
        finally
        {
            _hub.Gate.End(credential.Account);
        }
    }

    // A logged-on session needs neither key nor signature, only a timestamp.
    private ApiError? Identify(Endpoint endpoint, WsRequest request, out ApiCredential? credential)
    {
        if (request.ApiKey is null && _session.Credential is { } logged)
        {
            credential = logged;
            return endpoint.Security == Security.Signed ? _api.CheckTime(request.Parameters) : null;
        }

        return request.ApiKey is null
            ? Missing(out credential)
            : _api.Authenticate(endpoint, request.ApiKey, request.SignedPayload, request.Parameters, out credential);
    }

    private static ApiError Missing(out ApiCredential? credential)
    {
        credential = null;
        return ApiError.Missing("apiKey");
    }

    private bool IsRevoked() =>
        _session.Credential is { } logged && Authentication.Identify(_venue, logged.Key, out _) is not null;

    private static bool IsSessionMethod(string method) =>
        method.StartsWith("session.", StringComparison.Ordinal) || method.StartsWith("userDataStream.", StringComparison.Ordinal);

    private void Post(string id, ApiResult result, bool withLimits, ApiCredential? orderedBy, FrameInfo info = default) =>
        _socket.Outbox.Post(_reply.Of(id, result, withLimits, orderedBy), info);

    private static FrameInfo InfoOf(string method, ApiResult result) => result.Error is not null ? default
        : method == "session.logon" ? FrameInfo.Authenticated
        : method.StartsWith("userDataStream.subscribe", StringComparison.Ordinal) ? FrameInfo.Subscribed
        : default;
}

/// <summary>Choices made in the address of the connection.</summary>
internal sealed record WsApiOptions(bool ReturnRateLimits, bool InMicros);
