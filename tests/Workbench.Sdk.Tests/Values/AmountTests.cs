namespace Workbench.Sdk.Tests.Values;

public sealed class AmountTests
{
    [Fact]
    public void Amount_adds_subtracts_and_negates()
    {
        var (a, b) = (new Amount(1.5m), new Amount(-2));
        (a + b, a - b, -a).ShouldBe((new Amount(-0.5m), new Amount(3.5m), new Amount(-1.5m)));
        Amount.Zero.ShouldBe(default);
    }

    [Fact]
    public void Amount_compares()
    {
        var (low, high) = (new Amount(-1), new Amount(1));
        (low < high, low <= high, high > low, high >= low, low.CompareTo(high) < 0).ShouldBe((true, true, true, true, true));
    }

    [Fact]
    public void Amount_is_written_plainly() => new Amount(-0.00000010m).ToString().ShouldBe("-0.0000001");

    [Fact]
    public void Net_quantity_of_a_side_has_its_sign()
    {
        NetQuantity.Of(Side.Buy, new Quantity(2)).ShouldBe(new NetQuantity(2));
        NetQuantity.Of(Side.Sell, new Quantity(2)).ShouldBe(new NetQuantity(-2));
        NetQuantity.Of(Side.Sell, new Quantity(2)).Size.ShouldBe(new Quantity(2));
    }

    [Fact]
    public void Net_quantity_that_cancels_out_is_flat()
    {
        (NetQuantity.Of(Side.Buy, new Quantity(2)) + NetQuantity.Of(Side.Sell, new Quantity(2))).IsFlat.ShouldBeTrue();
        (new NetQuantity(1) - new NetQuantity(3)).ShouldBe(new NetQuantity(-2));
        NetQuantity.Flat.IsFlat.ShouldBeTrue();
        new NetQuantity(-1).CompareTo(NetQuantity.Flat).ShouldBeNegative();
        new NetQuantity(-1.50m).ToString().ShouldBe("-1.5");
    }
}
