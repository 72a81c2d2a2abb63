using System.Text;

namespace Workbench.Tui.Painting;

/// <summary>A page of cells that one view paints from scratch each time. <see cref="CellBlit"/> then sends only the cells that differ from the terminal's.</summary>
/// <remarks>Used because Terminal.Gui's own drawing allocates about 1 KB per cell and sends unchanged cells again.</remarks>
internal sealed class Canvas
{
    private string[] _glyphs = [];
    private Ink[] _inks = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Starts a new page, blank.</summary>
    public void Begin(int width, int height, in Ink ink)
    {
        (Width, Height) = (Math.Max(0, width), Math.Max(0, height));
        if (_glyphs.Length < Width * Height)
        {
            _glyphs = new string[Width * Height];
            _inks = new Ink[Width * Height];
        }

        _glyphs.AsSpan(0, Width * Height).Fill(" ");
        _inks.AsSpan(0, Width * Height).Fill(ink);
    }

    public (string Glyph, Ink Ink) this[int x, int y] => (_glyphs[(y * Width) + x], _inks[(y * Width) + x]);

    public void Put(int x, int y, string glyph, in Ink ink)
    {
        if ((uint)x < (uint)Width && (uint)y < (uint)Height)
        {
            _glyphs[(y * Width) + x] = glyph;
            _inks[(y * Width) + x] = ink;
        }
    }

    public void Fill(int x, int y, int count, char glyph, in Ink ink)
    {
        var text = Glyphs.Of(glyph);
        for (var i = Math.Max(0, x); i < Math.Min(Width, x + count); i++)
        {
            Put(i, y, text, ink);
        }
    }

    /// <summary>Writes text from a place to the right and says where it ended.</summary>
    public int Text(int x, int y, ReadOnlySpan<char> text, in Ink ink)
    {
        while (!text.IsEmpty && x < Width)
        {
            var (length, cells) = Glyphs.Next(text);
            if (x + cells > Width)
            {
                // Half a wide character cannot be shown.
                Put(x++, y, " ", ink);
                break;
            }

            Put(x, y, length == 1 ? Glyphs.Of(text[0]) : text[..length].ToString(), ink);
            if (cells == 2)
            {
                Put(x + 1, y, Glyphs.Continuation, ink);
            }

            x += cells;
            text = text[length..];
        }

        return x;
    }

    /// <summary>The page as text, for tests and screen dumps.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var y = 0; y < Height; y++)
        {
            var row = string.Concat(_glyphs.AsSpan(y * Width, Width).ToArray().Where(g => g != Glyphs.Continuation));
            text.Append(row.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
