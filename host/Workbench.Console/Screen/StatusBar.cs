using Terminal.Gui.ViewBase;
using Workbench.Sdk;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Text;

namespace Workbench.Tui.Screen;

/// <summary>What is always on screen: the environment on a background that nobody can mistake, the connections, and a banner while trading is not as configured.</summary>
internal sealed class StatusBar : View
{
    public const int FixedRows = 2;

    private readonly Palette _palette;
    private readonly Canvas _canvas = new();
    private Picture? _picture;
    private RouteNews _news = new("", null, false);

    public StatusBar(Palette palette)
    {
        _palette = palette;
        CanFocus = false;
    }

    public int Rows => FixedRows + (Banner is null ? 0 : 1);

    private string? Banner => _picture?.Problem ?? _news.Banner;

    public void Accept(Picture picture)
    {
        var before = _picture;
        _picture = picture;
        _news = RouteNews.Of(picture);
        if (before is null || before.Tick != picture.Tick || before.Problem != picture.Problem || !Picture.Same(before.Engine.Connections, picture.Engine.Connections)
            || !Picture.Same(before.Engine.Orders, picture.Engine.Orders) || !Picture.Same(before.Engine.Routes, picture.Engine.Routes))
        {
            SetNeedsDraw();
        }
    }

    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        _canvas.Begin(Viewport.Width, Viewport.Height, _palette.Text);
        if (_picture is { } picture)
        {
            PaintSummary(picture);
            PaintConnections(picture);
            PaintBanner(picture);
        }

        CellBlit.ToScreen(_canvas, this);
        return true;
    }

    private void PaintSummary(Picture picture)
    {
        var ink = _palette.Environment(picture.Environment);
        _canvas.Fill(0, 0, _canvas.Width, ' ', ink);
        var clock = $"{Show.Time(picture.Now)} UTC ";
        var clockAt = _canvas.Width - clock.Length;
        _canvas.Text(clockAt, 0, clock, ink);
        var x = _canvas.Text(1, 0, EnvironmentText(picture.Environment), ink);
        foreach (var part in Parts(picture).Where(p => p.Length > 0))
        {
            if (x + 3 + Glyphs.Width(part) >= clockAt)
            {
                continue;
            }

            x = _canvas.Text(x, 0, " │ ", ink);
            x = _canvas.Text(x, 0, part, ink);
        }
    }

    /// <summary>LIVE carries signs of its own, for screens without colour.</summary>
    private static string EnvironmentText(string environment) =>
        environment is "SIM" or "PAPER" or "TESTNET" ? environment : $"▲ {SafeText.Of(environment, 16)} ▲";

    // The most important first: what does not fit is left out whole.
    private IEnumerable<string> Parts(Picture picture)
    {
        var open = picture.OpenOrders;
        yield return $"{Show.Count(open, "open order")}";
        yield return Profit(picture);
        yield return _news.Active;
        yield return $"workbench {SafeText.Of(picture.Version, 24)}";
    }

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

    private void PaintConnections(Picture picture)
    {
        var x = 1;
        var connections = picture.Engine.Connections;
        for (var i = 0; i < connections.Count; i++)
        {
            var (text, ink) = Chip(picture, connections[i]);
            var rest = connections.Count - i - 1;
            var reserve = rest > 0 ? 10 : 0;
            if (x + Glyphs.Width(text) + reserve > _canvas.Width)
            {
                _canvas.Text(x, 1, Show.Invariant($"+{rest + 1} more"), _palette.Warn);
                return;
            }

            x = _canvas.Text(x, 1, text, ink);
            x += 3;
        }
    }

    private (string Text, Ink Ink) Chip(Picture picture, ConnectionStatus connection)
    {
        var look = ConnectionLook.Of(connection.State, _palette);
        var isActive = picture.Engine.Routes.Any(r => r.Data == connection.Id || r.Trading == connection.Id);
        var age = picture.Now - (connection.LastDataAt ?? picture.Now);
        var name = picture.SourceName(connection.Id, false, connection.IsSimulated);
        var word = connection.State == ConnectionState.Connected ? "" : $" {look.Word}";
        var data = connection.LastDataAt is null ? "" : picture.IsStale(age) ? $" ! data {Show.Age(age)} old" : $" {Show.Age(age)}";
        var latency = connection.Latency is null ? "" : $" {Show.Latency(connection.Latency)}";
        return ($"{(isActive ? "▶" : " ")}{look.Glyph} {name}{word}{latency}{data}", look.Ink);
    }

    private void PaintBanner(Picture picture)
    {
        if (Banner is not { } text || _canvas.Height <= FixedRows)
        {
            return;
        }

        var isAlarm = picture.Problem is not null || _news.IsAlarm;
        var ink = isAlarm ? _palette.Alarm : _palette.Banner;
        _canvas.Fill(0, FixedRows, _canvas.Width, ' ', ink);
        _canvas.Text(1, FixedRows, Glyphs.Fit($"{(isAlarm ? "× " : "▲ ")}{text}", _canvas.Width - 2), ink);
    }
}
