namespace Workbench.Scripting.Compiling;

/// <summary>Text that was put into a source line, by its place in the original; all numbers start at 0.</summary>
internal readonly record struct Insertion(int Line, int Column, int Length);

/// <summary>Leads from columns of the woven source, which the debug information knows, back to those that the author sees. Lines never change.</summary>
internal sealed class ColumnMap(IReadOnlyDictionary<string, IReadOnlyList<Insertion>> insertions)
{
    public static ColumnMap Empty { get; } = new(new Dictionary<string, IReadOnlyList<Insertion>>());

    /// <summary>Insertions by file, in the order of the source.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Insertion>> Insertions { get; } = insertions;

    /// <summary>The author's column, from 1, of a woven place, from 1.</summary>
    public int Original(string file, int line, int column)
    {
        if (!Insertions.TryGetValue(file, out var all))
        {
            return column;
        }

        var shift = 0;
        foreach (var inserted in all.Where(i => i.Line == line - 1))
        {
            var start = inserted.Column + shift;
            if (column - 1 < start)
            {
                break;
            }

            if (column - 1 < start + inserted.Length)
            {
                return inserted.Column + 1;
            }

            shift += inserted.Length;
        }

        return column - shift;
    }
}
