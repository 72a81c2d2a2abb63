namespace Workbench.Configuration.Schema;

/// <summary>Addresses, and the user:password part that must never be in one.</summary>
internal static class UrlText
{
    private static readonly string[] Schemes = ["http", "https", "ws", "wss"];

    public const string Range = "http, https, ws or wss";

    public static Parsed<Uri> Parse(string text)
    {
        if (HasCredentials(text))
        {
            return Parsed<Uri>.Bad("has a user or password in it; credentials come from the environment");
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme, StringComparer.Ordinal) && uri.Host.Length > 0
            ? Parsed<Uri>.Ok(uri)
            : Parsed<Uri>.Bad("is not an address such as https://api.example.com or wss://stream.example.com:9443");
    }

    /// <summary>True for <c>scheme://user:password@host</c>.</summary>
    public static bool HasCredentials(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return false;
        }

        var authority = text.AsSpan(start + 3);
        var end = authority.IndexOfAny('/', '?', '#');
        return (end < 0 ? authority : authority[..end]).Contains('@');
    }
}
