using System.Globalization;
using System.Text;

namespace Workbench.Tui.Text;

/// <summary>Makes text from venues, files and scripts harmless for a terminal: no control or escape characters, nothing that reorders or hides other text, bounded length.</summary>
internal static class SafeText
{
    /// <summary>Length in characters unless the caller says otherwise; more than any cell of the screen shows.</summary>
    public const int DefaultMaximum = 512;

    private const char Stand = '·';
    private const int MaximumMarks = 2;

    /// <summary>The text with every dangerous character replaced; the same instance when there was none.</summary>
    public static string Of(string? text, int maximum = DefaultMaximum)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        return text.Length <= maximum && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? text : Clean(text, maximum);
    }

    private static string Clean(string text, int maximum)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maximum));
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark ? marks + 1 : 0;
            if (clean.Length + 2 > maximum)
            {
                return clean.Append('…').ToString();
            }

            Append(clean, rune, category, marks);
        }

        return clean.ToString();
    }

    private static void Append(StringBuilder clean, Rune rune, UnicodeCategory category, int marks)
    {
        if (rune.Value is '\n' or '\r' or '\t' || category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        {
            clean.Append(' ');
        }
        else if (IsDangerous(rune, category))
        {
            // One mark for a run of them: it shows that something was there without filling the line.
            _ = clean.Length > 0 && clean[^1] == Stand ? clean : clean.Append(Stand);
        }
        else if (marks <= MaximumMarks)
        {
            clean.Append(rune.ToString());
        }
    }

    private static bool IsDangerous(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune.Value is 0xFFFD or 0xFFFC // the replacement character: the terminal buffer uses it for the second half of a wide one
        || rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF // variation selectors change the width after it was measured
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 // fillers: letters that show nothing
        || IsRightToLeft(rune.Value);

    // A terminal that reorders such letters takes the digits beside them along.
    private static bool IsRightToLeft(int value) =>
        value is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF or >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;
}
