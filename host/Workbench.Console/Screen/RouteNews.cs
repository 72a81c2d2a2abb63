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
        var dead = routes.Where(r => r.DataHalf is { Active: null } || r.TradingHalf is { Active: null }).ToArray();
        var backup = routes.Where(r => r.DataIsBackup || r.TradingIsBackup).ToArray();
        var banner = dead.Length > 0 ? Dead(dead) : backup.Length > 0 ? Backup(picture, backup) : null;
        return new RouteNews(Where(routes), banner, dead.Length > 0);
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

    private static string Dead(RouteStatus[] dead)
    {
        var hasData = dead.All(r => r.Data is not null);
        var what = hasData ? "trading" : dead.All(r => r.TradingHalf is { Active: null }) ? "market data and trading" : "market data";
        return $"no connection for {what} of {Markets(dead)}{Why(hasData ? dead[0].TradingHalf : dead.First(r => r.Data is null).DataHalf)}";
    }

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
        var some = backup.Length < picture.Engine.Routes.Count ? $" for {Markets(backup)}" : "";
        return $"BACKUP  {what}{some}{Why(backup[0].TradingIsBackup ? backup[0].TradingHalf : backup[0].DataHalf)}";
    }

    private static string Markets(RouteStatus[] routes) =>
        routes.Length <= 3 ? string.Join(", ", routes.Select(r => SafeText.Of(r.Symbol.ToString(), 24))) : Show.Invariant($"{routes.Length} markets");

    private static string Why(RouteHalfStatus? half)
    {
        if (half is not { Why.Length: > 0, Since: { } since })
        {
            return "";
        }

        var why = SafeText.Of(half.Why);
        return why.Contains("since", StringComparison.Ordinal) ? $": {why}" : $": {why}, since {Show.Time(since)}";
    }
}
