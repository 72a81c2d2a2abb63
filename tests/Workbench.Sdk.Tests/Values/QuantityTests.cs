namespace Workbench.Sdk.Tests.Values;

public sealed class QuantityTests
{
    [Fact]
    public void Quantity_is_never_negative()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Quantity(-0.1m));
        Should.Throw<ArgumentOutOfRangeException>(() => new Quantity(1) - new Quantity(2));
        (new Quantity(2) - new Quantity(2)).IsZero.ShouldBeTrue();
    }

    [Fact]
    public void Quantity_adds_and_compares()
    {
        var (low, high) = (new Quantity(0.1m), new Quantity(0.2m));
        (low + high).ShouldBe(new Quantity(0.3m));
        (low < high, low <= high, high > low, high >= low).ShouldBe((true, true, true, true));
        low.CompareTo(high).ShouldBeNegative();
        Quantity.Zero.ShouldBe(default);
    }

    [Theory]
    [InlineData("1.2345", "0.01", "1.23")]
    [InlineData("1.239999999", "0.01", "1.23")]
    [InlineData("0.009", "0.01", "0")]
    [InlineData("10", "3", "9")]
    [InlineData("5", "0", "5")]
    [InlineData("0.00001", "0.00001", "0.00001")]
    public void Quantity_is_only_rounded_down(string quantity, string step, string expected) =>
        Quantity.Parse(quantity).RoundDownTo(Quantity.Parse(step).Value).ToString().ShouldBe(expected);

    [Fact]
    public void Quantity_takes_no_negative_step() => Should.Throw<ArgumentOutOfRangeException>(() => new Quantity(1).RoundDownTo(-1));

    [Theory]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("1e3")]
    [InlineData("+1")]
    public void Quantity_of_text_that_is_none_is_refused_with_the_text_named(string text) =>
        Should.Throw<FormatException>(() => Quantity.Parse(text)).Message.ShouldContain($"'{text}'");

    [Fact]
    public void Quantity_of_zero_can_be_read() => Quantity.Parse("0").ShouldBe(Quantity.Zero);
}
