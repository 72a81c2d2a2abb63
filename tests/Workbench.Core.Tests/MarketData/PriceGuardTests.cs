using Workbench.Core.MarketData;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

public sealed class PriceGuardTests
{
    private readonly PriceGuard _guard = new(new PriceCheck(0.2m, TimeSpan.FromSeconds(5)));
    private Timestamp _now = Some.Now;

    [Fact]
    public void E28_One_absurd_print_is_suspect_and_the_next_ordinary_one_is_not()
    {
        Settle(100);
        Accepts(150).ShouldBeFalse();
        _guard.IsSuspect.ShouldBeTrue();
        Accepts(101).ShouldBeTrue();
        _guard.IsSuspect.ShouldBeFalse();
        Accepts(50).ShouldBeFalse();
    }

    [Theory]
    [InlineData(119.9, true)]
    [InlineData(120.1, false)]
    [InlineData(80.1, true)]
    [InlineData(79.9, false)]
    public void E28_Price_is_measured_from_the_median(double price, bool isBelieved)
    {
        Settle(100);
        Accepts((decimal)price).ShouldBe(isBelieved);
    }

    [Fact]
    public void E28_Level_that_stands_for_the_stated_time_is_believed_and_not_a_moment_earlier()
    {
        Settle(100);
        Accepts(150).ShouldBeFalse();
        Pass(4.9);
        Accepts(151).ShouldBeFalse();
        Pass(0.1);
        Accepts(149).ShouldBeTrue("five seconds and three prices");
        Accepts(150).ShouldBeTrue();
        Accepts(100).ShouldBeFalse("now the old level is the absurd one");
    }

    [Fact]
    public void E28_Time_alone_does_not_make_a_single_tick_believed()
    {
        Settle(100);
        Accepts(150).ShouldBeFalse();
        Pass(60);
        Accepts(150).ShouldBeFalse("the second price at that level");
        Accepts(150).ShouldBeTrue("the third");
    }

    [Fact]
    public void E28_Level_that_moves_on_begins_its_time_anew()
    {
        Settle(100);
        Accepts(150).ShouldBeFalse();
        Pass(4);
        Accepts(300).ShouldBeFalse();
        Pass(2);
        Accepts(300).ShouldBeFalse();
        Accepts(300).ShouldBeFalse("two seconds at this level");
    }

    [Fact]
    public void E28_Other_venue_confirms_at_once_and_its_disagreement_forbids_any_confirmation()
    {
        Settle(100);
        Accepts(150, witness: 100).ShouldBeFalse();
        Pass(60);
        Accepts(150, witness: 100).ShouldBeFalse();
        Accepts(150, witness: 100).ShouldBeFalse("the other venue still shows the old price");
        Accepts(150, witness: 148).ShouldBeTrue();
    }

    [Fact]
    public void E28_First_price_ever_is_measured_by_the_other_venue()
    {
        Accepts(150, witness: 100).ShouldBeFalse();
        Accepts(101, witness: 100).ShouldBeTrue();
        _guard.Median.ShouldBe(101);
    }

    [Fact]
    public void E28_Market_that_falls_step_by_step_is_never_suspect()
    {
        var price = 100m;
        for (var i = 0; i < 200; i++)
        {
            Accepts(price).ShouldBeTrue();
            Pass(1);
            price *= 0.995m;
        }
    }

    private void Settle(decimal price)
    {
        for (var i = 0; i < 20; i++)
        {
            Accepts(price).ShouldBeTrue();
            Pass(2);
        }
    }

    private bool Accepts(decimal price, decimal? witness = null) => _guard.IsOrdinary(price, price, _now) || _guard.Accepts(price, price, _now, witness);

    private void Pass(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}
