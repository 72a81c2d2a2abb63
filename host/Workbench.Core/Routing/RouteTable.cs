using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Every route with the connections it uses now. Written by the pipeline; what others read is an immutable picture, swapped whole.</summary>
internal sealed class RouteTable
{
    private readonly IReadOnlyList<Route> _routes;
    private readonly Dictionary<Symbol, Route?> _bySymbol = [];
    private readonly Dictionary<(ConnectionId, Symbol), string?> _unready = [];
    private readonly Lock _lookup = new();
    private volatile IReadOnlyDictionary<string, Picture> _pictures = new Dictionary<string, Picture>();

    public RouteTable(IEnumerable<RouteSettings> settings, TimeSpan startGrace)
    {
        _routes = [.. settings.Select(s => new Route(s, new FailoverController(s.Data, startGrace), s.Trading is { } trading ? new FailoverController(trading, startGrace) : null))];
        Publish();
    }

    /// <summary>Takes the news of a connection and returns what moved. Pipeline thread only.</summary>
    public IReadOnlyList<ConnectionEvent> Report(ConnectionStatus status, Timestamp now)
    {
        var isFinal = status.State == ConnectionState.Failed;

        // Why a connection has failed for good is told once, in its own state.
        var reason = isFinal ? "it has failed" : status.Reason;
        foreach (var route in _routes)
        {
            route.Data.Report(status.Id, status.DataUp, isFinal, reason, now);
            route.Trading?.Report(status.Id, status.TradingUp, isFinal, reason, now);
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
            _unready[(readiness.Connection, symbol)] = readiness.Problem;
            return [];
        }

        List<ConnectionEvent> events = [];
        foreach (var route in _routes)
        {
            if (route.Trading is { } trading && trading.ReportReadiness(readiness.Connection, readiness.Problem))
            {
                var text = readiness.Problem is { } problem ? $"SECONDARY NOT READY: {readiness.Connection}: {problem}" : $"{readiness.Connection} is ready to take over";
                events.Add(new ConnectionEvent(now, ConnectionEventKind.Readiness, readiness.Connection, $"{route.Settings.Name}: {text}"));
            }
        }

        events.AddRange(Decide(now));
        return events;
    }

    /// <summary>Why a connection may not take orders of a market although it is up, or null. Pipeline thread only.</summary>
    public string? NotReady(ConnectionId connection, Symbol symbol) => _unready.GetValueOrDefault((connection, symbol));

    /// <summary>Decides anew because time has passed. Pipeline thread only.</summary>
    public IReadOnlyList<ConnectionEvent> Decide(Timestamp now)
    {
        List<ConnectionEvent>? events = null;
        var moved = false;
        foreach (var route in _routes)
        {
            foreach (var (what, primary, controller) in route.Halves)
            {
                if (controller?.Decide(now) is not { } move)
                {
                    continue;
                }

                moved = true;
                if (move.Kind != FailoverController.MoveKind.First)
                {
                    (events ??= []).Add(Describe(route, what, move, primary, now));
                }
            }
        }

        if (moved)
        {
            Publish();
        }

        return events ?? [];
    }

    /// <summary>True when every route has found the connections that it needs. Any thread.</summary>
    public bool IsReady => _pictures.Values.All(p => p.Data is not null && (p.Trading is not null || !p.Trades));

    /// <summary>The route of a market now. Any thread.</summary>
    public RouteStatus Status(Symbol symbol)
    {
        if (Find(symbol) is not { } route)
        {
            return new RouteStatus(symbol, null, null, false, false);
        }

        var picture = _pictures[route.Settings.Name];
        return new RouteStatus(symbol, picture.Data, picture.Trading, picture.DataIsBackup, picture.TradingIsBackup);
    }

    /// <summary>Every connection that a market may get data from. Any thread.</summary>
    public IReadOnlyList<ConnectionId> DataConnections(Symbol symbol) =>
        Find(symbol)?.Settings.Data is { } data ? data.Secondary is { } secondary ? [data.Primary, secondary] : [data.Primary] : [];

    /// <summary>True when the connection is not the primary of the market's data. Any thread.</summary>
    public bool IsDataBackup(Symbol symbol, ConnectionId connection) => Find(symbol) is { } route && route.Settings.Data.Primary != connection;

    /// <summary>True when the connection is not the primary of the market's trading. Any thread.</summary>
    public bool IsTradingBackup(Symbol symbol, ConnectionId connection) => Find(symbol) is { Settings.Trading: { } trading } && trading.Primary != connection;

    private static ConnectionEvent Describe(Route route, string what, FailoverController.Move move, ConnectionId primary, Timestamp now)
    {
        if (move.Kind == FailoverController.MoveKind.Failback)
        {
            return new ConnectionEvent(now, ConnectionEventKind.Failback, move.To, $"{route.Settings.Name}: {what} back on {move.To}");
        }

        // What the connection does about it stands in its own state; here only why it was left.
        var reason = move.PrimaryReason.Replace("no trading: ", "", StringComparison.Ordinal).Split("; next attempt")[0];
        var where = move.To is { } to ? $"{what} on {to}" : $"no connection for {what}";
        return new ConnectionEvent(now, ConnectionEventKind.Failover, move.To, $"{route.Settings.Name}: {where}: {primary}: {reason}");
    }

    private void Publish() => _pictures = _routes.ToDictionary(
        r => r.Settings.Name,
        r => new Picture(r.Data.Active, r.Trading?.Active, r.Data.IsBackup, r.Trading?.IsBackup ?? false, r.Trading is not null));

    private Route? Find(Symbol symbol)
    {
        lock (_lookup)
        {
            if (!_bySymbol.TryGetValue(symbol, out var route))
            {
                route = _routes.FirstOrDefault(r => r.Settings.Symbols.Contains(symbol)) ?? _routes.FirstOrDefault(r => r.Settings.Symbols.Count == 0);
                _bySymbol[symbol] = route;
            }

            return route;
        }
    }

    private sealed record Route(RouteSettings Settings, FailoverController Data, FailoverController? Trading)
    {
        public IReadOnlyList<(string What, ConnectionId Primary, FailoverController? Controller)> Halves { get; } =
            [("market data", Settings.Data.Primary, Data), ("trading", Settings.Trading?.Primary ?? default, Trading)];
    }

    private sealed record Picture(ConnectionId? Data, ConnectionId? Trading, bool DataIsBackup, bool TradingIsBackup, bool Trades);
}
