using System.Collections.Concurrent;
using System.Text;
using Workbench.Plugins.Bybit.Errors;
using Workbench.Plugins.Bybit.Signing;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>Sends one request and finds out what became of it.</summary>
internal sealed class BybitRest
{
    private readonly ConnectorContext _context;
    private readonly string _root;
    private readonly RequestSigner? _signer;
    private readonly ConcurrentDictionary<string, int> _allowances = new(StringComparer.Ordinal);

    public BybitRest(ConnectorContext context, BybitEndpoints endpoints, RequestSigner? signer)
    {
        _context = context;
        _root = endpoints.Rest.AbsoluteUri.TrimEnd('/');
        _signer = signer;
        Costs.Declare(context.Budget);
    }

    /// <summary>Reads public data.</summary>
    public Task<RestReply> GetPublicAsync(string path, Query? query, CancellationToken cancellationToken) =>
        SendAsync(path, Call(HttpMethod.Get, path, query, RequestLane.Read), cancellationToken);

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
        return SendAsync(path, call with { Headers = _signer!.Headers(_context.VenueClock.Now, payload) }, cancellationToken);
    }

    /// <summary>Sends a trading request.</summary>
    /// <param name="path">The endpoint.</param>
    /// <param name="body">JSON; signed and sent byte for byte.</param>
    /// <param name="lane">Orders or cancels.</param>
    /// <param name="cancellationToken">Gives up waiting; the request may be on the wire by then.</param>
    public Task<RestReply> PostSignedAsync(string path, ReadOnlyMemory<byte> body, RequestLane lane, CancellationToken cancellationToken)
    {
        if (Unusable() is { } failure)
        {
            return Task.FromResult(NotSent(failure));
        }

        var call = Call(HttpMethod.Post, path, null, lane) with
        {
            Body = body,
            ContentType = "application/json",
            Headers = _signer!.Headers(_context.VenueClock.Now, body.Span),
        };
        return SendAsync(path, call, cancellationToken);
    }

    private static RestReply NotSent(Failure failure) => new(default, null, default, failure);

    private HttpCall Call(HttpMethod method, string path, Query? query, RequestLane lane) => new()
    {
        Method = method,
        Address = new Uri(query is null ? _root + path : $"{_root}{path}?{query}"),
        Lane = lane,
        Costs = Costs.Of(path),
    };

    private async Task<RestReply> SendAsync(string path, HttpCall call, CancellationToken cancellationToken)
    {
        var reply = await _context.Http.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (reply.Kind == HttpReplyKind.Answered)
        {
            ObserveAllowance(path, reply);
        }

        return Judge(path, reply);
    }

    private RestReply Judge(string path, HttpReply reply)
    {
        var envelope = reply.Kind == HttpReplyKind.Answered ? Envelope.Read(reply.Body) : null;
        var failure = ReplyClassifier.Classify(reply, envelope, _context.VenueClock.Now);
        if (failure is { Error.RetryAfter: { } wait } && reply.Kind == HttpReplyKind.Answered)
        {
            Stop(failure.Class, path, wait);
        }

        return new RestReply(envelope?.Result ?? default, envelope?.Time, reply.EndedAt, failure);
    }

    private Failure? Unusable()
    {
        var problem = _signer is null ? new VenueError(VenueErrorKind.Authentication, "The connection has no credentials.") : _signer.Problem;
        return problem is null ? null : new Failure(ErrorClass.NotSent, problem);
    }

    // The account's allowance at one endpoint stops that endpoint; what concerns the address stops everything.
    private void Stop(ErrorClass errorClass, string path, TimeSpan wait)
    {
        switch (errorClass)
        {
            case ErrorClass.Banned:
                _context.Budget.BanFor(RateScope.Address, wait);
                break;
            case ErrorClass.RateLimited when Costs.ClassOf(path) is { } counted:
                _context.Budget.PauseFor(counted, wait);
                break;
            case ErrorClass.RateLimited or ErrorClass.Overloaded:
                _context.Budget.PauseFor(RateScope.Address, wait);
                break;
        }
    }

    private void ObserveAllowance(string path, HttpReply reply)
    {
        if (RateHeaders.Read(reply.Headers) is not { Limit: > 0 and var limit, Remaining: { } remaining })
        {
            return;
        }

        if (_allowances.GetValueOrDefault(path) != limit)
        {
            _allowances[path] = limit;
            Costs.Declare(_context.Budget, path, limit);
        }

        Costs.Observe(_context.Budget, path, Math.Max(limit - remaining, 0), reply.SentAt);
    }
}
