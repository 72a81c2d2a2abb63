using Workbench.Core.Execution;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Turns an approved order into the exact order for the connection it was approved for: rounded down to that venue's rules, under our id.</summary>
internal sealed class RouterStage(ExecutionLedger ledger, Boards boards, MarketBoard quotes) : IStage
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

    private Price? Expected(ConnectionId target, NewOrder order) =>
        quotes.Latest(target, order.Instrument.Symbol) is { } quote ? order.Side == Side.Buy ? quote.Ask : quote.Bid : null;

    private void Deny(IntentCreated intent, string code, string reason, IStageOutput output) =>
        ledger.Record(new IntentDenied(intent.At, intent.Id, code, reason), output);
}
