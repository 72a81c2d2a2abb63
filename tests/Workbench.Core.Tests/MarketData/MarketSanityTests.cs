using Workbench.Core.MarketData;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

public sealed class MarketSanityTests
{
    private static readonly Quantity One = new(1);
    private static readonly Price Ten = new(10);
    private static readonly Price Huge = new(1_000_000_000_001m);
    private static readonly PriceLevel[] Sound = [new(Ten, One)];

    public static TheoryData<string> Impossible => [.. Cases.Keys];

    private static Dictionary<string, MarketEvent> Cases { get; } = new()
    {
        ["bid zero"] = new Quote("BTC/USDT", default(Price), One, Ten, One, Some.Stamp()),
        ["ask too large"] = new Quote("BTC/USDT", Ten, One, Huge, One, Some.Stamp()),
        ["quantity too large"] = new Quote("BTC/USDT", Ten, new Quantity(decimal.MaxValue), Ten, One, Some.Stamp()),
        ["trade at zero"] = new Trade("BTC/USDT", new TradeId("1"), default, One, Side.Buy, Some.Stamp()),
        ["trade of nothing"] = new Trade("BTC/USDT", new TradeId("1"), Ten, Quantity.Zero, Side.Buy, Some.Stamp()),
        ["book with a level at zero"] = new BookUpdate("BTC/USDT", false, [new PriceLevel(Ten, One), default], Sound, Some.Stamp()),
        ["book with a huge level"] = new BookUpdate("BTC/USDT", false, Sound, [new PriceLevel(Huge, One)], Some.Stamp()),
        ["candle whose high is below its close"] = new Candle("BTC/USDT", TimeSpan.FromMinutes(1), Some.Now, Ten, Ten, Ten, new Price(11), One, true, Some.Stamp()),
        ["candle whose low is above its open"] = new Candle("BTC/USDT", TimeSpan.FromMinutes(1), Some.Now, Ten, new Price(12), new Price(11), new Price(12), One, true, Some.Stamp()),
        ["candle without length"] = new Candle("BTC/USDT", TimeSpan.Zero, Some.Now, Ten, Ten, Ten, Ten, One, true, Some.Stamp()),
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void E27_What_cannot_be_has_a_problem_that_names_its_market(string name) => MarketSanity.Problem(Cases[name]).ShouldNotBeNull().ShouldContain("BTC/USDT");

    [Fact]
    public void E27_What_can_be_has_none()
    {
        MarketSanity.Problem(new Quote("BTC/USDT", Ten, One, null, Quantity.Zero, Some.Stamp())).ShouldBeNull("an empty side is no impossible price");
        MarketSanity.Problem(new BookUpdate("BTC/USDT", false, [new PriceLevel(Ten, Quantity.Zero)], [], Some.Stamp())).ShouldBeNull("a removed level");
        MarketSanity.Problem(new Trade("BTC/USDT", new TradeId("1"), new Price(0.0000000000000000000000000001m), One, Side.Buy, Some.Stamp())).ShouldBeNull("the smallest decimal");
        MarketSanity.Problem(new Candle("BTC/USDT", TimeSpan.FromMinutes(1), Some.Now, Ten, Ten, Ten, Ten, Quantity.Zero, true, Some.Stamp())).ShouldBeNull();
    }
}
