using Workbench.Sdk;

namespace Workbench.Scripting;

/// <summary>Rows under headers, each column as wide as its widest cell; numbers stand to the right. Not safe on several threads at once.</summary>
public sealed class TextTable
{
    private const string Gap = "  ";
    private readonly string[] _headers;
    private readonly List<Cell[]> _rows = [];

    internal TextTable(string[] headers)
    {
        _headers = [.. headers];
    }

    /// <summary>Adds a row; cells that are missing stay empty.</summary>
    /// <exception cref="ArgumentException">There are more cells than headers.</exception>
    public TextTable Row(params object?[] cells)
    {
        if (cells.Length > _headers.Length)
        {
            throw new ArgumentException($"The row has {cells.Length} cells, the table {_headers.Length} columns.", nameof(cells));
        }

        _rows.Add([.. cells.Select(c => new Cell(ScriptSurface.Text(c), IsNumber(c)))]);
        return this;
    }

    /// <summary>Header, rule and rows, without a line break at the end.</summary>
    public override string ToString()
    {
        var widths = _headers.Select((h, i) => Math.Max(h.Length, _rows.Where(r => i < r.Length).Select(r => r[i].Text.Length).DefaultIfEmpty().Max())).ToArray();
        var numeric = _headers.Select((_, i) => _rows.Any(r => i < r.Length && r[i].IsNumber)).ToArray();
        var lines = _rows
            .Select(r => Line(i => i < r.Length ? r[i].Text : "", widths, numeric))
            .Prepend(Line(i => new string('-', widths[i]), widths, numeric))
            .Prepend(Line(i => _headers[i], widths, numeric));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(Func<int, string> cell, int[] widths, bool[] numeric) =>
        string.Join(Gap, widths.Select((w, i) => numeric[i] ? cell(i).PadLeft(w) : cell(i).PadRight(w))).TrimEnd();

    private static bool IsNumber(object? value) =>
        value is Quantity or NetQuantity or Price or Amount || (value is ValueType and IConvertible and not (bool or char or Enum or DateTime));

    private readonly record struct Cell(string Text, bool IsNumber);
}
