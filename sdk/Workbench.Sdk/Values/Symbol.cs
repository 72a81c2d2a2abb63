using System.Diagnostics.CodeAnalysis;

namespace Workbench.Sdk;

/// <summary>A market by its canonical name, base and quote separated by a slash: <c>BTC/USDT</c>. Connectors map it to their venue's own name through their instruments.</summary>
/// <remarks>Immutable and safe on any thread. Compared ordinally.</remarks>
public readonly struct Symbol : IEquatable<Symbol>, IComparable<Symbol>
{
    private readonly string? _text;
    private readonly int _slash;

    /// <summary>Creates a symbol from its two assets.</summary>
    /// <exception cref="ArgumentException">One of them is <c>default(Asset)</c>.</exception>
    public Symbol(Asset @base, Asset quote)
    {
        ArgumentException.ThrowIfNullOrEmpty(@base.Code, nameof(@base));
        ArgumentException.ThrowIfNullOrEmpty(quote.Code, nameof(quote));
        _text = $"{@base.Code}/{quote.Code}";
        _slash = @base.Code.Length;
    }

    private Symbol(string text, int slash)
    {
        _text = text;
        _slash = slash;
    }

    /// <summary>What is bought and sold.</summary>
    public Asset Base => _text is null ? default : new Asset(_text[.._slash]);

    /// <summary>What it is paid in.</summary>
    public Asset Quote => _text is null ? default : new Asset(_text[(_slash + 1)..]);

    /// <summary>Reads a canonical name such as <c>BTC/USDT</c>.</summary>
    /// <exception cref="FormatException">The text is not two asset codes with one slash between them.</exception>
    public static Symbol Parse(string text) =>
        TryParse(text, out var symbol) ? symbol : throw new FormatException($"'{text}' is not a symbol: expected BASE/QUOTE such as BTC/USDT.");

    /// <summary>Reads a canonical name such as <c>BTC/USDT</c>; false when it is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Symbol symbol)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        var ok = slash is > 0 and <= Asset.MaxLength && text!.Length - slash - 1 is > 0 and <= Asset.MaxLength && text.IndexOf('/', slash + 1) < 0 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        symbol = ok ? new Symbol(text!, slash) : default;
        return ok;
    }

    /// <summary>Lets a script write <c>"BTC/USDT"</c> where a symbol is asked for.</summary>
    /// <exception cref="FormatException">The text is not a canonical name.</exception>
    public static implicit operator Symbol(string text) => Parse(text);

    /// <inheritdoc />
    public bool Equals(Symbol other) => ReferenceEquals(_text, other._text) || string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Symbol other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _text is null ? 0 : string.GetHashCode(_text, StringComparison.Ordinal);

    /// <inheritdoc />
    public int CompareTo(Symbol other) => string.CompareOrdinal(_text, other._text);

    /// <summary>True when both name the same market.</summary>
    public static bool operator ==(Symbol left, Symbol right) => left.Equals(right);

    /// <summary>True when they name different markets.</summary>
    public static bool operator !=(Symbol left, Symbol right) => !left.Equals(right);

    /// <summary>The canonical name; empty only in <c>default(Symbol)</c>.</summary>
    public override string ToString() => _text ?? "";
}
