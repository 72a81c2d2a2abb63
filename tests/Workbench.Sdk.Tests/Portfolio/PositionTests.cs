namespace Workbench.Sdk.Tests.Portfolio;

public sealed class PositionTests
{
    [Theory]
    [InlineData(2, 110, 20)]
    [InlineData(2, 90, -20)]
    [InlineData(-2, 110, -20)]
    [InlineData(-2, 90, 20)]
    public void Position_gains_with_its_side(int net, int mark, int profit) =>
        new Position { Symbol = "BTC/USDT", Net = new NetQuantity(net), AveragePrice = new Price(100) }.UnrealisedPnl(new Price(mark)).ShouldBe(new Amount(profit));

    [Fact]
    public void Position_that_is_flat_gains_nothing() => new Position { Symbol = "BTC/USDT" }.UnrealisedPnl(new Price(1)).ShouldBe(Amount.Zero);
}
