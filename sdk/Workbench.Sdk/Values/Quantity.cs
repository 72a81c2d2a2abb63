namespace Workbench.Sdk;

/// <summary>How much of the base asset. Never negative; the direction is a <see cref="Side"/>.</summary>
/// <remarks>Immutable and safe on any thread.</remarks>
public readonly record struct Quantity : IComparable<Quantity>
{
    /// <summary>Creates a quantity.</summary>
    /// <param name="value">Units of the base asset; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public Quantity(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
    }

    /// <summary>Nothing.</summary>
    public static Quantity Zero => default;

    /// <summary>Units of the base asset; zero or more.</summary>
    public decimal Value { get; }

    /// <summary>True when there is nothing.</summary>
    public bool IsZero => Value == 0;

    /// <summary>The largest multiple of <paramref name="step"/> that is not more than this quantity. Quantities are only ever rounded down.</summary>
    /// <param name="step">Units of the base asset; zero leaves the quantity as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public Quantity RoundDownTo(decimal step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return step == 0 ? this : new Quantity(Value - (Value % step));
    }

    /// <inheritdoc />
    public int CompareTo(Quantity other) => Value.CompareTo(other.Value);

    /// <summary>The sum.</summary>
    public static Quantity operator +(Quantity left, Quantity right) => new(left.Value + right.Value);

    /// <summary>The difference.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The right side is larger: a quantity is never negative.</exception>
    public static Quantity operator -(Quantity left, Quantity right) => new(left.Value - right.Value);

    /// <summary>True when the left side is less.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Value < right.Value;

    /// <summary>True when the left side is more.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Value > right.Value;

    /// <summary>True when the left side is less or equal.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Value <= right.Value;

    /// <summary>True when the left side is more or equal.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Value >= right.Value;

    /// <summary>The quantity as plain decimal text without trailing zeros, never with an exponent.</summary>
    public override string ToString() => Numbers.Text(Value);

    /// <summary>Reads plain decimal text such as <c>0.001</c>; invariant culture, no exponent.</summary>
    /// <exception cref="FormatException">The text is not a decimal number of zero or more.</exception>
    public static Quantity Parse(string text) =>
        Numbers.TryParse(text, out var value) && value >= 0 ? new Quantity(value) : throw new FormatException($"'{text}' is not a quantity: expected a decimal number such as 0.001.");
}
