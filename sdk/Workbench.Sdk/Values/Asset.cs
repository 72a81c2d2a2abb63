namespace Workbench.Sdk;

/// <summary>A currency or token by its usual code, such as <c>BTC</c> or <c>USDT</c>. Compared ordinally.</summary>
public readonly record struct Asset
{
    internal const int MaxLength = 32;

    private readonly string? _code;

    /// <summary>Creates an asset from its code.</summary>
    /// <param name="code">One to 32 characters without blanks, slashes or control characters; kept as given.</param>
    /// <exception cref="ArgumentException">The code is empty, too long or holds a forbidden character.</exception>
    public Asset(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        if (code.Length > MaxLength || code.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '/'))
        {
            throw new ArgumentException($"'{code}' is not an asset code.", nameof(code));
        }

        _code = code;
    }

    /// <summary>The code; empty only in <c>default(Asset)</c>.</summary>
    public string Code => _code ?? "";

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
