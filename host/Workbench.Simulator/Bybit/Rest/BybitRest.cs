using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>
/// The REST side: IP limit → route → body → signature → rate window → endpoint → envelope. Business errors are HTTP 200;
/// other statuses come from the transport only.
/// </summary>
internal sealed class BybitRest(
    IEnumerable<RestRoute> routes, Gatekeeper gatekeeper, RateWindows windows, AddressLimit addresses, SimulatedVenue venue)
{
    private const int MaxBodyBytes = 1 << 20;
    private readonly Dictionary<(string Method, string Path), RestRoute> _routes = routes.ToDictionary(r => (r.Method, r.Path));

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!addresses.Admit(context.Connection.RemoteIpAddress))
        {
            await WriteAsync(context, 403, "text/html", AddressLimit.Page).ConfigureAwait(false);
            return;
        }

        if (!_routes.TryGetValue((request.Method, request.Path.Value ?? ""), out var route))
        {
            await WriteAsync(context, 404, "text/plain", []).ConfigureAwait(false);
            return;
        }

        var body = await ReadBodyAsync(request).ConfigureAwait(false);
        if (body is null || (request.Method == "GET" && body.Length > 0))
        {
            await WriteAsync(context, body is null ? 400 : 403, "text/html", Page("Forbidden")).ConfigureAwait(false);
            return;
        }

        var query = RawQuery(context);
        var payload = request.Method == "GET" ? Encoding.UTF8.GetBytes(query) : body;
        await AnswerAsync(context, route, query, body, payload).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, RestRoute route, string query, byte[] body, byte[] payload)
    {
        ApiCredential? credential = null;
        if (route.IsPrivate)
        {
            var signed = Signed(context);
            if (signed is not { } present)
            {
                await WriteAsync(context, 401, Reply.Fail(BybitError.Parameter("empty value: apiTimestamp[] apiKey[] apiSignature[]"))).ConfigureAwait(false);
                return;
            }

            var error = gatekeeper.Check(present, payload, out credential);
            if (!error.IsNone)
            {
                await WriteAsync(context, 200, Reply.Fail(error)).ConfigureAwait(false);
                return;
            }
        }

        if (!TryParse(body, out var json))
        {
            await WriteAsync(context, 200, Reply.Fail(BybitError.Parameter("Request parameter error: the body is no JSON object."))).ConfigureAwait(false);
            return;
        }

        await RunAsync(context, route, new RestCall(Decode(query), json, credential)).ConfigureAwait(false);
    }

    private async Task RunAsync(HttpContext context, RestRoute route, RestCall call)
    {
        if (route.Order is { } order)
        {
            await DeliverAsync(context, order(call)).ConfigureAwait(false);
            return;
        }

        if (route.Allowance is { } limit)
        {
            var granted = windows.Take(call.Account.Id, limit.Endpoint, limit.PerSecond, 1, venue.Clock.NowMillis, out var left);
            SetHeaders(context, left);
            if (granted == 0)
            {
                await WriteAsync(context, 200, Reply.Fail(BybitError.TooManyVisits)).ConfigureAwait(false);
                return;
            }
        }

        await WriteAsync(context, 200, route.Query!(call)).ConfigureAwait(false);
    }

    private async Task DeliverAsync(HttpContext context, GatewayReply result)
    {
        if (result.Allowance is { } left)
        {
            SetHeaders(context, left);
        }

        if (result.Pushes is { } before)
        {
            await before.BeforeAnswerAsync().ConfigureAwait(false);
        }

        await WriteAsync(context, 200, result.Reply).ConfigureAwait(false);
        if (result.Pushes is { } after)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            after.AfterAnswer();
        }
    }

    private Task WriteAsync(HttpContext context, int status, Reply reply) =>
        WriteAsync(context, status, "application/json; charset=utf-8", reply.ToEnvelope(venue.Clock.NowMillis));

    private static async Task WriteAsync(HttpContext context, int status, string type, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] Page(string title) => Encoding.UTF8.GetBytes($"<html><head><title>{title}</title></head><body>{title}</body></html>");

    private static void SetHeaders(HttpContext context, Allowance left)
    {
        var headers = context.Response.Headers;
        headers["X-Bapi-Limit"] = BybitJson.Text(left.Limit);
        headers["X-Bapi-Limit-Status"] = BybitJson.Text(left.Remaining);
        headers["X-Bapi-Limit-Reset-Timestamp"] = BybitJson.Text(left.ResetMillis);
    }

    private static SignedRequest? Signed(HttpContext context)
    {
        var headers = context.Request.Headers;
        var request = new SignedRequest(
            headers["X-BAPI-API-KEY"].ToString(),
            headers["X-BAPI-TIMESTAMP"].ToString(),
            headers["X-BAPI-RECV-WINDOW"].ToString(),
            headers["X-BAPI-SIGN"].ToString(),
            context.Connection.RemoteIpAddress);
        return request.Key.Length == 0 || request.Timestamp.Length == 0 || request.Signature.Length == 0 ? null : request;
    }

    // The signature covers the query as it was sent, so the decoded and re-encoded form will not do.
    private static string RawQuery(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? "" : target[(question + 1)..];
    }

    private static Dictionary<string, string> Decode(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values[pair[..equals]] = Uri.UnescapeDataString(pair[(equals + 1)..]);
            }
        }

        return values;
    }

    private static bool TryParse(byte[] body, out JsonElement json)
    {
        json = default;
        if (body.Length == 0)
        {
            using var empty = JsonDocument.Parse("{}");
            json = empty.RootElement.Clone();
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            json = document.RootElement.Clone();
            return json.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBodyBytes)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return buffer.Length > MaxBodyBytes ? null : buffer.ToArray();
    }
}
