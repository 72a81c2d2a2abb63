using Terminal.Gui.ViewBase;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Text;

namespace Workbench.Tui.Screen;

/// <summary>The bottom line: the keys, and which panels have no room.</summary>
internal sealed class KeyBar : View
{
    private readonly Palette _palette;
    private readonly Canvas _canvas = new();
    private IReadOnlyList<Panel> _panels = [];
    private Panel? _zoomed;

    public KeyBar(Palette palette)
    {
        _palette = palette;
        CanFocus = false;
    }

    public void Accept(IReadOnlyList<Panel> panels, Panel? zoomed)
    {
        (_panels, _zoomed) = (panels, zoomed);
        SetNeedsDraw();
    }

    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        _canvas.Begin(Viewport.Width, 1, _palette.Text);
        (string Key, string Text)[] ends = [("?", "keys"), ("q", "quit")];
        var right = _canvas.Width - ends.Sum(e => e.Key.Length + e.Text.Length + 3);
        var isShort = _panels.Sum(p => p.Name.Length + (p.Visible ? 3 : 5)) + 8 > right;
        var x = 1;
        foreach (var panel in _panels)
        {
            var isHidden = !panel.Visible && _zoomed is null;
            var name = isShort ? panel.Name[..3] : panel.Name;
            x = PaintKey(x, Show.Invariant($"{panel.Number}"), isHidden ? $"({name})" : name, panel == _zoomed ? _palette.Accent : isHidden ? _palette.Warn : _palette.Dim);
        }

        x = PaintKey(x, "0", "all", _zoomed is null ? _palette.Dim : _palette.Warn);
        if (x + 10 < right)
        {
            PaintKey(x, "Tab", "next", _palette.Dim);
        }

        foreach (var (key, text) in ends)
        {
            right = PaintKey(right, key, text, _palette.Dim);
        }

        CellBlit.ToScreen(_canvas, this);
        return true;
    }

    private int PaintKey(int x, string key, string text, Ink ink) => _canvas.Text(_canvas.Text(x, 0, key, _palette.Accent) + 1, 0, text, ink) + 1;
}
