using Microsoft.Extensions.Logging;
using Polly;
using Workbench.Core.Execution;
using Workbench.Core.Health;
using Workbench.Core.Pipeline;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>Sends a connection's orders, cancels and look-ups, each once, and posts what became of them. Nothing here repeats.</summary>
internal sealed class TradingLane(Connection connection, ConnectionPipelines pipelines, PipelineInbox inbox, TimeProvider time, ILogger logger)
{
    public async Task SubmitAsync(NewOrder order)
    {
        // A clock that went wrong after the order was approved: nothing is sent that the venue would judge by another time than ours.
        var outcome = connection.SendRefusal(order.ClientOrderId) is { } refusal ? new OrderOutcome.NotSent(new VenueError(VenueErrorKind.Cancelled, refusal))
            : connection.Health.SkewText is { } skew
            ? new OrderOutcome.NotSent(new VenueError(VenueErrorKind.ClockSkew, skew))
            : await SendAsync(pipelines.Orders, order, static (trading, o, ct) => trading.SubmitAsync(o, ct)).ConfigureAwait(false);
        Heed(order.Instrument.Symbol, outcome);
        Question(order.Instrument.Symbol, outcome);
        CrashPoint.Reached(CrashPoint.AckRead);
        inbox.Post(new OrderFact(new AttemptAnswered(Timestamp.Now(time), order.ClientOrderId, outcome)));
    }

    public async Task CancelAsync(OrderReference order)
    {
        var outcome = await SendAsync(pipelines.Cancels, order, static (trading, o, ct) => trading.CancelAsync(o, ct)).ConfigureAwait(false);
        inbox.Post(new OrderFact(new CancelAnswered(Timestamp.Now(time), order.ClientOrderId, outcome)));
    }

    /// <summary>Asks for one order, and for its fills when it has any; the fills are posted first, so that the order's state rests on facts.</summary>
    public async Task LookUpAsync(OrderReference order)
    {
        var asked = Timestamp.Now(time);
        var answer = await LookUpGuardedAsync(order).ConfigureAwait(false);
        CrashPoint.Reached(CrashPoint.LookedUp);
        inbox.Post(new OrderFact(new OrderLookedUp(Timestamp.Now(time), order.ClientOrderId, answer, asked)));
    }

    /// <summary>A refusal for a market's rule or state says that what we know of it may be old: no more orders there before it was read again.</summary>
    private void Question(Symbol symbol, OrderOutcome outcome)
    {
        if (outcome is OrderOutcome.Rejected { Error: { Kind: VenueErrorKind.InstrumentRule or VenueErrorKind.Restricted } refusal })
        {
            inbox.Post(new InstrumentQuestioned(connection.Id, symbol, refusal));
            connection.Instruments.Ask();
        }
    }

    private async Task<OrderOutcome> SendAsync<TOrder>(
        ResiliencePipeline<OrderOutcome> pipeline, TOrder order, Func<ITradingConnector, TOrder, CancellationToken, Task<OrderOutcome>> send)
    {
        if (connection.Connector?.Trading is not { } trading)
        {
            return new OrderOutcome.NotSent(new VenueError(VenueErrorKind.Authentication, $"{connection.Id} cannot trade: it is not connected or has no credentials"));
        }

        try
        {
            return await pipeline.ExecuteAsync(
                static async (s, ct) => await s.Item1.MeasureAsync(typeof(TOrder) == typeof(NewOrder) ? "order" : "cancel", s.send(s.trading, s.order, ct)).ConfigureAwait(false), (this, send, trading, order), CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // boundary: connector. What a throwing connector has sent is not known.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.ConnectionThrew(e, connection.Id);
            return new OrderOutcome.Unknown(new VenueError(VenueErrorKind.BadResponse, $"the connector threw {e.GetType().Name}: {e.Message}"));
        }
    }

    private void Heed(Symbol symbol, OrderOutcome outcome)
    {
        if (outcome is OrderOutcome.Accepted)
        {
            connection.Health.Taken();
        }
        else if (outcome is OrderOutcome.Rejected { Error: { Kind: VenueErrorKind.Authentication } refused })
        {
            connection.Health.Unauthorised(refused);
        }
        else if (outcome is OrderOutcome.Rejected { Error: { Kind: VenueErrorKind.Restricted } error })
        {
            connection.Health.Refused(symbol, error);
        }
    }

    private async Task<OrderOutcome> MeasureAsync(string operation, Task<OrderOutcome> attempt)
    {
        var started = time.GetTimestamp();
        connection.Metrics.RequestBegan(connection.Id, operation);
        var outcome = await attempt.ConfigureAwait(false);
        connection.Called(ConnectionCapability.Trading, operation, Verdict.Of(outcome), Verdict.ErrorOf(outcome), time.GetElapsedTime(started));
        return outcome;
    }

    private async Task<ReadResult<OrderReport?>> LookUpGuardedAsync(OrderReference order)
    {
        if (connection.Connector?.Trading is not { } trading)
        {
            return new VenueError(VenueErrorKind.Unavailable, $"{connection.Id} is not connected");
        }

        try
        {
            var found = await connection.MeasureAsync(ConnectionCapability.Trading, trading.QueryOrderAsync(order, CancellationToken.None), "look_up").ConfigureAwait(false);
            if (!found.IsOk || found.Value is not { FilledQuantity: { IsZero: false } } report)
            {
                return found;
            }

            var fills = await trading.GetFillsAsync(order with { VenueOrderId = report.VenueOrderId }, CancellationToken.None).ConfigureAwait(false);
            if (!fills.IsOk)
            {
                return fills.Error!;
            }

            foreach (var fill in fills.Value)
            {
                inbox.Post(new OrderFact(new FillReported(Timestamp.Now(time), connection.Id, fill)));
            }

            return found;
        }
#pragma warning disable CA1031 // boundary: connector. A failed read is no evidence of anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.ConnectionThrew(e, connection.Id);
            return new VenueError(VenueErrorKind.BadResponse, $"the connector threw {e.GetType().Name}: {e.Message}");
        }
    }
}
