namespace Workbench.Configuration.Schema;

/// <summary>Canonical symbols, <c>BTC/USDT</c>, and asset codes.</summary>
internal static class SymbolText
{
    /// <summary>Stands for every symbol in a route.</summary>
    public const string All = "*";

    public static bool IsAsset(string text) => text.Length is > 0 and <= 32 && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    public static Parsed<string> Parse(string text)
    {
        if (IsSymbol(text))
        {
            return Parsed<string>.Ok(text);
        }

        var upper = text.ToUpperInvariant().Replace('-', '/').Replace('_', '/');
        return Parsed<string>.Bad("is not a symbol such as BTC/USDT", IsSymbol(upper) ? upper : null);
    }

    public static Parsed<string> ParseOrAll(string text) => text == All ? Parsed<string>.Ok(text) : Parse(text);

    private static bool IsSymbol(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IsAsset(text[..slash]) && IsAsset(text[(slash + 1)..]);
    }
}
