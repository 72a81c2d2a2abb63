namespace Workbench.Sdk;

/// <summary>The order id that the venue chose; opaque.</summary>
public readonly record struct VenueOrderId
{
    private readonly string? _value;

    /// <summary>Creates a venue order id.</summary>
    /// <exception cref="ArgumentException">The text is null or empty.</exception>
    public VenueOrderId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The text; empty only in <c>default(VenueOrderId)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}
