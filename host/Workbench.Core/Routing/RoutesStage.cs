using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Moves routes when connections change, and marks market data: what the route does not use now stays with its own connection's state.</summary>
internal sealed class RoutesStage(RouteTable routes) : IStage
{
    private Timestamp _now;

    public string Name => "routes";

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        switch (message)
        {
            case TimePassed time:
                _now = time.At;
                Emit(routes.Decide(_now), output);
                return true;
            case ConnectionReported { Status.State: not ConnectionState.Draining } reported:
                Emit(routes.Report(reported.Status, _now), output);
                return true;
            case ReadinessReported readiness:
                Emit(routes.Report(readiness, _now), output);
                return true;
            case OperatorAsked asked:
                var (result, events) = routes.Act(asked.Action, asked.By, _now);
                Emit(events, output);
                asked.Answer.TrySetResult(result);
                return true;
            case MarketDataArrived { Event: { Stamp.IsPolled: true } polled }:
                return MarkPolled(polled, output);
            case MarketDataArrived arrived:
                return Mark(arrived.Event, output);
            default:
                return true;
        }
    }

    private static void Emit(IReadOnlyList<ConnectionEvent> events, IStageOutput output)
    {
        foreach (var e in events)
        {
            output.Emit(new RouteMoved(e));
        }
    }

    private bool Mark(MarketEvent e, IStageOutput output)
    {
        if (routes.Of(e.Symbol).Data is not { Active: { } active } data || active != e.Stamp.Connection)
        {
            return true;
        }

        Emit(e, data.IsBackup, output);
        return false;
    }

    /// <summary>A polled value goes to the route's readers only while no connection of the route has a stream.</summary>
    private bool MarkPolled(MarketEvent e, IStageOutput output)
    {
        var route = routes.Status(e.Symbol);
        if (route.Data is not null || !routes.DataConnections(e.Symbol).Contains(e.Stamp.Connection))
        {
            return true;
        }

        Emit(e, route.DataPrimary is { } primary && primary != e.Stamp.Connection, output);
        return false;
    }

    private static void Emit(MarketEvent e, bool isBackup, IStageOutput output) =>
        output.Emit(new RoutedMarketData(isBackup ? e with { Stamp = e.Stamp with { IsBackup = true } } : e));
}
