using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>How a call ended, before it is put on the wire.</summary>
internal readonly record struct ApiResult(byte[] Body, ApiError? Error, bool LosesAnswer = false);

/// <summary>
/// The calls of the venue, whatever they arrive by: weight → unknown parameters → faults before → handler → faults after.
/// Who calls is settled by the transport, because REST and WebSocket sign differently.
/// </summary>
internal sealed class BinanceApi
{
    private static readonly string[] SigningParameters = ["timestamp", "recvWindow", "signature"];
    private readonly Dictionary<(string Method, string Path), Endpoint> _rest = [];
    private readonly Dictionary<string, Endpoint> _webSocket = [];
    private readonly SimulatedVenue _venue;
    private readonly FaultLab _faults;

    public BinanceApi(SimulatedVenue venue, FaultLab faults, RequestLimits limits, OrderCounts orderCounts, IEnumerable<Endpoint> endpoints)
    {
        _venue = venue;
        _faults = faults;
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

    public OrderCounts OrderCounts { get; }

    public Endpoint? Rest(string method, string path) => _rest.GetValueOrDefault((method, path));

    public Endpoint? WebSocket(string method) => _webSocket.GetValueOrDefault(method);

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

        return Authentication.CheckSignature(credential!, payload, parameters.Text("signature"))
            ?? Authentication.CheckTime(parameters, _venue.Clock.NowMicros);
    }

    /// <summary>Charges what a call costs before it runs; order entry pays only when it fails.</summary>
    public ApiError? Admit(Endpoint endpoint, Parameters parameters) =>
        Limits.Charge(endpoint.IsFreeOnSuccess ? 0 : endpoint.Weight(parameters));

    public async ValueTask<ApiResult> RunAsync(Endpoint endpoint, Parameters parameters, ApiCredential? credential, bool inMicros)
    {
        if (endpoint.IsOrderEntry && _faults.Peek(FaultNames.Error5xx) is { Options.BeforeExecution: true }
            && _faults.Strike(FaultNames.Error5xx) is { } before)
        {
            return Fail(endpoint, parameters, Ambiguous(before.Options.Status));
        }

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
        var body = stream.ToArray();
        if (!endpoint.IsOrderEntry)
        {
            return new ApiResult(body, null);
        }

        if (_faults.Strike(FaultNames.AnswerLost) is not null)
        {
            return new ApiResult(body, null, LosesAnswer: true);
        }

        return _faults.Strike(FaultNames.Error5xx) is { } after
            ? Fail(endpoint, parameters, Ambiguous(after.Options.Status))
            : new ApiResult(body, null);
    }

    private ApiResult Fail(Endpoint endpoint, Parameters parameters, ApiError error)
    {
        if (endpoint.IsFreeOnSuccess)
        {
            Limits.ChargeMore(endpoint.Weight(parameters));
        }

        return new ApiResult([], error);
    }

    private static ApiError Ambiguous(int status) => status == 504
        ? new ApiError(-1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown.", status)
        : new ApiError(-1000, "An unknown error occurred while processing the request.", status);

    private static ApiError? Unread(Endpoint endpoint, Parameters parameters)
    {
        var sent = parameters.Values.Count;
        var read = parameters.Values.Keys.Count(name => endpoint.Reads.Contains(name)
            || (endpoint.Security == Security.Signed && SigningParameters.Contains(name)));
        return read < sent ? ApiError.Unread(read, sent) : null;
    }
}
