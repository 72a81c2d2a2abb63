namespace Workbench.Sdk;

/// <summary>The price of one unit of the base asset, in units of the quote asset. Always greater than zero.</summary>
/// <remarks>A price never converts to or from a <see cref="Quantity"/>, so swapping the two does not compile. Immutable and safe on any thread.</remarks>
public readonly record struct Price : IComparable<Price>
{
    /// <summary>Creates a price.</summary>
    /// <param name="value">Units of the quote asset for one unit of the base asset; greater than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public Price(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        Value = value;
    }

    /// <summary>Units of the quote asset for one unit of the base asset. Zero only in <c>default(Price)</c>, which stands for "no price".</summary>
    public decimal Value { get; }

    /// <summary>Creates a price where the number may be anything a venue can send.</summary>
    /// <returns>False, and no price, when the number is zero or negative.</returns>
    public static bool TryCreate(decimal value, out Price price)
    {
        price = value > 0 ? new Price(value) : default;
        return value > 0;
    }

    /// <inheritdoc />
    public int CompareTo(Price other) => Value.CompareTo(other.Value);

    /// <summary>True when the left price is lower.</summary>
    public static bool operator <(Price left, Price right) => left.Value < right.Value;

    /// <summary>True when the left price is higher.</summary>
    public static bool operator >(Price left, Price right) => left.Value > right.Value;

    /// <summary>True when the left price is lower or equal.</summary>
    public static bool operator <=(Price left, Price right) => left.Value <= right.Value;

    /// <summary>True when the left price is higher or equal.</summary>
    public static bool operator >=(Price left, Price right) => left.Value >= right.Value;

    /// <summary>What a quantity costs at this price, in units of the quote asset.</summary>
    public static Amount operator *(Price price, Quantity quantity) => new(price.Value * quantity.Value);

    /// <summary>The price as plain decimal text without trailing zeros, never with an exponent.</summary>
    public override string ToString() => Numbers.Text(Value);

    /// <summary>Reads plain decimal text such as <c>61837.63</c>; invariant culture, no exponent.</summary>
    /// <exception cref="FormatException">The text is not a positive decimal number.</exception>
    public static Price Parse(string text) =>
        Numbers.TryParse(text, out var value) && value > 0 ? new Price(value) : throw new FormatException($"'{text}' is not a price: expected a positive decimal number such as 61837.63.");
}
