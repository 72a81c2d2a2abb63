namespace Workbench.Configuration;

/// <summary>Characters that can make text read differently from what it says: controls, odd line ends, marks that reverse text on screen.</summary>
internal static class HiddenCharacters
{
    /// <summary>True for a character that must not stand in the file, tab and line ends excepted.</summary>
    public static bool IsHidden(char c) => c is not ('\t' or '\n' or '\r') && IsHarmful(c);

    /// <summary>True for a character that must not reach a terminal or a path.</summary>
    public static bool IsHarmful(char c) => c switch
    {
        '\u2028' or '\u2029' or '\uFEFF' => true,
        >= '\u202A' and <= '\u202E' => true,
        >= '\u2066' and <= '\u2069' => true,
        _ => char.IsControl(c),
    };

    /// <summary>The text with a mark in place of every such character.</summary>
    public static string Harmless(string text) => string.Concat(text.Select(c => IsHarmful(c) ? '\uFFFD' : c));
}
