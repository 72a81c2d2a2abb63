using Workbench.Simulator.Matching;
using static Workbench.Simulator.Tests.Matching.EngineBench;

namespace Workbench.Simulator.Tests.Matching;

public sealed class IcebergTests
{
    private readonly EngineBench _bench = new();

    [Fact]
    public void Book_shows_a_part_and_the_next_part_comes_behind_everybody_else()
    {
        var iceberg = _bench.Place(_bench.One, Limit(Side.Sell, 10, 100) with { DisplayQuantity = 2 });
        var plain = _bench.Place(_bench.Two, Limit(Side.Sell, 3, 100));
        _bench.Book.Asks.Best!.Quantity.ShouldBe(5);

        _bench.Place(_bench.Three, Market(Side.Buy, 3));

        (iceberg.Executed, plain.Executed, _bench.Book.Asks.Best.Quantity).ShouldBe((2m, 1m, 4m));
        _bench.Place(_bench.Three, Market(Side.Buy, 3));
        (iceberg.Executed, plain.Executed).ShouldBe((3m, 3m));
    }

    [Fact]
    public void Large_taker_gets_all_of_it_at_the_price()
    {
        var iceberg = _bench.Place(_bench.One, Limit(Side.Sell, 10, 100) with { DisplayQuantity = 2 });

        var taker = _bench.Place(_bench.Three, Limit(Side.Buy, 10, 100) with { TimeInForce = TimeInForce.Fok });

        (taker.Status, iceberg.Status, _bench.Book.Asks.Count).ShouldBe((OrderStatus.Filled, OrderStatus.Filled, 0));
    }

    [Fact]
    public void Iceberg_made_smaller_keeps_its_place_and_gives_up_what_it_hides_first()
    {
        var iceberg = _bench.Place(_bench.One, Limit(Side.Sell, 10, 100) with { DisplayQuantity = 2 });
        _bench.Place(_bench.Two, Limit(Side.Sell, 3, 100));

        _bench.Engine.Amend(iceberg, 3, 100).Ok.ShouldBeTrue();
        (iceberg.Visible, iceberg.Remaining).ShouldBe((2m, 3m));
        _bench.Place(_bench.Three, Market(Side.Buy, 1));

        iceberg.Executed.ShouldBe(1);
    }

    [Theory]
    [InlineData(TimeInForce.Ioc)]
    [InlineData(TimeInForce.Fok)]
    internal void Iceberg_must_be_good_till_cancelled(TimeInForce timeInForce) => _bench
        .Refused(_bench.One, Limit(Side.Sell, 10, 100) with { DisplayQuantity = 2, TimeInForce = timeInForce })
        .ShouldBe(Rejection.InvalidTerms);
}
