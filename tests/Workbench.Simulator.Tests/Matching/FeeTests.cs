using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;
using static Workbench.Simulator.Tests.Matching.EngineBench;

namespace Workbench.Simulator.Tests.Matching;

public sealed class FeeTests
{
    private const long Day = 86_400_000_000;
    private readonly EngineBench _bench = new();

    [Fact]
    public void Fee_comes_out_of_what_is_received()
    {
        _bench.One.TakerRate = 0.001m;
        _bench.Two.MakerRate = 0.0005m;
        Exchange(10, 100);

        (_bench.One.Balance("A").Total, _bench.Two.Balance("B").Total).ShouldBe((109.99m, 100_999.5m));
        (_bench.Engine.Fees.Balance("A").Total, _bench.Engine.Fees.Balance("B").Total).ShouldBe((0.01m, 0.5m));
    }

    [Fact]
    public void Own_rates_on_a_symbol_go_first()
    {
        _bench.One.TakerRate = 0.001m;
        _bench.One.SetFeeRates("AB", new FeeRates(0, 0.002m));

        Exchange(10, 100).FeeRate.ShouldBe(0.002m);
        _bench.One.SetFeeRates("AB", null);
        Exchange(10, 100).FeeRate.ShouldBe(0.001m);
    }

    [Fact]
    public void Tier_is_what_was_traded_on_the_thirty_days_before_today()
    {
        _bench.Engine.FeeSchedule.Tiers = [new(0, new(0.001m, 0.001m)), new(1000, new(0.0008m, 0.0009m)), new(50_000, new(0, 0.0001m))];
        _bench.One.FollowsFeeTiers = true;
        _bench.Engine.NowMicros = 100 * Day;

        Exchange(20, 100).FeeRate.ShouldBe(0.001m);
        Exchange(1, 100).FeeRate.ShouldBe(0.001m, "today does not count yet");
        _bench.Engine.NowMicros = 101 * Day;
        Exchange(0.1m, 100).FeeRate.ShouldBe(0.0009m);
        _bench.Engine.NowMicros = 130 * Day;
        Exchange(0.1m, 100).FeeRate.ShouldBe(0.0009m, "the thirtieth day");
        _bench.Engine.NowMicros = 131 * Day;
        Exchange(0.1m, 100).FeeRate.ShouldBe(0.001m);
    }

    [Theory]
    [InlineData(false, 100, 100_002)]
    [InlineData(true, 100.02, 100_000)]
    public void Rebate_is_paid_from_the_fee_account_which_alone_may_owe(bool inSpentAsset, double expectedBase, double expectedQuote)
    {
        _bench.Engine.FeeSchedule.RebatesInSpentAsset = inSpentAsset;
        _bench.Two.MakerRate = -0.002m;
        Exchange(10, 100);

        (_bench.Two.Balance("A").Total + 10, _bench.Two.Balance("B").Total - 1000).ShouldBe(((decimal)expectedBase, (decimal)expectedQuote));
        _bench.Engine.Fees.Balance(inSpentAsset ? "A" : "B").Total.ShouldBe(inSpentAsset ? -0.02m : -2m);
    }

    [Fact]
    public void Fee_in_a_third_asset_is_cheaper_and_falls_back_when_there_is_too_little_of_it()
    {
        var other = _bench.Engine.List(new Instrument { Symbol = "NB", BaseAsset = "N", QuoteAsset = "B", TickSize = 1, StepSize = 0.1m, ReferencePrice = 300 });
        _bench.Engine.Print(other, 250, 1, Side.Buy);
        _bench.One.TakerRate = 0.001m;
        _bench.One.FeeDiscount = new FeeDiscount("N", 0.25m);
        _bench.Engine.Deposit(_bench.One, "N", 0.004m);

        var first = Exchange(10, 100);
        var second = Exchange(10, 100);

        (first.Fee, first.FeeAsset).ShouldBe((0.003m, "N"), "1000 × 0.1 % × 0.75 ÷ 250");
        (second.Fee, second.FeeAsset, _bench.One.Balance("N").Total).ShouldBe((0.01m, "A", 0.001m));
    }

    // One buys from Two as a taker; the fill as One sees it.
    private AccountTrade Exchange(decimal quantity, decimal price)
    {
        _bench.Place(_bench.Two, Limit(Side.Sell, quantity, price));
        return _bench.Place(_bench.One, Limit(Side.Buy, quantity, price)).Fills!.ShouldHaveSingleItem();
    }
}
