using System.Collections.Concurrent;
using System.Collections.Immutable;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Every route with the connections it uses now. The pipeline decides; what others read is immutable, swapped whole, and read without a lock.</summary>
/// <param name="settings">The routes.</param>
/// <param name="startGrace">How long a preferred connection may take to come up at the start.</param>
/// <param name="open">How many of our orders are not done at a connection. Called on the pipeline's thread only.</param>
internal sealed class RouteTable(IEnumerable<RouteSettings> settings, TimeSpan startGrace, Func<ConnectionId, int>? open = null)
{
    private readonly Route[] _routes = [.. settings.Select(s => new Route(s, startGrace))];
    private readonly ConcurrentDictionary<Symbol, MarketRoute> _markets = new();
    private readonly Dictionary<(ConnectionId, Symbol), string> _unready = [];
    private volatile ImmutableHashSet<ConnectionId> _drained = [];
    private readonly Func<ConnectionId, int> _open = open ?? (static _ => 0);

    /// <summary>Held while something is decided, which is seldom, and while a market is seen for the first time.</summary>
    private readonly Lock _deciding = new();

    /// <summary>True when every route has found the connections that it needs. Any thread.</summary>
    public bool IsReady => Array.TrueForAll(_routes, static r => r.IsReady);

    /// <summary>The route of a market, without a lock and without an allocation except at the first time. Any thread.</summary>
    public MarketRoute Of(Symbol symbol) => _markets.TryGetValue(symbol, out var market) ? market : Add(symbol);

    /// <summary>The route of a market now. Any thread.</summary>
    public RouteStatus Status(Symbol symbol) => Of(symbol).Status();

    /// <summary>Every connection that a market may get data from, the preferred one first. Any thread.</summary>
    public IReadOnlyList<ConnectionId> DataConnections(Symbol symbol) => Of(symbol).DataConnections;

    /// <summary>Takes the news of a connection and returns what moved. Pipeline thread only.</summary>
    public IReadOnlyList<ConnectionEvent> Report(ConnectionStatus status, Timestamp now)
    {
        // Why a connection has failed for good is told once, in its own state; what it does about a failure stands there, too.
        var isFinal = status.State == ConnectionState.Failed;
        var reason = isFinal ? "it has failed" : status.Reason.Replace("no trading: ", "", StringComparison.Ordinal).Split("; next attempt")[0];
        lock (_deciding)
        {
            foreach (var route in _routes)
            {
                route.Data.Find(status.Id)?.Report(status.DataUp, isFinal, reason, status.DataScore, now);
                route.Trading?.Find(status.Id)?.Report(status.TradingUp, isFinal, reason, status.TradingScore, now);
            }
        }

        return Decide(now);
    }

    /// <summary>
    /// Takes the word of a readiness check about trading and returns what moved or is to be shown. A connection that is not ready is never chosen for
    /// trading, in use or not. Pipeline thread only.
    /// </summary>
    public IReadOnlyList<ConnectionEvent> Report(ReadinessReported readiness, Timestamp now)
    {
        if (readiness.Symbol is { } symbol)
        {
            SetReadiness((readiness.Connection, symbol), readiness.Problem);
            return [];
        }

        List<ConnectionEvent> events = [];
        lock (_deciding)
        {
            foreach (var route in _routes)
            {
                if (route.Trading?.Find(readiness.Connection) is { } candidate && candidate.ReportReadiness(readiness.Problem, now))
                {
                    events.Add(ReadinessEvent(route, readiness, isInUse: candidate.Uses > 0, now));
                }
            }
        }

        events.AddRange(Decide(now));
        return events;
    }

    /// <summary>Decides anew because time has passed. Pipeline thread only.</summary>
    public IReadOnlyList<ConnectionEvent> Decide(Timestamp now)
    {
        List<ConnectionEvent>? events = null;
        lock (_deciding)
        {
            foreach (var route in _routes)
            {
                foreach (var half in route.Halves)
                {
                    if (half.Decide(now) is { Count: > 0 } moves)
                    {
                        (events ??= []).AddRange(MoveTexts.Of(route.Name, half, moves, _open, now));
                    }
                }
            }
        }

        return events ?? [];
    }

    /// <summary>Does what an operator wants; returns what became of it and what is to be shown. Pipeline thread only.</summary>
    public (OperatorResult Result, IReadOnlyList<ConnectionEvent> Events) Act(OperatorAction action, string by, Timestamp now)
    {
        (OperatorResult Result, ConnectionEvent Event) done;
        lock (_deciding)
        {
            done = action switch
            {
                OperatorAction.Drain drain => Drain(drain, by, now),
                OperatorAction.FailOver over => Steer(over.Target, over.Half, by, "fail over", now, (half, market) => half.Force(market, over.To)),
                OperatorAction.FailBack back => Steer(back.Target, back.Half, by, "fail back", now, static (half, market) => half.Release(market)),
                _ => throw new ArgumentOutOfRangeException(nameof(action), action, "There is no such action."),
            };
        }

        return (done.Result, [done.Event, .. Decide(now)]);
    }

