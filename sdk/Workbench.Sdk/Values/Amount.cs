namespace Workbench.Sdk;

/// <summary>A signed sum of money, fees, profit or balance; the asset it is counted in stands beside it.</summary>
/// <remarks>Immutable and safe on any thread. Arithmetic is exact and checked.</remarks>
public readonly record struct Amount(decimal Value) : IComparable<Amount>
{
    /// <summary>Nothing.</summary>
    public static Amount Zero => default;

    /// <inheritdoc />
    public int CompareTo(Amount other) => Value.CompareTo(other.Value);

    /// <summary>The sum; both sides must be counted in the same asset.</summary>
    public static Amount operator +(Amount left, Amount right) => new(left.Value + right.Value);

    /// <summary>The difference; both sides must be counted in the same asset.</summary>
    public static Amount operator -(Amount left, Amount right) => new(left.Value - right.Value);

    /// <summary>The opposite amount.</summary>
    public static Amount operator -(Amount amount) => new(-amount.Value);

    /// <summary>True when the left side is less.</summary>
    public static bool operator <(Amount left, Amount right) => left.Value < right.Value;

    /// <summary>True when the left side is more.</summary>
    public static bool operator >(Amount left, Amount right) => left.Value > right.Value;

    /// <summary>True when the left side is less or equal.</summary>
    public static bool operator <=(Amount left, Amount right) => left.Value <= right.Value;

    /// <summary>True when the left side is more or equal.</summary>
    public static bool operator >=(Amount left, Amount right) => left.Value >= right.Value;

    /// <summary>The amount as plain decimal text without trailing zeros.</summary>
    public override string ToString() => Numbers.Text(Value);
}
