using System.Drawing;
using Terminal.Gui.Drawing;
using Terminal.Gui.ViewBase;

namespace Workbench.Tui.Painting;

/// <summary>Copies a canvas into the terminal's cell buffer: only cells that differ, only inside the clip, so that dialogs above stay whole.</summary>
internal static class CellBlit
{
    /// <summary>Terminal.Gui writes once per run of changed cells; runs closer than this are sent as one.</summary>
    private const int JoinGap = 8;

    public static void ToScreen(Canvas canvas, View view)
    {
        if (view.App?.Driver?.GetOutputBuffer() is not { Contents: { } cells } buffer)
        {
            return;
        }

        var area = view.ViewportToScreen(new Rectangle(Point.Empty, new Size(canvas.Width, canvas.Height)));
        var screen = Rectangle.Intersect(area, new Rectangle(0, 0, Math.Min(buffer.Cols, cells.GetLength(1)), Math.Min(buffer.Rows, cells.GetLength(0))));
        var clip = buffer.Clip;
        var isWhole = clip is null || clip.Contains(area);
        for (var y = screen.Top; y < screen.Bottom; y++)
        {
            var last = -1;
            for (var x = screen.Left; x < screen.Right; x++)
            {
                if ((isWhole || clip!.Contains(x, y)) && Change(ref cells[y, x], canvas[x - area.X, y - area.Y]))
                {
                    buffer.DirtyLines[y] = true;
                    Join(cells, y, last, x);
                    last = x;
                }
            }
        }
    }

    private static bool Change(ref Cell cell, (string Glyph, Ink Ink) wanted)
    {
        var isSameGlyph = cell.Grapheme == wanted.Glyph;
        if (isSameGlyph && cell.Attribute == wanted.Ink)
        {
            return cell.IsDirty;
        }

        if (isSameGlyph)
        {
            cell.Attribute = wanted.Ink;
        }
        else
        {
            cell = new Cell(wanted.Ink, true, wanted.Glyph);
        }

        cell.IsDirty = true;
        return true;
    }

    private static void Join(Cell[,] cells, int y, int last, int x)
    {
        if (last < 0 || x - last > JoinGap)
        {
            return;
        }

        for (var i = last + 1; i < x; i++)
        {
            if (cells[y, i].Grapheme != Glyphs.Continuation)
            {
                cells[y, i].IsDirty = true;
            }
        }
    }
}
