namespace Workbench.Sdk;

/// <summary>The order id that we choose. Bound once to one order and never used again, even where a venue would allow it.</summary>
public readonly record struct ClientOrderId
{
    private readonly string? _value;

    /// <summary>Creates a client order id.</summary>
    /// <exception cref="ArgumentException">The text is null or empty.</exception>
    public ClientOrderId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The text; empty only in <c>default(ClientOrderId)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}
