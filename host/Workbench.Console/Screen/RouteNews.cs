using Workbench.Sdk;
using Workbench.Tui.Text;

namespace Workbench.Tui.Screen;

/// <summary>What the routes mean for a trader: where orders and prices go now, and a plain sentence while that is not as configured.</summary>
/// <param name="Active">Where trading and data are now, for the status line.</param>
/// <param name="Banner">The sentence, or null while every route is on its primary.</param>
/// <param name="IsAlarm">True when some market can not be traded or seen at all.</param>
internal sealed record RouteNews(string Active, string? Banner, bool IsAlarm)
{
    public static RouteNews Of(Picture picture)
    {
        var routes = picture.Engine.Routes;
        var dead = routes.Where(r => r.Data is null || r.Trading is null).ToArray();
        var backup = routes.Where(r => r.DataIsBackup || r.TradingIsBackup).ToArray();
        var banner = dead.Length > 0 ? Dead(picture, dead) : backup.Length > 0 ? Backup(picture, backup) : null;
        return new RouteNews(Where(routes), banner, dead.Any(r => r.Data is null || HadTrading(picture, r)));
    }

    private static string Where(IReadOnlyList<RouteStatus> routes)
    {
        var trading = Names(routes.Select(r => r.Trading));
        var data = Names(routes.Select(r => r.Data));
        return (trading, data) switch
        {
            ("", "") => "no active source",
            (_, "") => $"trading {trading}, no data",
            ("", _) => $"data {data}",
            _ when trading == data => $"on {trading}",
            _ => $"trading {trading}, data {data}",
        };
    }

    private static string Names(IEnumerable<ConnectionId?> connections) =>
        string.Join("+", connections.Where(c => c is not null).Select(c => SafeText.Of(c.ToString(), 24)).Distinct(StringComparer.Ordinal));

    private static string? Dead(Picture picture, RouteStatus[] dead)
    {
        var lost = dead.Where(r => r.Data is null || HadTrading(picture, r)).ToArray();
        if (lost.Length == 0)
        {
            return null;
        }

        var what = lost.All(r => r.Data is null) ? lost.All(r => r.Trading is null) ? "market data and trading" : "market data" : "trading";
        var reason = picture.Engine.Events.LastOrDefault(e => e is { Kind: ConnectionEventKind.Failover, Connection: null });
        return $"no connection for {what} of {Markets(lost)}{Since(reason)}";
    }

    // A route that never traded has lost nothing: market data alone is a fair configuration.
    private static bool HadTrading(Picture picture, RouteStatus route) =>
        route.Trading is null && (picture.Engine.Orders.Any(o => o.Request.Symbol == route.Symbol)
            || picture.Engine.Events.LastOrDefault(e => e.Kind != ConnectionEventKind.StateChanged && e.Message.Contains("trading", StringComparison.Ordinal)) is { Kind: ConnectionEventKind.Failover, Connection: null });

    private static string Backup(Picture picture, RouteStatus[] backup)
    {
        var trading = Names(backup.Where(r => r.TradingIsBackup).Select(r => r.Trading));
        var data = Names(backup.Where(r => r.DataIsBackup).Select(r => r.Data));
        var what = (trading, data) switch
        {
            (_, "") => $"trading on {trading}",
            ("", _) => $"market data from {data}",
            _ when trading == data => $"trading on {trading}",
            _ => $"trading on {trading}, market data from {data}",
        };
        var active = backup[0].TradingIsBackup ? backup[0].Trading : backup[0].Data;
        var reason = picture.Engine.Events.LastOrDefault(e => e.Kind == ConnectionEventKind.Failover && e.Connection == active);
        var some = backup.Length < picture.Engine.Routes.Count ? $" for {Markets(backup)}" : "";
        return $"BACKUP  {what}{some}{Since(reason)}";
    }

    private static string Markets(RouteStatus[] routes) =>
        routes.Length <= 3 ? string.Join(", ", routes.Select(r => SafeText.Of(r.Symbol.ToString(), 24))) : Show.Invariant($"{routes.Length} markets");

    /// <summary>The engine says "route: what on connection: why"; the why is what the banner still lacks.</summary>
    private static string Since(ConnectionEvent? failover)
    {
        if (failover is null)
        {
            return "";
        }

        var parts = SafeText.Of(failover.Message).Split(": ", 3);
        return parts[^1].Contains("since", StringComparison.Ordinal) ? $": {parts[^1]}" : $": {parts[^1]}, since {Show.Time(failover.At)}";
    }
}
