using System.Globalization;
using Microsoft.Extensions.Logging;
using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Transport;

/// <summary>Sends a connection's HTTP requests: one call, at most one request on the wire, and every way it can end is a value.</summary>
internal sealed class HttpTransport : IHttpTransport, IDisposable
{
    private readonly HttpTransportOptions _options;
    private readonly ConnectionBudget _budget;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpLane[] _lanes;

    public HttpTransport(HttpTransportOptions options, ConnectionBudget budget, TimeProvider time, ILogger logger)
    {
        _options = options;
        _budget = budget;
        _time = time;
        _logger = logger;
        _lanes = [.. ((RequestLane[])[RequestLane.Read, RequestLane.Order, RequestLane.Cancel]).Select(lane => new HttpLane(options, budget, lane, time))];
    }

    /// <inheritdoc />
    public async ValueTask<HttpReply> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var sentAt = Timestamp.Now(_time);
        if (HttpWire.Problem(call) is { } problem)
        {
            return Failed(HttpReplyKind.NotSent, sentAt, new VenueError(VenueErrorKind.InvalidRequest, problem));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Failed(HttpReplyKind.NotSent, sentAt, new VenueError(VenueErrorKind.Cancelled, "given up before it was sent"));
        }

        return _budget.Take(call.Costs, call.Lane) is { } refusal
            ? Failed(HttpReplyKind.NotSent, sentAt, refusal)
            : await ExchangeAsync(call, sentAt, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    private async Task<HttpReply> ExchangeAsync(HttpCall call, Timestamp sentAt, CancellationToken cancellationToken)
    {
        var lane = _lanes[(int)(call.Lane == RequestLane.LookUp ? RequestLane.Cancel : call.Lane)];
        var strayBefore = lane.Ledger.Unattributed;
        var trace = new WireTrace();
        using var deadline = new CancellationTokenSource(_options.TimeoutOf(call.Lane), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = HttpWire.CreateRequest(call);
        VenueError error;
        try
        {
            WireTrace.Current = trace; // Local to this method's flow: it is gone when the method returns.
            using var response = await lane.Invoker.SendAsync(request, either.Token).ConfigureAwait(false);
            var body = await HttpWire.ReadBodyAsync(response, _options.MaxResponseBytes, either.Token).ConfigureAwait(false);
            if (body is not null)
            {
                var reply = Answered(response, body, sentAt);
                Show(call, reply);
                return reply;
            }

            error = TooLarge(call);
        }
#pragma warning disable CA1031 // boundary: network. Whatever the HTTP stack throws, the caller must learn what may have left.
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = Explain(e, call, deadline.IsCancellationRequested, cancellationToken.IsCancellationRequested);
        }

        var proven = trace.Seal() == 0 && lane.Ledger.Unattributed == strayBefore;
        var kind = proven ? HttpReplyKind.NotSent : HttpReplyKind.Lost;
        Log.RequestFailed(_logger, call.Method.Method, call.Address.AbsolutePath, call.Address.Authority, kind, error);
        return Failed(kind, sentAt, error);
    }

    private VenueError Explain(Exception exception, HttpCall call, bool timedOut, bool givenUp) => exception switch
    {
        OperationCanceledException when givenUp => new VenueError(VenueErrorKind.Cancelled, "given up by the caller"),
        OperationCanceledException when timedOut => new VenueError(
            VenueErrorKind.Timeout,
            string.Create(CultureInfo.InvariantCulture, $"no whole answer from {call.Address.Authority} within {_options.TimeoutOf(call.Lane).TotalSeconds:0.###} s")),
        ObjectDisposedException => new VenueError(VenueErrorKind.Cancelled, "the connection is being closed"),
        _ => NetworkFailure.Explain(exception, call.Address.Authority),
    };

    private VenueError TooLarge(HttpCall call) => new(
        VenueErrorKind.BadResponse,
        string.Create(CultureInfo.InvariantCulture, $"{call.Address.Authority} answered with more than {_options.MaxResponseBytes} bytes"));

    // Keys and signatures travel in headers or in the query; what has neither is public.
    private void Show(HttpCall call, HttpReply reply)
    {
        if (_options.Tap is { } tap && reply.Status == 200 && call.Method == HttpMethod.Get && call.Lane == RequestLane.Read && call.Headers.Count == 0
            && !call.Address.OriginalString.Contains("signature=", StringComparison.OrdinalIgnoreCase))
        {
            tap.Answered(call.Address, reply.Body.Span, reply.EndedAt);
        }
    }

    private HttpReply Answered(HttpResponseMessage response, byte[] body, Timestamp sentAt) => new()
    {
        Kind = HttpReplyKind.Answered,
        Status = (int)response.StatusCode,
        Body = body,
        Headers = HttpWire.HeadersOf(response),
        SentAt = sentAt,
        EndedAt = Timestamp.Now(_time),
    };

    private HttpReply Failed(HttpReplyKind kind, Timestamp sentAt, VenueError error) => new()
    {
        Kind = kind,
        Error = error,
        SentAt = sentAt,
        EndedAt = Timestamp.Now(_time),
    };
}
