using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>How a call ended, before it is put on the wire.</summary>
internal readonly record struct ApiResult(byte[] Body, ApiError? Error);

/// <summary>
/// The calls of the venue, whatever they arrive by: weight → unknown parameters → handler.
/// Who calls is settled by the transport, because REST and WebSocket sign differently.
/// </summary>
internal sealed class BinanceApi
{
    private static readonly string[] SigningParameters = ["timestamp", "recvWindow", "signature"];
    private readonly Dictionary<(string Method, string Path), Endpoint> _rest = [];
    private readonly Dictionary<string, Endpoint> _webSocket = [];
    private readonly SimulatedVenue _venue;

    public BinanceApi(SimulatedVenue venue, RequestLimits limits, OrderCounts orderCounts, IEnumerable<Endpoint> endpoints)
    {
        _venue = venue;
        Limits = limits;
        OrderCounts = orderCounts;
        foreach (var endpoint in endpoints)
        {
            _rest[(endpoint.Method, endpoint.Path)] = endpoint;
            if (endpoint.WsMethod is { } method)
            {
                _webSocket[method] = endpoint;
            }
        }
    }

    public RequestLimits Limits { get; }

    /// <summary>Off for documented requests that were signed years ago.</summary>
    public bool ChecksTimestamps { get; init; } = true;

    public OrderCounts OrderCounts { get; }

    public Endpoint? Rest(string method, string path) => _rest.GetValueOrDefault((method, path));

    public Endpoint? WebSocket(string method) => _webSocket.GetValueOrDefault(method);

    /// <summary>Checks what the endpoint asks of its caller.</summary>
    public ApiError? Authenticate(Endpoint endpoint, string? key, string payload, Parameters parameters, out ApiCredential? credential) =>
        endpoint.Security == Security.Key
            ? Authentication.Identify(_venue, key, out credential)
            : Authenticate(key, payload, parameters, out credential);

    /// <summary>Checks key, time and signature of a signed call.</summary>
    public ApiError? Authenticate(string? key, string payload, Parameters parameters, out ApiCredential? credential)
    {
        var error = Authentication.Identify(_venue, key, out credential);
        if (error is not null)
        {
            return error;
        }

        // The order is the venue's: what is missing comes before what is wrong.
        if (!parameters.Has("timestamp"))
        {
            return ApiError.Missing("timestamp");
        }

        return Authentication.CheckSignature(credential!, payload, parameters.Text("signature")) ?? CheckTime(parameters);
    }

    /// <summary>Checks the timestamp alone, as for a call in a session that is logged on.</summary>
    public ApiError? CheckTime(Parameters parameters) => ChecksTimestamps || !parameters.Has("timestamp")
        ? Authentication.CheckTime(parameters, _venue.Clock.NowMicros)
        : null;

    /// <summary>Charges what a call costs before it runs; order entry pays only when it fails.</summary>
    public ApiError? Admit(Endpoint endpoint, Parameters parameters) =>
        Limits.Charge(endpoint.IsFreeOnSuccess ? 0 : endpoint.Weight(parameters)) ?? parameters.Error;

    public async ValueTask<ApiResult> RunAsync(Endpoint endpoint, Parameters parameters, ApiCredential? credential, bool inMicros)
    {
        if (endpoint.IsOrderEntry && Postponement.Current is { } later)
        {
            later.Run(async () => await ExecuteAsync(endpoint, parameters, credential, inMicros).ConfigureAwait(false));
            return new ApiResult([], BinanceTraffic.Error(later.Answer));
        }

        return await ExecuteAsync(endpoint, parameters, credential, inMicros).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> ExecuteAsync(Endpoint endpoint, Parameters parameters, ApiCredential? credential, bool inMicros)
    {
        using var stream = new MemoryStream();
        await using var json = new Utf8JsonWriter(stream, JsonText.Options);
        var error = Unread(endpoint, parameters)
            ?? await endpoint.Handler(new ApiCall(parameters, credential, json, inMicros)).ConfigureAwait(false)
            ?? parameters.Error;
        if (error is not null)
        {
            return Fail(endpoint, parameters, error);
        }

        await json.FlushAsync().ConfigureAwait(false);
        return new ApiResult(stream.ToArray(), null);
    }

    /// <summary>A refusal; order entry pays its weight now.</summary>
    public ApiResult Fail(Endpoint endpoint, Parameters parameters, ApiError error)
    {
        if (endpoint.IsFreeOnSuccess)
        {
            Limits.ChargeMore(endpoint.Weight(parameters));
        }

        return new ApiResult([], error);
    }

    private static ApiError? Unread(Endpoint endpoint, Parameters parameters)
    {
        var sent = parameters.Values.Count;
        var read = parameters.Values.Keys.Count(name => endpoint.Reads.Contains(name)
            || (endpoint.Security == Security.Signed && SigningParameters.Contains(name)));
        return read < sent ? ApiError.Unread(read, sent) : null;
    }
}
