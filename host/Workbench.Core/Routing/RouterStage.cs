using Workbench.Core.Execution;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Turns an approved order into the exact order for the connection it was approved for: rounded down to that venue's rules, under our id.</summary>
/// <param name="ledger">Takes the outcome.</param>
/// <param name="boards">Know each connection's instruments.</param>
/// <param name="quotes">Know each connection's prices.</param>
/// <param name="manifests">Say what a connection's venue takes; null, or a connection without an answer, leaves that to the connector.</param>
internal sealed class RouterStage(ExecutionLedger ledger, Boards boards, MarketBoard quotes, Func<ConnectionId, ConnectorManifest?>? manifests = null) : IStage
{
    public string Name => "router";

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        if (message is not OrderApproved approved)
        {
            return true;
        }

        var (intent, target) = (approved.Intent, approved.Target);
        if (!boards.Instruments(target).TryGet(intent.Request.Symbol, out var instrument))
        {
            Deny(intent, "instrument", $"{target} does not list {intent.Request.Symbol}", output);
            return false;
        }

        var order = Exact(intent, approved.AttemptId ?? intent.Id, instrument);
        if (instrument.Violation(order.Type, order.Quantity, order.LimitPrice ?? order.StopPrice ?? Expected(target, order), order.StopPrice) is { } violation)
        {
            Deny(intent, "instrument", $"{target}: {violation}", output);
            return false;
        }

        if (Unsupported(target, order) is var (code, reason))
        {
            Deny(intent, code, $"{target}: {reason}", output);
            return false;
        }

        if (StopProblem(target, order) is { } problem)
        {
            Deny(intent, "stop_price", $"{target}: {problem}", output);
            return false;
        }

        var isSimulated = boards.Connection(target)?.IsSimulated ?? false;
        ledger.Record(new AttemptPrepared(intent.At, intent.Id, target, approved.IsBackup, isSimulated, order), output);
        return false;
    }

    private static NewOrder Exact(IntentCreated intent, ClientOrderId id, Instrument instrument)
    {
        var request = intent.Request;
        return new NewOrder
        {
            ClientOrderId = id,
            Instrument = instrument,
            Side = request.Side,
            Type = request.Type,
            Quantity = instrument.RoundDown(request.Quantity, request.Type),
            LimitPrice = request.LimitPrice is { } limit ? instrument.RoundPassive(limit, request.Side) : null,
            StopPrice = request.StopPrice is { } stop ? instrument.RoundStop(stop, request.Side) : null,
            TimeInForce = request.TimeInForce,
            ExpiresAt = request.ExpiresAt,
            PostOnly = request.PostOnly,
            ReduceOnly = request.ReduceOnly,
        };
    }

    private (string Code, string Reason)? Unsupported(ConnectionId target, NewOrder order) =>
        manifests?.Invoke(target) is not { } manifest ? null
        : manifest.Orders.TryGetValue(order.Instrument.Kind, out var support) ? support.Refusal(order)
        : ("unsupported_type", $"the venue takes no orders in {order.Instrument.Symbol}, a {order.Instrument.Kind} market");

    // A stop on the wrong side of the market is one thing at one venue and another at the next: refused, started at once, or made to wait for the opposite move.
    private string? StopProblem(ConnectionId target, NewOrder order)
    {
        if (order.StopPrice is not { } stop)
        {
            return null;
        }

        if (quotes.Latest(target, order.Instrument.Symbol) is not { Bid: { } bid, Ask: { } ask })
        {
            return $"there is no price of {order.Instrument.Symbol} to hold the stop price {stop} against";
        }

        return order.Side == Side.Buy ? stop > ask ? null : $"a buy stop waits for a higher price, and {stop} is not above the ask of {ask}"
            : stop < bid ? null : $"a sell stop waits for a lower price, and {stop} is not below the bid of {bid}";
    }

    private Price? Expected(ConnectionId target, NewOrder order) =>
        quotes.Latest(target, order.Instrument.Symbol) is { } quote ? order.Side == Side.Buy ? quote.Ask : quote.Bid : null;

    private void Deny(IntentCreated intent, string code, string reason, IStageOutput output) =>
        ledger.Record(new IntentDenied(intent.At, intent.Id, code, reason), output);
}
