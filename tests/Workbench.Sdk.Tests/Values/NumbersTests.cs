using System.Globalization;
using System.Numerics;
using System.Text;

namespace Workbench.Sdk.Tests.Values;

public sealed class NumbersTests
{
    private static readonly BigInteger LargestMantissa = new(decimal.MaxValue);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.000", "0")]
    [InlineData("1.", "1")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("1.500", "1.5")]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("100", "100")]
    [InlineData("61837.63000000", "61837.63")]
    [InlineData("007", "7")]
    [InlineData("999999999999999999", "999999999999999999")]
    [InlineData("9999999999999999999", "9999999999999999999")]
    [InlineData("18446744073709551616", "18446744073709551616")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335", "-79228162514264337593543950335")]
    [InlineData("-7.9228162514264337593543950335", "-7.9228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("1.50000000000000000000000000000000000000000000", "1.5")]
    [InlineData("0000000000000000000000000000000000000000.25", "0.25")]
    [InlineData("-00000000000000000000001", "-1")]
    [InlineData(".1234567890123456789", "0.1234567890123456789")]
    [InlineData("00000000000000000000", "0")]
    public void Number_in_plain_text_is_read_exactly(string text, string expected)
    {
        Read(text).ShouldBe(decimal.Parse(expected, CultureInfo.InvariantCulture));
        Numbers.Text(Read(text)!.Value).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData("1e5")]
    [InlineData("1E-8")]
    [InlineData("1,5")]
    [InlineData("1,000.5")]
    [InlineData("1.2.3")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\0")]
    [InlineData("1\n")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("١٢")]
    [InlineData("１")]
    [InlineData("null")]
    [InlineData("12345678901234567890x")]
    [InlineData("12345678901234567890-")]
    [InlineData("1234567890.1234567890.1")]
    [InlineData("12345678901234567890e1")]
    public void Text_that_is_no_plain_number_is_refused(string text) => Read(text).ShouldBeNull();

    [Theory]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1234567890123456789012345678901")]
    [InlineData("0.12345678901234567890123456789")]
    [InlineData("1234567890.123456789012345678901")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("0.99999999999999999999999999999")]
    [InlineData("7.9228162514264337593543950336")]
    public void Number_that_a_decimal_cannot_hold_exactly_is_refused_and_never_rounded(string text) => Read(text).ShouldBeNull();

    [Theory]
    [InlineData(1)]
    [InlineData(20_240_808)]
    [InlineData(77)]
    public void Number_of_random_text_is_exact_or_refused(int seed)
    {
        var random = Seeds.New(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = RandomText(random);
            Read(text).ShouldBe(Exact(text), $"seed {seed}: '{text}'");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Number_of_up_to_28_digits_is_what_the_framework_reads(int seed)
    {
        var random = Seeds.New(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = RandomText(random, 28);
            Read(text).ShouldBe(decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture), $"seed {seed}: '{text}'");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Junk_is_refused_or_is_a_number(int seed)
    {
        var random = Seeds.New(seed);
        const string Letters = "0123456789.-+eE, \0x٣";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => Letters[random.Next(random.Next(8) == 0 ? Letters.Length : 12)]));
            Read(text).ShouldBe(Exact(text), $"seed {seed}: '{text}'");
        }
    }

    [Theory]
    [InlineData(6)]
    public void Number_written_is_the_number_read(int seed)
    {
        var random = Seeds.New(seed);
        Span<byte> bytes = stackalloc byte[31];
        for (var i = 0; i < 20_000; i++)
        {
            var value = new decimal(random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue), random.Next(2) == 0, (byte)random.Next(29));
            var length = Numbers.Write(value, bytes);
            Encoding.ASCII.GetString(bytes[..length]).ShouldBe(Numbers.Text(value));
            Read(Numbers.Text(value)).ShouldBe(value, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("1.500", "1.5")]
    [InlineData("1E+3", "1000")]
    [InlineData("0.0000000", "0")]
    [InlineData("-0.10", "-0.1")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Number_is_written_without_exponent_and_trailing_zeros(string value, string expected) =>
        Numbers.Text(decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture)).ShouldBe(expected);

    [Fact]
    public void Number_that_is_refused_leaves_zero()
    {
        Numbers.TryParse("1234567890.123456789012345678901"u8, out var value).ShouldBeFalse();
        value.ShouldBe(0);
        Numbers.TryParse("123x", out value).ShouldBeFalse();
        value.ShouldBe(0);
    }

    [Fact]
    public void Number_of_endless_text_is_refused() => Numbers.TryParse(new string('0', 1_000_000), out _).ShouldBeFalse();

    [Fact]
    public void Number_that_does_not_fit_its_destination_is_an_error() => Should.Throw<ArgumentException>(() => Numbers.Write(12345, new byte[4]));

    [Fact]
    public void Number_is_read_from_bytes_without_allocating()
    {
        Numbers.TryParse("61837.63000000"u8, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var ok = Numbers.TryParse("61837.63000000"u8, out _) & Numbers.TryParse("12345678901234567890.12345"u8, out _);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        ok.ShouldBeTrue();
    }

    /// <summary>Reads through both overloads, which must agree.</summary>
    private static decimal? Read(string text)
    {
        decimal? fromChars = Numbers.TryParse(text, out var a) ? a : null;
        decimal? fromBytes = Numbers.TryParse(Encoding.UTF8.GetBytes(text), out var b) ? b : null;
        fromBytes.ShouldBe(fromChars, $"'{text}'");
        return fromBytes;
    }

    private static string RandomText(Random random, int maxDigits = 34)
    {
        var digits = string.Concat(Enumerable.Range(0, random.Next(1, maxDigits + 1)).Select(_ => (char)('0' + (random.Next(3) == 0 ? 0 : random.Next(10)))));
        var text = random.Next(4) == 0 ? digits : digits.Insert(random.Next(digits.Length + 1), ".");
        return random.Next(3) == 0 ? "-" + text : text;
    }

    /// <summary>The slow and certain way: whole numbers without bounds.</summary>
    private static decimal? Exact(string text)
    {
        var negative = text.StartsWith('-');
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : digits.Length - point - 1;
        digits = point < 0 ? digits : digits.Remove(point, 1);
        if (digits.Length == 0 || digits.Any(c => c is < '0' or > '9'))
        {
            return null;
        }

        var mantissa = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        for (; scale > 0 && mantissa % 10 == 0; scale--)
        {
            mantissa /= 10;
        }

        if (mantissa > LargestMantissa || scale > 28)
        {
            return null;
        }

        var bits = decimal.GetBits((decimal)mantissa);
        return new decimal(bits[0], bits[1], bits[2], negative, (byte)scale);
    }
}
