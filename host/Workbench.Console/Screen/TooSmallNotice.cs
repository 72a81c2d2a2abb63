using Terminal.Gui.ViewBase;
using Workbench.Tui.Painting;
using Workbench.Tui.Text;

namespace Workbench.Tui.Screen;

/// <summary>Stands in for everything on a terminal too small to show it without hiding something.</summary>
internal sealed class TooSmallNotice : View
{
    private readonly Palette _palette;
    private readonly Canvas _canvas = new();
    private string _environment = "";
    private int _openOrders;

    public TooSmallNotice(Palette palette)
    {
        _palette = palette;
        CanFocus = false;
    }

    public void Accept(Picture picture)
    {
        (_environment, var before, _openOrders) = (picture.Environment, _openOrders, picture.OpenOrders);
        if (before != _openOrders)
        {
            SetNeedsDraw();
        }
    }

    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        _canvas.Begin(Viewport.Width, Viewport.Height, _palette.Text);
        _canvas.Fill(0, 0, _canvas.Width, ' ', _palette.Environment(_environment));
        _canvas.Text(1, 0, SafeText.Of(_environment, 16), _palette.Environment(_environment));
        string[] lines =
        [
            "Too small a terminal.",
            Show.Invariant($"It is {_canvas.Width}x{_canvas.Height};"),
            Show.Invariant($"{ScreenPlan.MinimumWidth}x{ScreenPlan.MinimumHeight} is needed."),
            Show.Count(_openOrders, "open order"),
            "q quits",
        ];
        for (var i = 0; i < lines.Length; i++)
        {
            _canvas.Text(1, i + 1, Glyphs.Fit(lines[i], _canvas.Width - 2), _palette.Text);
        }

        CellBlit.ToScreen(_canvas, this);
        return true;
    }
}
