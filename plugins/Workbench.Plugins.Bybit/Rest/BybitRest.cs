using System.Text;
using Workbench.Plugins.Bybit.Errors;
using Workbench.Plugins.Bybit.Signing;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>Sends one request and finds out what became of it.</summary>
internal sealed class BybitRest
{
    // Over all endpoints an address may send 600 requests in 5 s. Each endpoint has its own allowance per second besides; the smallest that we use
    // is 20 for orders, and since the budget knows one allowance per window, all requests share it until the venue says that it is larger.
    private const int PerAddress = 600;
    private const int PerSecond = 20;
    private static readonly TimeSpan AddressWindow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ConnectorContext _context;
    private readonly string _root;
    private readonly RequestSigner? _signer;
    private int _declaredPerSecond;

    public BybitRest(ConnectorContext context, BybitEndpoints endpoints, RequestSigner? signer)
    {
        _context = context;
        _root = endpoints.Rest.AbsoluteUri.TrimEnd('/');
        _signer = signer;
        context.Budget.Declare(PerAddress, AddressWindow);
        if (signer is not null)
        {
            _declaredPerSecond = PerSecond;
            context.Budget.Declare(PerSecond, Second);
        }
    }

    /// <summary>Reads public data.</summary>
    public Task<RestReply> GetPublicAsync(string path, Query? query, CancellationToken cancellationToken) =>
        SendAsync(Call(HttpMethod.Get, path, query, RequestLane.Read), cancellationToken);

    /// <summary>Reads account data.</summary>
    public Task<RestReply> GetSignedAsync(string path, Query? query, RequestLane lane, CancellationToken cancellationToken)
    {
        if (Unusable() is { } failure)
        {
            return Task.FromResult(NotSent(failure));
        }

        // What is signed is what the address holds after its own normalisation, because that goes on the wire.
        var call = Call(HttpMethod.Get, path, query, lane);
        var text = call.Address.Query;
        var payload = Encoding.UTF8.GetBytes(text.StartsWith('?') ? text[1..] : text);
        return SendAsync(call with { Headers = _signer!.Headers(_context.VenueClock.Now, payload) }, cancellationToken);
    }

    /// <summary>Sends a trading request.</summary>
    /// <param name="path">The endpoint.</param>
    /// <param name="body">JSON; signed and sent byte for byte.</param>
    /// <param name="lane">Orders or cancels.</param>
    /// <param name="cancellationToken">Gives up waiting; the request may be on the wire by then.</param>
    public async Task<RestReply> PostSignedAsync(string path, ReadOnlyMemory<byte> body, RequestLane lane, CancellationToken cancellationToken)
    {
        if (Unusable() is { } failure)
        {
            return NotSent(failure);
        }

        var call = Call(HttpMethod.Post, path, null, lane) with
        {
            Body = body,
            ContentType = "application/json",
            Headers = _signer!.Headers(_context.VenueClock.Now, body.Span),
        };
        var reply = await _context.Http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        ObserveAllowance(reply);
        return Judge(reply);
    }

    private static RestReply NotSent(Failure failure) => new(default, null, default, failure);

    private HttpCall Call(HttpMethod method, string path, Query? query, RequestLane lane) => new()
    {
        Method = method,
        Address = new Uri(query is null ? _root + path : $"{_root}{path}?{query}"),
        Lane = lane,
    };

    private async Task<RestReply> SendAsync(HttpCall call, CancellationToken cancellationToken) =>
        Judge(await _context.Http.SendAsync(call, cancellationToken).ConfigureAwait(false));

    private RestReply Judge(HttpReply reply)
    {
        var envelope = reply.Kind == HttpReplyKind.Answered ? Envelope.Read(reply.Body) : null;
        var failure = ReplyClassifier.Classify(reply, envelope, _context.VenueClock.Now);
        if (failure?.Error is { Kind: VenueErrorKind.RateLimited or VenueErrorKind.Banned, RetryAfter: { } wait } && reply.Kind == HttpReplyKind.Answered)
        {
            _context.Budget.PauseFor(wait);
        }

        return new RestReply(envelope?.Result ?? default, envelope?.Time, reply.EndedAt, failure);
    }

    private Failure? Unusable()
    {
        var problem = _signer is null ? new VenueError(VenueErrorKind.Authentication, "The connection has no credentials.") : _signer.Problem;
        return problem is null ? null : new Failure(ErrorClass.NotSent, problem);
    }

    // Only the order endpoints: the allowances of the others are larger and would hide theirs.
    private void ObserveAllowance(HttpReply reply)
    {
        var rates = RateHeaders.Read(reply.Headers);
        if (rates is not { Limit: > 0 and var limit, Remaining: { } remaining })
        {
            return;
        }

        if (Interlocked.Exchange(ref _declaredPerSecond, limit) != limit)
        {
            _context.Budget.Declare(limit, Second);
        }

        _context.Budget.Observe(Math.Max(limit - remaining, 0), Second);
    }
}
