namespace Workbench.Sdk;

/// <summary>The venue's id of one execution, unique per venue and symbol; fills are applied once by it.</summary>
public readonly record struct TradeId
{
    private readonly string? _value;

    /// <summary>Creates a trade id.</summary>
    /// <exception cref="ArgumentException">The text is null or empty.</exception>
    public TradeId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The text; empty only in <c>default(TradeId)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}
