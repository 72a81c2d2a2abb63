using Workbench.Sdk;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Tables;
using Workbench.Tui.Text;

namespace Workbench.Tui.Screen;

/// <summary>The words of the status lines.</summary>
/// <param name="Environment">SIM, PAPER, TESTNET or LIVE.</param>
/// <param name="Clock">The time, UTC.</param>
/// <param name="Parts">The most important first: what does not fit is left out whole.</param>
/// <param name="Connections">One short text for each connection.</param>
/// <param name="News">Where orders and prices go.</param>
internal sealed record StatusText(string Environment, string Clock, IReadOnlyList<string> Parts, IReadOnlyList<CellText> Connections, RouteNews News)
{
    public static StatusText Of(Picture picture, Palette palette)
    {
        var news = RouteNews.Of(picture);
        string[] parts = [Show.Count(picture.OpenOrders, "open order"), Profit(picture), news.Active, $"workbench {SafeText.Of(picture.Version, 24)}"];
        return new StatusText(picture.Environment, ClockOf(picture), parts, [.. picture.Engine.Connections.Select(c => Chip(picture, palette, c))], news);
    }

    /// <summary>What can be said when the rest cannot.</summary>
    public static StatusText Bare(Picture picture) => new(picture.Environment, ClockOf(picture), [], [], new RouteNews("", null, true));

    private static string ClockOf(Picture picture) => $"{Show.Time(picture.Now)} UTC ";

    private static string Profit(Picture picture)
    {
        var byQuote = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        var isComplete = true;
        foreach (var position in picture.Engine.Positions)
        {
            var mark = picture.QuoteOf(position.Symbol)?.Mid;
            isComplete &= mark is not null || position.Net.IsFlat;
            var asset = SafeText.Of(position.Symbol.Quote.Code, 12);
            var profit = position.RealisedPnl + (mark is { } price ? position.UnrealisedPnl(price) : Amount.Zero);
            byQuote[asset] = byQuote.GetValueOrDefault(asset) + profit.Value;
        }

        var sums = byQuote.Count > 2 ? Show.Invariant($"in {byQuote.Count} assets") : string.Join(" ", byQuote.Select(q => $"{Show.Profit(q.Value)} {q.Key}"));
        return byQuote.Count == 0 ? "flat" : $"PnL {sums}{(isComplete ? "" : " ?")}";
    }

    private static CellText Chip(Picture picture, Palette palette, ConnectionStatus connection)
    {
        var look = ConnectionLook.Of(connection.State, palette);
        var isActive = picture.Engine.Routes.Any(r => r.Data == connection.Id || r.Trading == connection.Id);
        var age = picture.Now - (connection.LastDataAt ?? picture.Now);
        var name = picture.SourceName(connection.Id, false, connection.IsSimulated);
        var word = connection.State == ConnectionState.Connected ? "" : $" {look.Word}";
        var latency = connection.Latency is null ? "" : $" {Show.Latency(connection.Latency)}";
        var data = connection.LastDataAt is null ? "" : picture.IsStale(age) ? $" ! data {Show.Age(age)} old" : $" {Show.Age(age)}";
        return new CellText($"{(isActive ? "▶" : " ")}{look.Glyph} {name}{word}{latency}{data}", look.Ink);
    }
}
