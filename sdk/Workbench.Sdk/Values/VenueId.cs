namespace Workbench.Sdk;

/// <summary>A venue by its short lower-case name, such as <c>binance</c>.</summary>
public readonly record struct VenueId
{
    private readonly string? _value;

    /// <summary>Creates a venue.</summary>
    /// <exception cref="ArgumentException">The text is null or empty.</exception>
    public VenueId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The text; empty only in <c>default(VenueId)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}
