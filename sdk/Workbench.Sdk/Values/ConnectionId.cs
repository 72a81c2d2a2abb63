namespace Workbench.Sdk;

/// <summary>A connection by its name in the configuration, such as <c>binance</c>. Two connections may lead to one venue.</summary>
public readonly record struct ConnectionId
{
    private readonly string? _value;

    /// <summary>Creates a connection.</summary>
    /// <exception cref="ArgumentException">The text is null or empty.</exception>
    public ConnectionId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The text; empty only in <c>default(ConnectionId)</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}
