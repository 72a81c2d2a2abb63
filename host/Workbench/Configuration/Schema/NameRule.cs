namespace Workbench.Configuration.Schema;

/// <summary>What a name the user chooses may look like. None allows a dot, so that paths stay readable.</summary>
internal sealed record NameRule(string Noun, string Rule, Func<string, bool> Accepts)
{
    /// <summary>Names of connections, routes, venues and strategies.</summary>
    public static NameRule Named(string noun) => new(
        $"{noun} name",
        $"a {noun} name: small letters, digits, - and _, beginning with a letter, 32 at most",
        n => n.Length is > 0 and <= 32 && char.IsAsciiLetterLower(n[0]) && n.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'));

    /// <summary>Names a plugin gives to its own settings.</summary>
    public static readonly NameRule Setting = new(
        "setting",
        "a setting name: letters, digits, - and _",
        n => n.Length is > 0 and <= 64 && n.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    /// <summary>Codes of currencies and tokens.</summary>
    public static readonly NameRule Asset = new("asset", "an asset code such as BTC: capital letters and digits", SymbolText.IsAsset);
}
