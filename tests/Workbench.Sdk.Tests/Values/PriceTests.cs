namespace Workbench.Sdk.Tests.Values;

public sealed class PriceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Price_that_is_not_positive_does_not_exist(int value)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Price(value));
        Price.TryCreate(value, out var price).ShouldBeFalse();
        price.ShouldBe(default);
    }

    [Fact]
    public void Price_that_is_positive_is_created()
    {
        Price.TryCreate(0.00000001m, out var price).ShouldBeTrue();
        price.ShouldBe(new Price(0.00000001m));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("abc")]
    public void Price_of_text_that_is_none_is_refused_with_the_text_named(string text) =>
        Should.Throw<FormatException>(() => Price.Parse(text)).Message.ShouldContain($"'{text}'");

    [Fact]
    public void Price_compares_by_value_whatever_its_trailing_zeros()
    {
        var (low, high) = (new Price(1), new Price(2));
        (low < high, low <= high, high > low, high >= low, low > high, low >= high).ShouldBe((true, true, true, true, false, false));
        (new Price(1.0m) == new Price(1.00m)).ShouldBeTrue();
        new Price(1.0m).GetHashCode().ShouldBe(new Price(1.00m).GetHashCode());
        low.CompareTo(high).ShouldBeNegative();
        new[] { high, low }.Order().ShouldBe([low, high]);
    }

    [Fact]
    public void Price_times_quantity_is_an_amount() => (new Price(61837.63m) * new Quantity(0.001m)).ShouldBe(new Amount(61.83763m));

    [Fact]
    public void Price_times_quantity_too_large_for_a_decimal_throws_and_does_not_wrap() =>
        Should.Throw<OverflowException>(() => new Price(decimal.MaxValue) * new Quantity(2));

    [Fact]
    public void Price_reads_back_what_it_writes() => Price.Parse(new Price(61837.630m).ToString()).ToString().ShouldBe("61837.63");
}
