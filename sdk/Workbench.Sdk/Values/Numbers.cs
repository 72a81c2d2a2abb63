using System.Buffers;
using System.Globalization;
using System.Text;

namespace Workbench.Sdk;

/// <summary>Decimal text as venues write it: invariant culture, no exponent, no thousands separators, no rounding.</summary>
/// <remarks>All members are pure and safe on any thread.</remarks>
public static class Numbers
{
    private const int MaxFastDigits = 18;
    private const int MaxScale = 28;
    private const int MaxTextLength = 128;

    private static readonly UInt128 MaxMantissa = new(uint.MaxValue, ulong.MaxValue);

    /// <summary>Plain decimal text without trailing zeros, never with an exponent.</summary>
    public static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Writes plain decimal text without trailing zeros as UTF-8.</summary>
    /// <returns>The number of bytes written; 31 bytes are always enough.</returns>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    public static int Write(decimal value, Span<byte> destination) =>
        value.TryFormat(destination, out var written, "0.############################", CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException("The destination is too small for the number.", nameof(destination));

    /// <summary>Reads plain decimal text. Exponents, signs other than a leading minus, and blanks are refused. Trailing zeros do not survive.</summary>
    /// <returns>False when the text is empty, longer than 128 characters, no plain decimal number, or does not fit a decimal exactly.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        // The framework's own parser takes a plus sign and trailing nulls, and rounds what has too many digits.
        Span<byte> utf8 = stackalloc byte[MaxTextLength];
        value = 0;
        return text.Length <= MaxTextLength
            && Ascii.FromUtf16(text, utf8, out var length) == OperationStatus.Done
            && TryParse(utf8[..length], out value);
    }

    /// <summary>Reads plain decimal text from UTF-8 without allocating. Trailing zeros do not survive: <c>1.500</c> reads as <c>1.5</c>.</summary>
    /// <returns>False when the text is empty, holds anything but digits, one point and a leading minus, or does not fit a decimal exactly.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out decimal value)
    {
        value = 0;
        var negative = utf8.Length > 0 && utf8[0] == (byte)'-';
        var digits = negative ? utf8[1..] : utf8;
        if (digits.IsEmpty || digits is [(byte)'.'])
        {
            return false;
        }

        digits = WithoutTrailingZeros(digits);
        return digits.Length <= MaxFastDigits ? TryParseShort(digits, negative, out value) : TryParseLong(digits, negative, out value);
    }

    private static ReadOnlySpan<byte> WithoutTrailingZeros(ReadOnlySpan<byte> digits) =>
        digits.Contains((byte)'.') ? digits.TrimEnd((byte)'0') : digits;

    private static bool TryParseShort(ReadOnlySpan<byte> digits, bool negative, out decimal value)
    {
        ulong mantissa = 0;
        var scale = -1;
        value = 0;
        foreach (var b in digits)
        {
            // A point lies below '0': the wrapped difference is then large, and no digit.
            var digit = unchecked((uint)(b - '0'));
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                scale += scale >= 0 ? 1 : 0;
            }
            else if (b == '.' && scale < 0)
            {
                scale = 0;
            }
            else
            {
                return false;
            }
        }

        value = new decimal(unchecked((int)(uint)mantissa), unchecked((int)(uint)(mantissa >> 32)), 0, negative && mantissa != 0, (byte)Math.Max(scale, 0));
        return true;
    }

    private static bool TryParseLong(ReadOnlySpan<byte> digits, bool negative, out decimal value)
    {
        // Rare: more digits than a ulong mantissa takes. Whatever would have to be rounded is refused.
        UInt128 mantissa = 0;
        var scale = -1;
        value = 0;
        foreach (var b in digits)
        {
            var digit = unchecked((uint)(b - '0'));
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                scale += scale >= 0 ? 1 : 0;
            }
            else if (b == '.' && scale < 0)
            {
                scale = 0;
            }
            else
            {
                return false;
            }

            if (mantissa > MaxMantissa || scale > MaxScale)
            {
                return false;
            }
        }

        var (low, high) = unchecked(((ulong)mantissa, (int)(uint)(mantissa >> 64)));
        value = new decimal(unchecked((int)(uint)low), unchecked((int)(uint)(low >> 32)), high, negative && mantissa != 0, (byte)Math.Max(scale, 0));
        return true;
    }
}
