using System.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Workbench.Tui.Painting;

namespace Workbench.Tui.Overlays;

/// <summary>A box above the panels that takes every key until it closes. The panels below go on.</summary>
internal abstract class Overlay : View
{
    private readonly Canvas _canvas = new();

    protected Overlay(Palette palette, string title)
    {
        Palette = palette;
        Heading = title;
        CanFocus = true;
    }

    /// <summary>Raised when it wants to go away.</summary>
    public event Action? Closed;

    protected Palette Palette { get; }

    private string Heading { get; }

    /// <summary>The size it would like, frame included.</summary>
    protected abstract Size Wanted { get; }

    /// <summary>Takes its place in the middle of the screen.</summary>
    public void Place(Size screen)
    {
        var width = Math.Min(Wanted.Width, screen.Width);
        var height = Math.Min(Wanted.Height, screen.Height);
        Frame = new Rectangle((screen.Width - width) / 2, (screen.Height - height) / 2, width, height);
    }

    protected void Close() => Closed?.Invoke();

    protected abstract void Paint(Canvas canvas);

    protected abstract void Press(Key key);

    protected override bool OnClearingViewport() => true;

    protected override bool OnKeyDown(Key key)
    {
        if (key.KeyCode == KeyCode.Esc)
        {
            Close();
        }
        else
        {
            Press(key);
            SetNeedsDraw();
        }

        return true;
    }

    protected override bool OnMouseEvent(Mouse mouse) => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        var (width, height) = (Viewport.Width, Viewport.Height);
        _canvas.Begin(width, height, Palette.Box);
        Paint(_canvas);
        _canvas.Fill(0, 0, width, '─', Palette.Box);
        _canvas.Fill(0, height - 1, width, '─', Palette.Box);
        for (var y = 0; y < height; y++)
        {
            _canvas.Put(0, y, y == 0 ? "┌" : y == height - 1 ? "└" : "│", Palette.Box);
            _canvas.Put(width - 1, y, y == 0 ? "┐" : y == height - 1 ? "┘" : "│", Palette.Box);
        }

        _canvas.Text(2, 0, Glyphs.Fit($" {Heading} ", width - 4), Palette.BoxStrong);
        CellBlit.ToScreen(_canvas, this);
        return true;
    }
}
