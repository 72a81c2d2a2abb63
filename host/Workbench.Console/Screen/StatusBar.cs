using Terminal.Gui.ViewBase;
using Workbench.Tui.Painting;
using Workbench.Tui.Text;

namespace Workbench.Tui.Screen;

/// <summary>What is always on screen: the environment on a background that nobody can mistake, the connections, and a banner while trading is not as configured.</summary>
internal sealed class StatusBar : View
{
    public const int FixedRows = 2;

    private readonly Palette _palette;
    private readonly Canvas _canvas = new();
    private Picture? _picture;
    private StatusText? _text;
    private string? _failure;

    public StatusBar(Palette palette)
    {
        _palette = palette;
        CanFocus = false;
    }

    /// <summary>Gets a failure when it begins.</summary>
    public Action<string, Exception> Report { get; set; } = static (_, _) => { };

    public int Rows => FixedRows + (Banner is null ? 0 : 1);

    private string? Banner => _picture?.Problem ?? _failure ?? _text?.News.Banner;

    public void Accept(Picture picture)
    {
        var before = _picture;
        _picture = picture;
        if (before is not null && before.Tick == picture.Tick && before.Problem == picture.Problem && Picture.Same(before.Engine.Connections, picture.Engine.Connections)
            && Picture.Same(before.Engine.Orders, picture.Engine.Orders) && Picture.Same(before.Engine.Routes, picture.Engine.Routes))
        {
            return;
        }

        try
        {
            _text = StatusText.Of(picture, _palette);
            _failure = null;
        }
#pragma warning disable CA1031 // boundary: status line
        catch (Exception e)
#pragma warning restore CA1031
        {
            // It tries again with every picture: this line must not stay away because of one bad number.
            Fail(picture, e);
        }

        SetNeedsDraw();
    }

    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        _canvas.Begin(Viewport.Width, Viewport.Height, _palette.Text);
        if (_text is { } text)
        {
            PaintSummary(text);
            PaintConnections(text);
            PaintBanner(text);
        }

        CellBlit.ToScreen(_canvas, this);
        return true;
    }

    private void Fail(Picture picture, Exception e)
    {
        var failure = $"this status line is incomplete ({e.GetType().Name}: {SafeText.Of(e.Message, 120)})";
        if (_failure != failure)
        {
            Report("status line", e);
        }

        _failure = failure;
        _text = StatusText.Bare(picture);
    }

    private void PaintSummary(StatusText text)
    {
        var ink = _palette.Environment(text.Environment);
        _canvas.Fill(0, 0, _canvas.Width, ' ', ink);
        var clockAt = _canvas.Width - text.Clock.Length;
        _canvas.Text(clockAt, 0, text.Clock, ink);
        var x = _canvas.Text(1, 0, EnvironmentText(text.Environment), ink);
        foreach (var part in text.Parts.Where(p => p.Length > 0))
        {
            if (x + 3 + Glyphs.Width(part) < clockAt)
            {
                x = _canvas.Text(_canvas.Text(x, 0, " │ ", ink), 0, part, ink);
            }
        }
    }

    /// <summary>LIVE carries signs of its own, for screens without colour.</summary>
    private static string EnvironmentText(string environment) =>
        environment is "SIM" or "PAPER" or "TESTNET" ? environment : $"▲ {SafeText.Of(environment, 16)} ▲";

    private void PaintConnections(StatusText text)
    {
        const int Gap = 3;
        const int MoreWidth = 10;
        var x = 1;
        for (var i = 0; i < text.Connections.Count; i++)
        {
            var (chip, ink) = text.Connections[i];
            var rest = text.Connections.Count - i - 1;
            if (x + Glyphs.Width(chip) + (rest > 0 ? MoreWidth : 0) > _canvas.Width)
            {
                _canvas.Text(x, 1, Show.Invariant($"+{rest + 1} more"), _palette.Warn);
                return;
            }

            x = _canvas.Text(x, 1, chip, ink) + Gap;
        }
    }

    private void PaintBanner(StatusText text)
    {
        if (Banner is not { } banner || _canvas.Height <= FixedRows)
        {
            return;
        }

        var isAlarm = _picture?.Problem is not null || _failure is not null || text.News.IsAlarm;
        var ink = isAlarm ? _palette.Alarm : _palette.Banner;
        _canvas.Fill(0, FixedRows, _canvas.Width, ' ', ink);
        _canvas.Text(1, FixedRows, Glyphs.Fit($"{(isAlarm ? "× " : "▲ ")}{banner}", _canvas.Width - 2), ink);
    }
}
