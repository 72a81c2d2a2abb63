using Workbench.Core.Connections.Standby;
using Workbench.Core.Execution;
using Workbench.Core.Pipeline;
using Workbench.Core.Portfolio;
using Workbench.Core.Risk.Kill;
using Workbench.Core.Routing;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Risk;

/// <summary>The gate every order passes: a target that can take it, then the limits. What it denies never reaches the router.</summary>
internal sealed class RiskStage(RiskGate gate, PipelineRiskView view, RouteTable routes, StandbyView standby, Boards boards, ExecutionLedger ledger) : IStage
{
    public string Name => "risk";

    /// <summary>The kill switch as it stands now, which may be ahead of the journal.</summary>
    public required KillSwitch Kill { get; init; }

    /// <summary>What is held.</summary>
    public required PortfolioBook Portfolio { get; init; }

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        if (message is OrderFact { Event: IntentCreated intent })
        {
            Check(intent, null, output);
        }
        else if (message is AttemptWanted { Next: var next })
        {
            Check(new IntentCreated(next.At, next.Id, next.Request, next.Origin), next, output);
        }

        return true;
    }

    private void Check(IntentCreated intent, NextAttempt? next, IStageOutput output)
    {
        var request = intent.Request;
        if ((Kill.Refusal(intent.Id) ?? ledger.Core.Controls.Refusal(intent.Id)) is { } killed)
        {
            ledger.Record(new IntentDenied(intent.At, intent.Id, "killed", killed), output);
            return;
        }

        if (intent.Origin == TradingControls.KillOrigin)
        {
            Close(intent, output);
            return;
        }

        var target = request.Connection ?? Target(intent, next?.Tried ?? []);
        if (Refusal(request, target) is { } refusal)
        {
            ledger.Record(new IntentDenied(intent.At, intent.Id, refusal.Code, refusal.Reason), output);
            return;
        }

        if (gate.Check(request, view.For(intent, target!.Value)) is RiskDecision.Denied denied)
        {
            ledger.Record(new IntentDenied(intent.At, intent.Id, denied.Code, denied.Reason), output);
            return;
        }

        view.Passed();
        CrashPoint.Reached(CrashPoint.RiskReserved);
        output.Emit(new OrderApproved(intent, target.Value, routes.IsTradingBackup(request.Symbol, target.Value)) { AttemptId = next?.AttemptId });
    }

    /// <summary>An order of the kill switch: no limit keeps a position from being closed, but it may only be closed.</summary>
    private void Close(IntentCreated intent, IStageOutput output)
    {
        var (request, at) = (intent.Request, intent.Request.Connection!.Value);
        var net = Portfolio.Position(at, request.Symbol).Net.Value;
        if (request.Quantity.Value > Math.Abs(net) || net == 0 || (net > 0) == (request.Side == Side.Buy))
        {
            ledger.Record(new IntentDenied(intent.At, intent.Id, "reduce_only", $"{Numbers.Text(net)} {request.Symbol.Base} is held at {at}, and a {request.Side} of {request.Quantity} would not only close it"), output);
            return;
        }

        output.Emit(new OrderApproved(intent, at, routes.IsTradingBackup(request.Symbol, at)));
    }

    private ConnectionId? Target(IntentCreated intent, IReadOnlyList<ConnectionId> tried) => routes.NextTrading(intent.Request.Symbol, id => CanTake(id, intent), tried);

    /// <summary>Where there is a choice: only to a connection that takes orders of the market and knows its price now.</summary>
    private bool CanTake(ConnectionId id, IntentCreated intent) =>
        routes.NotReady(id, intent.Request.Symbol) is null && ledger.Core.Halts.Reason(id, intent.Request.Symbol) is null && InstrumentRefusal(intent.Request, id) is null && gate.KnowsPrice(view.For(intent, id));

    private (string Code, string Reason)? Refusal(OrderRequest request, ConnectionId? target)
    {
        if (request.Problem() is { } problem)
        {
            return ("invalid_request", problem);
        }

        if (target is not { } id)
        {
            return ("no_venue", routes.NoVenue(request.Symbol));
        }

        return boards.Connection(id) switch
        {
            null => ("no_venue", $"there is no connection {id}"),
            { TradingUp: false } status => ("no_venue", $"{id} cannot take orders now: {status.Reason}"),
            _ when routes.IsDrained(id) => ("no_venue", $"{id} is drained by the operator"),
            _ when routes.NotReady(id, request.Symbol) is { } unready => ("no_venue", $"{id} is not ready for {request.Symbol}: {unready}"),
            _ when ledger.Core.Halts.Reason(id, request.Symbol) is { } halt => ("halted", $"{request.Symbol} at {id} is halted until an operator has looked: {halt}"),
            _ => InstrumentRefusal(request, id),
        };
    }

    /// <summary>A market that takes no orders there, or that is not what the order means. Who names a connection means its market.</summary>
    private (string Code, string Reason)? InstrumentRefusal(OrderRequest request, ConnectionId target) =>
        boards.InstrumentBook.Gate(target, request.Symbol) is { } gate ? (gate.Code, gate.Reason)
        : request.Connection is null && standby.Mismatch(target, request.Symbol) is { } mismatch ? ("symbol_mapping", mismatch)
        : null;
}
