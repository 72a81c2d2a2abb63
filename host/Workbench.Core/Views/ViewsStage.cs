using Microsoft.Extensions.Logging;
using Workbench.Core.MarketData;
using Workbench.Core.Metrics;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Views;

/// <summary>The end of the pipeline: hands results to readers, boards, history and log. It only hands over; nobody here can delay trading.</summary>
internal sealed class ViewsStage(MarketHub hub, Boards boards, WorkbenchMetrics metrics, IEngineObserver observer, ILogger logger) : IStage
{
    private readonly Dictionary<(string Route, RouteHalf Half), Timestamp> _leftAt = [];
    private Timestamp _now;

    public string Name => "views";

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        switch (message)
        {
            case RoutedMarketData routed:
                hub.Publish(routed.Event, ChannelOf(routed.Event), isRouted: true);
                break;
            case MarketDataArrived arrived:
                hub.Publish(arrived.Event, ChannelOf(arrived.Event), isRouted: false);
                break;
            case BookChanged changed:
                hub.Publish(changed.Book, MarketChannel.Book, changed.IsRouted);
                break;
            case TimePassed time:
                _now = time.At;
                break;
            default:
                Show(message);
                break;
        }

        return true;
    }

    private static MarketChannel ChannelOf(MarketEvent e) => e switch
    {
        Quote => MarketChannel.Quotes,
        Trade => MarketChannel.Trades,
        Candle => MarketChannel.Candles,
        _ => MarketChannel.Book,
    };

    private void Show(WorkbenchMessage message)
    {
        switch (message)
        {
            case OrderChanged { Order: var order }:
                boards.Set(order);
                observer.OnOrder(order);
                logger.OrderChanged(order.Id, order.Request.Side, order.Quantity, order.Request.Symbol, order.Knowledge, order.Status, order.Connection, order.Reason);
                break;
            case FillApplied { Fill: var fill }:
                boards.Add(fill);
                observer.OnFill(fill);
                logger.TradeExecuted(fill.Side, fill.Quantity, fill.Symbol, fill.Price, fill.Connection, fill.IsBackup, fill.Report.TradeId);
                break;
            case PositionChanged { Position: var position }:
                boards.Set(position);
                break;
            case BalancesReported balances:
                boards.Set(balances.Connection, balances.Balances);
                break;
            case ConnectionNoticed { Event: var e, IsAlarm: var isAlarm }:
                boards.Add(e);
                logger.Noticed(e.Message);
                if (isAlarm)
                {
                    observer.OnError(e.Message);
                }

                break;
            case ConnectionReported { Status: var status }:
                Show(status);
                break;
            case RouteMoved { Event: var e }:
                boards.Add(e);
                Log(e);
                Count(e);
                break;
            case ConnectionTold told:
                boards.Add(told.Event);
                break;
            case AnomalyFound anomaly:
                observer.OnError(anomaly.Text);
                logger.Anomaly(anomaly.Text);
                break;
        }
    }

    private void Log(ConnectionEvent e)
    {
        switch (e.Kind)
        {
            case ConnectionEventKind.Failback:
                logger.FailedBack(e.Message);
                break;
            case ConnectionEventKind.Operator:
                logger.Noticed(e.Message);
                break;
            case ConnectionEventKind.Readiness:
                logger.ReadinessChanged(e.Message);
                break;
            default:
                logger.FailedOver(e.Message);
                break;
        }
    }

    private void Count(ConnectionEvent e)
    {
        if (e is not { Route: { } route, Half: { } half, Kind: ConnectionEventKind.Failover or ConnectionEventKind.Failback })
        {
            return;
        }

        var isBack = e.Kind == ConnectionEventKind.Failback;
        TimeSpan? away = null;
        if (!isBack)
        {
            _leftAt.TryAdd((route, half), e.At); // Away from the first move on, wherever further ones lead.
        }
        else if (_leftAt.Remove((route, half), out var left))
        {
            away = e.At - left;
        }

        metrics.RouteMoved(route, half, isBack, away);
    }

    private void Show(ConnectionStatus status)
    {
        var before = boards.Connection(status.Id);
        boards.Set(status);
        if (before?.State != status.State)
        {
            boards.Add(new ConnectionEvent(_now, ConnectionEventKind.StateChanged, status.Id, $"{status.Id} is {status.State}: {status.Reason}"));
        }
    }
}
