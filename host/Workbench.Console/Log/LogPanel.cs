using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Screen;
using Workbench.Tui.Text;

namespace Workbench.Tui.Log;

/// <summary>The log, newest at the bottom. It follows until somebody scrolls up, and again from End on. Alone on the screen it wraps long lines.</summary>
internal sealed class LogPanel(Palette palette) : Panel(5, "Log", palette)
{
    private const int TextColumn = 12;

    private int _fromEnd;
    private long _version;
    private int _visible = 1;

    public override IReadOnlyList<KeyHelp> Keys =>
    [
        new("↑ ↓ PgUp PgDn Home", "scroll; it stops following"),
        new("End", "follow the newest line again"),
    ];

    public override int WantedHeight(Picture picture) => int.MaxValue;

    protected override bool Differs(Picture before, Picture after) => before.Log.Version != after.Log.Version;

    protected override string Summary(Picture picture) => picture.Log.Lines.Count(l => l.Severity == LogSeverity.Error) is > 0 and var errors ? Show.Count(errors, "error") : "";

    protected override void Update(Picture picture)
    {
        // A reader who has scrolled up keeps his place while lines come in below.
        var added = (int)Math.Min(picture.Log.Version - _version, int.MaxValue / 4);
        _fromEnd = _fromEnd > 0 ? Math.Min(_fromEnd + added, picture.Log.Lines.Count) : 0;
        _version = picture.Log.Version;
    }

    protected override string Paint(Canvas canvas, Picture picture)
    {
        var lines = picture.Log.Lines;
        _visible = Math.Max(1, canvas.Height - 1);
        _fromEnd = Math.Clamp(_fromEnd, 0, Math.Max(0, lines.Count - _visible));
        var rows = new List<(LogLine? Line, string Text)>();
        for (var i = lines.Count - 1 - _fromEnd; i >= 0 && rows.Count < _visible; i--)
        {
            rows.InsertRange(0, Rows(lines[i], canvas.Width - TextColumn - 1));
        }

        // Wrapping may give more than fit: the newest stay.
        rows.RemoveRange(0, Math.Max(0, rows.Count - _visible));
        for (var y = 0; y < rows.Count; y++)
        {
            PaintRow(canvas, y + 1, rows[y]);
        }

        return _fromEnd > 0 ? Show.Invariant($"{_fromEnd} newer below · End follows") : "";
    }

    protected override bool Press(Key key)
    {
        switch (key.KeyCode)
        {
            case KeyCode.CursorUp: _fromEnd++; break;
            case KeyCode.CursorDown: _fromEnd = Math.Max(0, _fromEnd - 1); break;
            case KeyCode.PageUp: _fromEnd += _visible; break;
            case KeyCode.PageDown: _fromEnd = Math.Max(0, _fromEnd - _visible); break;
            case KeyCode.Home: _fromEnd = int.MaxValue / 4; break;
            case KeyCode.End: _fromEnd = 0; break;
            default: return false;
        }

        return true;
    }

    public override bool Back()
    {
        var moved = _fromEnd > 0;
        _fromEnd = 0;
        SetNeedsDraw();
        return moved;
    }

    private IEnumerable<(LogLine? Line, string Text)> Rows(LogLine line, int width)
    {
        var text = SafeText.Of(line.Text, IsZoomed ? 4096 : SafeText.DefaultMaximum);
        if (!IsZoomed || width < 8)
        {
            return [(line, Glyphs.Fit(text, width))];
        }

        return Wrap(text, width).Select((part, i) => (i == 0 ? line : null, part));
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        while (Glyphs.Width(text) > width)
        {
            var fits = Math.Max(1, Glyphs.Prefix(text, width));
            var blank = text.LastIndexOf(' ', fits);
            var cut = blank > fits / 2 ? blank : fits;
            yield return text[..cut];
            text = text[cut..].TrimStart();
        }

        yield return text;
    }

    private void PaintRow(Canvas canvas, int y, (LogLine? Line, string Text) row)
    {
        var severity = row.Line?.Severity ?? LogSeverity.Information;
        if (row.Line is { } line)
        {
            var (glyph, ink) = Look(line.Severity);
            canvas.Text(1, y, Show.Time(line.At), Palette.Dim);
            canvas.Text(10, y, glyph, ink);
        }

        canvas.Text(TextColumn, y, row.Text, severity == LogSeverity.Error ? Palette.Bad : severity == LogSeverity.Debug ? Palette.Dim : Palette.Text);
    }

    private (string Glyph, Ink Ink) Look(LogSeverity severity) => severity switch
    {
        LogSeverity.Error => ("×", Palette.Bad),
        LogSeverity.Warning => ("!", Palette.Warn),
        LogSeverity.Information => ("·", Palette.Dim),
        _ => (" ", Palette.Dim),
    };
}
