using System.Buffers.Text;
using System.Globalization;

namespace Workbench.Sdk;

/// <summary>Decimal text as venues write it: invariant culture, no exponent, no thousands separators, no rounding.</summary>
/// <remarks>All members are pure and safe on any thread.</remarks>
public static class Numbers
{
    private const int MaxFastDigits = 18;

    /// <summary>Plain decimal text without trailing zeros, never with an exponent.</summary>
    public static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Writes plain decimal text without trailing zeros as UTF-8.</summary>
    /// <returns>The number of bytes written; 31 bytes are always enough.</returns>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    public static int Write(decimal value, Span<byte> destination) =>
        value.TryFormat(destination, out var written, "0.############################", CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException("The destination is too small for the number.", nameof(destination));

    /// <summary>Reads plain decimal text. Exponents, signs other than a leading minus, and blanks are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads plain decimal text from UTF-8 without allocating. Trailing zeros do not survive: <c>1.500</c> reads as <c>1.5</c>.</summary>
    /// <returns>False when the text is empty, holds anything but digits, one point and a leading minus, or does not fit a decimal exactly.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out decimal value)
    {
        value = 0;
        var negative = utf8.Length > 0 && utf8[0] == (byte)'-';
        var digits = negative ? utf8[1..] : utf8;
        if (digits.IsEmpty)
        {
            return false;
        }

        digits = WithoutTrailingZeros(digits);
        return digits.Length <= MaxFastDigits ? TryParseShort(digits, negative, out value) : TryParseLong(utf8, out value);
    }

    private static ReadOnlySpan<byte> WithoutTrailingZeros(ReadOnlySpan<byte> digits) =>
        digits.Contains((byte)'.') ? digits.TrimEnd((byte)'0') : digits;

    private static bool TryParseShort(ReadOnlySpan<byte> digits, bool negative, out decimal value)
    {
        ulong mantissa = 0;
        var scale = -1;
        var seen = 0;
        value = 0;
        foreach (var b in digits)
        {
            // A point lies below '0': the wrapped difference is then large, and no digit.
            var digit = unchecked((uint)(b - '0'));
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                seen++;
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
        return seen > 0;
    }

    private static bool TryParseLong(ReadOnlySpan<byte> utf8, out decimal value)
    {
        // Rare: more digits than a ulong mantissa takes. The framework's parser rounds past 28 digits, so what it read must print the same.
        value = 0;
        if (utf8.ContainsAnyExcept("-.0123456789"u8) || !Utf8Parser.TryParse(utf8, out decimal read, out var used) || used != utf8.Length)
        {
            return false;
        }

        Span<byte> again = stackalloc byte[40];
        var trimmed = WithoutTrailingZeros(utf8).TrimEnd((byte)'.');
        var length = Write(read, again);
        value = read;
        return again[..length].SequenceEqual(trimmed.TrimStart((byte)'0')) || again[..length].SequenceEqual(trimmed);
    }
}
