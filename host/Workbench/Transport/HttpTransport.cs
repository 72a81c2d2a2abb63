using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Workbench.Core.Connections;
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
    private readonly HttpPoolLease _pool;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<CallDeadline> _deadlines = new();

    /// <param name="pool">The venue's connections; given back when this is disposed.</param>
    /// <param name="options">The bounds of this connection's requests.</param>
    /// <param name="budget">What may be sent.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public HttpTransport(HttpPoolLease pool, HttpTransportOptions options, ConnectionBudget budget, TimeProvider time, ILogger logger)
    {
        _pool = pool;
        _options = options;
        _budget = budget;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc />
    public async ValueTask<HttpReply> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var sentAt = Timestamp.Now(_time);
        if (HttpWire.Problem(call) is { } problem)
        {
            return Failed(HttpReplyKind.NotSent, sentAt, new VenueError(VenueErrorKind.InvalidRequest, problem));
        }

        if (cancellationToken.IsCancellationRequested || _closing.IsCancellationRequested)
        {
            return Failed(HttpReplyKind.NotSent, sentAt, new VenueError(VenueErrorKind.Cancelled, "given up before it was sent"));
        }

        return _budget.Take(call.Costs, call.Lane) is { } refusal
            ? Failed(HttpReplyKind.NotSent, sentAt, refusal)
            : await ExchangeAsync(call, sentAt, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How the venue's connections are used, by all who share them.</summary>
    public IReadOnlyList<HttpLaneUse> PoolUse => _pool.Pool.Use;

    /// <summary>Ends what is on its way. Others may go on with the pool.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _pool.Dispose();
        while (_deadlines.TryDequeue(out var deadline))
        {
            deadline.Dispose();
        }
    }

    private async Task<HttpReply> ExchangeAsync(HttpCall call, Timestamp sentAt, CancellationToken cancellationToken)
    {
        var deadline = _deadlines.TryDequeue(out var kept) ? kept : new CallDeadline(_time);
        deadline.Begin(_options.TimeoutOf(call.Lane), cancellationToken, _closing.Token);
        var reply = await ExchangeAsync(call, sentAt, deadline, cancellationToken).ConfigureAwait(false);
        if (deadline.End() && reply.Kind == HttpReplyKind.Answered && !_closing.IsCancellationRequested)
        {
            _deadlines.Enqueue(deadline);
        }
        else
        {
            deadline.Dispose(); // After a failure the HTTP stack may still hold on to the token.
        }

        return reply;
    }

    private async Task<HttpReply> ExchangeAsync(HttpCall call, Timestamp sentAt, CallDeadline deadline, CancellationToken cancellationToken)
    {
        var lane = _pool.Pool[call.Lane];
        var strayBefore = lane.Ledger.Unattributed;
        var trace = new WireTrace();
        var hasTurn = false;
        VenueError error;
        try
        {
            await lane.EnterAsync(deadline.Token).ConfigureAwait(false);
            hasTurn = true;
            WireTrace.Current = trace; // Local to this method's flow: it is gone when the method returns.
            using var request = HttpWire.CreateRequest(call);
            using var response = await lane.Invoker.SendAsync(request, deadline.Token).ConfigureAwait(false);
            var body = await HttpWire.ReadBodyAsync(response, _options.MaxResponseBytes, deadline.Token).ConfigureAwait(false);
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
            error = Explain(e, call, deadline.IsTimedOut, cancellationToken.IsCancellationRequested);
        }
        finally
        {
            if (hasTurn)
            {
                lane.Leave();
            }
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
        ObjectDisposedException or OperationCanceledException when _closing.IsCancellationRequested => new VenueError(VenueErrorKind.Cancelled, "the connection is being closed"),
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
        Headers = new HeaderView(response.Headers, response.Content.Headers),
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
