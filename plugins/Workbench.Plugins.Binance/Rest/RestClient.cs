using System.Text.Json;
using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Signing;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Rest;

/// <summary>Sends the REST calls, signed where asked, and tells the budget what the venue says about it.</summary>
internal sealed class RestClient(ConnectorContext context, BinanceEndpoints endpoints, VenueLimits limits)
{
    private const string FormContent = "application/x-www-form-urlencoded";
    private readonly BudgetReporter _budget = new(context, limits);

    /// <summary>A read that anybody may do.</summary>
    public Task<HttpReply> PublicAsync(string path, FormWriter query, RateCost[] costs, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpCall { Method = HttpMethod.Get, Address = endpoints.Rest(path, query.ToString()), Lane = RequestLane.Read, Costs = costs },
            cancellationToken);

    /// <summary>A read of the account: everything in the query.</summary>
    public Task<HttpReply> SignedReadAsync(string path, ISigner signer, FormWriter query, RequestLane lane, RateCost[] costs, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpCall
            {
                Method = HttpMethod.Get,
                Address = endpoints.Rest(path, SignedForm.Close(query, signer, context).ToString()),
                Lane = lane,
                Costs = costs,
                Headers = Key(signer),
            },
            cancellationToken);

    /// <summary>A change: everything in the body, because an HTTP stack may send a request without a body twice when a pooled connection dies.</summary>
    public Task<HttpReply> SignedChangeAsync(HttpMethod method, string path, ISigner signer, FormWriter form, RequestLane lane, RateCost[] costs, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpCall
            {
                Method = method,
                Address = endpoints.Rest(path, ""),
                Lane = lane,
                Costs = costs,
                Body = SignedForm.Close(form, signer, context).Written,
                ContentType = FormContent,
                Headers = Key(signer),
            },
            cancellationToken);

    /// <summary>Turns a reply into what it carries.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="what">What was read, for the message.</param>
    /// <param name="decode">Reads the body; null, or a JSON error, when it cannot be understood.</param>
    public ReadResult<T> Read<T>(HttpReply reply, string what, Func<HttpReply, T?> decode)
        where T : class
    {
        if (ReplyErrors.Of(reply, context.VenueClock.Now) is { } error)
        {
            return error;
        }

        try
        {
            return decode(reply) is { } value ? ReadResult<T>.Ok(value) : ReplyErrors.Unreadable(reply, what);
        }
        catch (JsonException)
        {
            return ReplyErrors.Unreadable(reply, what);
        }
    }

    private static KeyValuePair<string, string>[] Key(ISigner signer) => [new("X-MBX-APIKEY", signer.ApiKey)];

    private async Task<HttpReply> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var reply = await context.Http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        _budget.Report(reply);
        return reply;
    }
}
