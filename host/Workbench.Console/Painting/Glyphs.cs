using System.Collections.Concurrent;
using System.Globalization;
using Terminal.Gui.Text;

namespace Workbench.Tui.Painting;

/// <summary>One cell's text as a shared string, and how many cells a text takes.</summary>
internal static class Glyphs
{
    /// <summary>What the terminal buffer holds in the second cell of a wide character.</summary>
    public const string Continuation = "\ufffd";

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(i => i is < 32 or 127 ? " " : ((char)i).ToString())];
    private static readonly ConcurrentDictionary<char, string> Others = new();

    /// <summary>The string of a character; a control character is a blank, whatever the caller forgot to clean.</summary>
    public static string Of(char c) => c < 128 ? Ascii[c] : c < 0xA0 ? " " : Others.GetOrAdd(c, static k => k.ToString());

    /// <summary>True for characters that are known to take one cell and to stand alone: ASCII, Latin, arrows, lines and blocks.</summary>
    public static bool IsSimple(char c) => c < 0x300 && c != 0xAD || c is >= '\u2010' and <= '\u2027' or >= '\u2190' and <= '\u21ff' or >= '\u2500' and <= '\u25fc';

    /// <summary>The cluster that starts the text: its length in characters, and in cells.</summary>
    public static (int Length, int Cells) Next(ReadOnlySpan<char> text)
    {
        if (IsSimple(text[0]) && (text.Length == 1 || IsSimple(text[1])))
        {
            return (1, 1);
        }

        var length = StringInfo.GetNextTextElementLength(text);
        return (length, Math.Clamp(text[..length].ToString().GetColumns(), 1, 2));
    }

    /// <summary>How many cells a text takes.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        var cells = 0;
        while (!text.IsEmpty)
        {
            var (length, width) = Next(text);
            cells += width;
            text = text[length..];
        }

        return cells;
    }

    /// <summary>How many characters of a text fit into so many cells.</summary>
    public static int Prefix(ReadOnlySpan<char> text, int cells)
    {
        var at = 0;
        while (at < text.Length)
        {
            var (length, width) = Next(text[at..]);
            cells -= width;
            if (cells < 0)
            {
                break;
            }

            at += length;
        }

        return at;
    }

    /// <summary>The text in at most so many cells; a text that was cut ends in an ellipsis.</summary>
    public static string Fit(string text, int cells) =>
        cells <= 0 ? "" : Prefix(text, cells) == text.Length ? text : string.Concat(text.AsSpan(0, Prefix(text, cells - 1)).TrimEnd(), "…");
}
