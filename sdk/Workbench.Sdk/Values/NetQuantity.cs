namespace Workbench.Sdk;

/// <summary>A signed quantity of the base asset: positive is long, negative is short, zero is flat.</summary>
/// <remarks>Immutable and safe on any thread.</remarks>
public readonly record struct NetQuantity(decimal Value) : IComparable<NetQuantity>
{
    /// <summary>No position.</summary>
    public static NetQuantity Flat => default;

    /// <summary>True when there is no position.</summary>
    public bool IsFlat => Value == 0;

    /// <summary>The size without the sign.</summary>
    public Quantity Size => new(Math.Abs(Value));

    /// <summary>The signed effect of trading a quantity: a buy adds, a sell takes away.</summary>
    public static NetQuantity Of(Side side, Quantity quantity) => new(side == Side.Buy ? quantity.Value : -quantity.Value);

    /// <inheritdoc />
    public int CompareTo(NetQuantity other) => Value.CompareTo(other.Value);

    /// <summary>The sum.</summary>
    public static NetQuantity operator +(NetQuantity left, NetQuantity right) => new(left.Value + right.Value);

    /// <summary>The difference.</summary>
    public static NetQuantity operator -(NetQuantity left, NetQuantity right) => new(left.Value - right.Value);

    /// <summary>The quantity as plain decimal text with its sign when negative.</summary>
    public override string ToString() => Numbers.Text(Value);
}