    /// <summary>True while an operator keeps new orders away from a connection. Any thread.</summary>
    public bool IsDrained(ConnectionId connection) => _drained.Contains(connection);

    /// <summary>The connection that a new order of a market goes to now; null for none. Pipeline thread only.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="canTake">Whether a connection could take the order; asked where there is a choice.</param>
    /// <param name="tried">Where the order was sent in vain already: another one is preferred.</param>
    public ConnectionId? NextTrading(Symbol symbol, Func<ConnectionId, bool> canTake, IReadOnlyList<ConnectionId>? tried = null)
    {
        if (Of(symbol).Route?.Trading is not { } trading)
        {
            return null;
        }

        lock (_deciding)
        {
            return trading.Next(canTake, _open, tried);
        }
    }

    /// <summary>Why no connection takes orders of a market, with the reason of each. Any thread.</summary>
    public string NoVenue(Symbol symbol) => Of(symbol) switch
    {
        { Route: null } => $"NO VENUE: no route serves {symbol}",
        { Route: { Trading: null, Name: var name } } => $"NO VENUE: route {name} only reads",
        { Route.Trading: { Look: var candidates } } => $"NO VENUE: {string.Join("; ", candidates.Select(c => $"{c.Connection}: {c.Reason}"))}",
    };

    /// <summary>Why a connection may not take orders of a market although it is up, or null. Pipeline thread only.</summary>
    public string? NotReady(ConnectionId connection, Symbol symbol) => _unready.GetValueOrDefault((connection, symbol));

    /// <summary>True when the connection is not the one that the market's orders should go to. Any thread.</summary>
    public bool IsTradingBackup(Symbol symbol, ConnectionId connection) => Status(symbol).TradingPrimary is { } primary && primary != connection;

    private static ConnectionEvent ReadinessEvent(Route route, ReadinessReported readiness, bool isInUse, Timestamp now)
    {
        var text = readiness.Problem is { } problem ? $"{(isInUse ? "" : "SECONDARY ")}NOT READY: {readiness.Connection}: {problem}" : $"{readiness.Connection} is ready to take over";
        return new ConnectionEvent(now, ConnectionEventKind.Readiness, readiness.Connection, $"{route.Name}: {text}")
        {
            Route = route.Name,
            Half = RouteHalf.Trading,
            Reason = readiness.Problem,
        };
    }

    private (OperatorResult, ConnectionEvent) Drain(OperatorAction.Drain drain, string by, Timestamp now)
    {
        var id = drain.Connection;
        _drained = drain.IsDrained ? _drained.Add(id) : _drained.Remove(id);
        foreach (var route in _routes)
        {
            route.Trading?.Find(id)?.Drain(drain.IsDrained, now);
        }

        var open = _open(id);
        var text = !drain.IsDrained ? $"{id} takes orders again"
            : $"{id} is drained: it takes no new orders{(open == 0 ? "" : open == 1 ? ", 1 open order finishes there" : $", {open} open orders finish there")}";
        return (new OperatorResult(true, text), new ConnectionEvent(now, ConnectionEventKind.Operator, id, $"{text} ({by})") { Half = RouteHalf.Trading });
    }

    private (OperatorResult, ConnectionEvent) Steer(string target, RouteHalf? only, string by, string what, Timestamp now, Func<HalfController, Symbol?, string?> act)
    {
        var market = Symbol.TryParse(target, out var symbol) ? symbol : (Symbol?)null;
        var route = market is { } m ? Of(m).Route : Array.Find(_routes, r => r.Name == target);
        HalfController[] halves = [.. (route?.Halves ?? []).Where(h => only is null || h.Half == only)];
        var problems = halves.Select(h => (h.Half, Problem: act(h, market))).ToArray();
        var said = problems.Select(p => $"{(p.Half == RouteHalf.Data ? "market data" : "trading")}: {p.Problem ?? "done"}").Distinct();
        var text = route is null ? $"there is no route {target}" : halves.Length == 0 ? $"route {route.Name} only reads" : string.Join("; ", said);
        return (
            new OperatorResult(problems.Any(p => p.Problem is null), text),
            new ConnectionEvent(now, ConnectionEventKind.Operator, null, $"{target}: {what} ({by}): {text}") { Route = route?.Name, Half = only });
    }

    private void SetReadiness((ConnectionId, Symbol) key, string? problem)
    {
        if (problem is null)
        {
            _unready.Remove(key);
        }
        else
        {
            _unready[key] = problem;
        }
    }

    private MarketRoute Add(Symbol symbol)
    {
        lock (_deciding)
        {
            if (_markets.TryGetValue(symbol, out var known))
            {
                return known;
            }

            var route = Array.Find(_routes, r => r.Symbols.Contains(symbol)) ?? Array.Find(_routes, static r => r.Symbols.Count == 0);
            var added = new MarketRoute(symbol, route, route?.Data.AssignmentOf(symbol), route?.Trading?.AssignmentOf(symbol));
            return _markets[symbol] = added;
        }
    }
}
