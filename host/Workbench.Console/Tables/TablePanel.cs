using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Screen;
using Workbench.Tui.Text;

namespace Workbench.Tui.Tables;

/// <summary>A panel of rows and columns. Only the rows on screen are put into words; columns that do not fit are on further pages, and the title says so.</summary>
internal abstract class TablePanel(int number, string name, Palette palette, IReadOnlyList<Column> columns) : Panel(number, name, palette)
{
    private const int HeadingRows = 2;

    // Widths only grow while the panel keeps its size, so that columns do not jump with every tick.
    private readonly int[] _widths = [.. columns.Select(c => Glyphs.Width(c.Title))];
    private int _paintedWidth;
    private int _rows;
    private int _top;
    private int _page;
    private int _pages = 1;
    private int _visibleRows = 1;

    public override IReadOnlyList<KeyHelp> Keys =>
    [
        new("↑ ↓ PgUp PgDn Home End", "scroll the rows"),
        new("← →", "further columns, when not all fit"),
    ];

    public override int WantedHeight(Picture picture) => Math.Max(MinimumRows, RowCount(picture)) + HeadingRows;

    /// <summary>Rows to keep room for when there are fewer, so that the first ones do not move the screen.</summary>
    protected virtual int MinimumRows => 1;

    /// <summary>What to say when there are no rows.</summary>
    protected abstract string WhenEmpty { get; }

    /// <summary>True when a new row comes in at the top: a reader who has scrolled down keeps his place.</summary>
    protected virtual bool GrowsAtTop => false;

    protected abstract int RowCount(Picture picture);

    /// <summary>Puts a row into words, one cell for each column.</summary>
    protected abstract void Describe(Picture picture, int row, Span<CellText> cells);

    protected override void Update(Picture picture)
    {
        var rows = RowCount(picture);
        _top += GrowsAtTop && _top > 0 ? Math.Max(0, rows - _rows) : 0;
        _rows = rows;
    }

    protected override string Paint(Canvas canvas, Picture picture)
    {
        var headings = canvas.Height > HeadingRows ? HeadingRows : 1;
        _visibleRows = Math.Max(1, canvas.Height - headings);
        _top = Math.Clamp(_top, 0, Math.Max(0, _rows - _visibleRows));
        var shown = Math.Min(_visibleRows, _rows - _top);
        var cells = Describe(picture, shown);
        var widths = Measure(cells, canvas.Width);
        var pages = ColumnPages.Divide(columns, widths, canvas.Width);
        _pages = pages.Count;
        _page = Math.Min(_page, _pages - 1);
        PaintRows(canvas, pages[_page], Stretched(pages[_page], widths, canvas.Width), cells, headings);
        return Position(shown);
    }

    protected override bool Press(Key key)
    {
        switch (key.KeyCode)
        {
            case KeyCode.CursorUp: _top = Math.Max(0, _top - 1); break;
            case KeyCode.CursorDown: _top++; break;
            case KeyCode.PageUp: _top = Math.Max(0, _top - _visibleRows); break;
            case KeyCode.PageDown: _top += _visibleRows; break;
            case KeyCode.Home: _top = 0; break;
            case KeyCode.End: _top = int.MaxValue / 2; break;
            case KeyCode.CursorRight: _page = (_page + 1) % _pages; break;
            case KeyCode.CursorLeft: _page = (_page + _pages - 1) % _pages; break;
            default: return false;
        }

        return true;
    }

    public override bool Back()
    {
        var moved = _top > 0 || _page > 0;
        (_top, _page) = (0, 0);
        SetNeedsDraw();
        return moved;
    }

    private CellText[][] Describe(Picture picture, int shown)
    {
        var cells = new CellText[Math.Max(0, shown)][];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = new CellText[columns.Count];
            Describe(picture, _top + i, cells[i]);
        }

        return cells;
    }

    private int[] Measure(CellText[][] cells, int width)
    {
        for (var c = 0; c < columns.Count; c++)
        {
            var column = columns[c];
            var heading = Glyphs.Width(column.Title);
            var widest = column.Stretches ? Math.Max(heading, column.Minimum) : cells.Select(r => Glyphs.Width(r[c].Text)).Append(heading).Max();
            var wanted = column.IsNumber ? widest : Math.Min(widest, Math.Max(heading, column.Maximum));
            _widths[c] = width == _paintedWidth ? Math.Max(_widths[c], wanted) : wanted;
        }

        _paintedWidth = width;
        return _widths;
    }

    private int[] Stretched(int[] page, int[] widths, int available)
    {
        var left = available - page.Sum(i => widths[i] + columns[i].Gap);
        return [.. page.Select(i => columns[i].Stretches ? widths[i] + Math.Max(0, left) : widths[i])];
    }

    private void PaintRows(Canvas canvas, int[] page, int[] widths, CellText[][] cells, int headings)
    {
        var x = 0;
        for (var c = 0; c < page.Length; c++)
        {
            var column = columns[page[c]];
            // One blank at the edge is enough.
            x += c == 0 ? 1 : column.Gap;
            var width = Math.Min(widths[c], canvas.Width - x);
            if (headings == HeadingRows)
            {
                PaintCell(canvas, x, 1, width, column, new CellText(column.Title, Palette.Header));
            }

            for (var r = 0; r < cells.Length; r++)
            {
                PaintCell(canvas, x, headings + r, width, column, cells[r][page[c]]);
            }

            x += width;
        }

        if (cells.Length == 0)
        {
            canvas.Text(1, headings, Glyphs.Fit(WhenEmpty, canvas.Width - 2), Palette.Dim);
        }
    }

    private static void PaintCell(Canvas canvas, int x, int y, int width, Column column, CellText cell)
    {
        var cells = Glyphs.Width(cell.Text);
        if (width <= 0)
        {
            return;
        }

        if (cells <= width)
        {
            canvas.Text(column.IsNumber ? x + width - cells : x, y, cell.Text, cell.Ink);
        }
        else if (column.IsNumber)
        {
            canvas.Fill(x, y, width, '#', cell.Ink);
        }
        else
        {
            canvas.Text(x, y, Glyphs.Fit(cell.Text, width), cell.Ink);
        }
    }

    private string Position(int shown)
    {
        var rows = shown < _rows ? Show.Invariant($"{_top + 1}-{_top + shown} of {_rows}") : "";
        var pages = _pages > 1 ? Show.Invariant($"←→ columns {_page + 1}/{_pages}") : "";
        return rows.Length > 0 && pages.Length > 0 ? $"{rows} · {pages}" : rows + pages;
    }
}
