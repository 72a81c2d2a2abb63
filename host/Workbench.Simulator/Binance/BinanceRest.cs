using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Workbench.Simulator.Binance.UserData;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>The REST side: raw request text in, body and headers out.</summary>
internal sealed class BinanceRest(BinanceApi api, UserDataHub userData)
{
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var query = RawQuery(context);
        var body = await ReadBodyAsync(request).ConfigureAwait(false);
        var path = request.Path.Value ?? "";
        if (api.Rest(request.Method, path) is not { } endpoint)
        {
            ShowWeight(context);
            await WriteAsync(context, 404, Encoding.UTF8.GetBytes("<html><body><h2>404 Not found</h2></body></html>"), "text/html").ConfigureAwait(false);
            return;
        }

        var parameters = new Parameters();
        ReadPairs(parameters, query);
        ReadPairs(parameters, body);
        if (api.Admit(endpoint, parameters) is { } refusal)
        {
            await AnswerAsync(context, endpoint, null, new ApiResult([], refusal)).ConfigureAwait(false);
            return;
        }

        var error = CheckHeaders(request, out var inMicros);
        ApiCredential? credential = null;
        if (error is null && endpoint.Security != Security.None)
        {
            var payload = Authentication.WithoutSignature(query) + Authentication.WithoutSignature(body);
            error = api.Authenticate(endpoint, request.Headers["X-MBX-APIKEY"], payload, parameters, out credential);
        }

        if (error is not null)
        {
            await AnswerAsync(context, endpoint, credential, api.Fail(endpoint, parameters, error)).ConfigureAwait(false);
            return;
        }

        await ServeAsync(context, endpoint, parameters, credential, inMicros).ConfigureAwait(false);
    }

    private async Task ServeAsync(HttpContext context, Endpoint endpoint, Parameters parameters, ApiCredential? credential, bool inMicros)
    {
        if (!endpoint.IsOrderEntry)
        {
            await AnswerAsync(context, endpoint, credential, await api.RunAsync(endpoint, parameters, credential, inMicros).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        var account = credential!.Account;
        userData.Gate.Begin(account);
        try
        {
            var result = await api.RunAsync(endpoint, parameters, credential, inMicros).ConfigureAwait(false);
            await userData.Gate.BeforeReplyAsync(() => userData.SentAsync(account)).ConfigureAwait(false);
            await AnswerAsync(context, endpoint, credential, result).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            userData.Gate.End(account);
        }
    }

    private async Task AnswerAsync(HttpContext context, Endpoint endpoint, ApiCredential? credential, ApiResult result)
    {
        ShowWeight(context);
        if (result.Error is { } error)
        {
            await WriteErrorAsync(context, error).ConfigureAwait(false);
            return;
        }

        if (endpoint.IsPlacement)
        {
            var headers = context.Response.Headers;
            var (tenSeconds, day) = api.OrderCounts.Of(credential!.Account);
            headers["X-MBX-ORDER-COUNT-10S"] = tenSeconds.ToString(CultureInfo.InvariantCulture);
            headers["X-MBX-ORDER-COUNT-1D"] = day.ToString(CultureInfo.InvariantCulture);
        }

        await WriteAsync(context, 200, result.Body, "application/json;charset=UTF-8").ConfigureAwait(false);
    }

    private void ShowWeight(HttpContext context)
    {
        var used = api.Limits.UsedWeight.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-MBX-USED-WEIGHT"] = used;
        context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = used;
    }

    /// <summary>The error envelope, with <c>Retry-After</c> in seconds where there is something to wait for.</summary>
    public static Task WriteErrorAsync(HttpContext context, ApiError error)
    {
        if (error.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, error.Status, ErrorBody(error), "application/json;charset=UTF-8");
    }

    public static byte[] ErrorBody(ApiError error) => JsonText.Render(error, static (json, e) =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", e.Code);
        json.WriteString("msg", e.Message);
        if (e.Data is { } data)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(data, skipInputValidation: true);
        }

        json.WriteEndObject();
    });

    private static async Task WriteAsync(HttpContext context, int status, byte[] body, string type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The unit in which times are told.</summary>
    public static ApiError? ReadTimeUnit(string unit, out bool inMicros)
    {
        inMicros = unit.Equals("MICROSECOND", StringComparison.OrdinalIgnoreCase);
        var isKnown = inMicros || unit.Length == 0 || unit.Equals("MILLISECOND", StringComparison.OrdinalIgnoreCase);
        return isKnown ? null : ApiError.BadTimeUnit;
    }

    private static ApiError? CheckHeaders(HttpRequest request, out bool inMicros)
    {
        var error = ReadTimeUnit(request.Headers["X-MBX-TIME-UNIT"].ToString(), out inMicros);
        return request.Headers.ContainsKey("X-MBX-SBE") ? ApiError.SbeNotEnabled : error;
    }

    // The signature covers the query as it was sent, so the parsed and re-encoded form will not do.
    private static string RawQuery(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? "" : target[(question + 1)..];
    }

    private static async Task<string> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding"))
        {
            return "";
        }

        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
    }

    private static void ReadPairs(Parameters parameters, string raw)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in raw.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? "" : pair[(equals + 1)..];
            parameters.Add(Unescape(name), Unescape(value));
            if (!names.Add(name))
            {
                parameters.Fail(ApiError.Duplicate);
            }
        }
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
