using System.Buffers;
using System.Globalization;
using System.Text;
using Workbench.Configuration;

namespace Workbench.Logging;

/// <summary>Makes text safe to show: what a venue or a script says must not start a new log line, move the cursor or reverse what is read.</summary>
internal static class LogText
{
    /// <summary>The longest line that is shown; the file has it all.</summary>
    public const int MaxLength = 2000;

    /// <summary>The text on one line, with control characters written out.</summary>
    public static string Escape(string text)
    {
        var shown = text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength), "…") : text;
        return shown.AsSpan().IndexOfAnyExcept(Plain) < 0 ? shown : WriteOut(shown);
    }

    // Nearly every line is plain ASCII and passes without a copy.
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    private static string WriteOut(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => safe.Append("\\n"),
                '\r' => safe.Append("\\r"),
                '\t' => safe.Append("\\t"),
                _ when HiddenCharacters.IsHarmful(c) || char.IsSurrogate(c) && !IsPaired(text, c) => safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => safe.Append(c),
            };
        }

        return safe.ToString();
    }

    // Cutting may leave half a character at the end.
    private static bool IsPaired(string text, char c) => !(char.IsHighSurrogate(c) && text.EndsWith($"{c}…", StringComparison.Ordinal));
}
