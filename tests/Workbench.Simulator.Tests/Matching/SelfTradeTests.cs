using Workbench.Simulator.Matching;
using static Workbench.Simulator.Tests.Matching.EngineBench;

namespace Workbench.Simulator.Tests.Matching;

public sealed class SelfTradeTests
{
    private readonly EngineBench _bench = new();

    [Theory]
    [InlineData(SelfTradePrevention.ExpireMaker, OrderStatus.ExpiredInMatch, OrderStatus.New, 5, 0)]
    [InlineData(SelfTradePrevention.ExpireTaker, OrderStatus.New, OrderStatus.ExpiredInMatch, 0, 3)]
    [InlineData(SelfTradePrevention.ExpireBoth, OrderStatus.ExpiredInMatch, OrderStatus.ExpiredInMatch, 5, 3)]
    [InlineData(SelfTradePrevention.Decrement, OrderStatus.New, OrderStatus.ExpiredInMatch, 3, 3)]
    internal void Mode_of_the_taker_decides(SelfTradePrevention mode, OrderStatus makerStatus, OrderStatus takerStatus, int makerLost, int takerLost)
    {
        var maker = _bench.Place(_bench.One, Limit(Side.Sell, 5, 100));

        var taker = _bench.Place(_bench.One, Limit(Side.Buy, 3, 100) with { SelfTradePrevention = mode });

        (maker.Status, taker.Status, maker.Prevented, taker.Prevented).ShouldBe((makerStatus, takerStatus, makerLost, takerLost));
        (maker.Executed, taker.Executed).ShouldBe((0m, 0m));
        var match = _bench.One.PreventedMatches("AB").ShouldHaveSingleItem();
        (match.Id, match.MakerOrderId, match.TakerOrderId, match.Price, match.PreventedOf(maker.Id), match.PreventedOf(taker.Id))
            .ShouldBe((1, maker.Id, taker.Id, 100m, makerLost, takerLost));
    }

    [Fact]
    public void Decremented_maker_goes_on_with_the_rest_and_locks_no_more_than_that()
    {
        var maker = _bench.Place(_bench.One, Limit(Side.Sell, 5, 100));

        _bench.Place(_bench.One, Limit(Side.Buy, 3, 100) with { SelfTradePrevention = SelfTradePrevention.Decrement });

        (maker.Remaining, _bench.One.Balance("A").Locked, _bench.One.Balance("B").Locked, _bench.Book.Asks.Best!.Quantity).ShouldBe((2m, 2m, 0m, 2m));
    }

    [Fact]
    public void Accounts_of_one_trade_group_count_as_one()
    {
        _bench.One.TradeGroup = _bench.Two.TradeGroup = 9;
        var maker = _bench.Place(_bench.One, Limit(Side.Sell, 5, 100));

        _bench.Place(_bench.Two, Limit(Side.Buy, 5, 100) with { SelfTradePrevention = SelfTradePrevention.ExpireMaker });

        maker.CloseReason.ShouldBe(CloseReason.SelfTrade);
    }

    [Fact]
    public void Transfer_within_a_group_hands_over_without_trade_or_fee()
    {
        _bench.One.TradeGroup = _bench.Two.TradeGroup = 9;
        _bench.One.MakerRate = _bench.Two.TakerRate = 0.01m;
        var order = Limit(Side.Sell, 5, 100) with { SelfTradePrevention = SelfTradePrevention.Transfer };
        _bench.Place(_bench.One, order);

        _bench.Place(_bench.Two, order with { Side = Side.Buy });

        (_bench.One.Balance("A").Total, _bench.One.Balance("B").Total).ShouldBe((95m, 100_500m));
        (_bench.Two.Balance("A").Total, _bench.Two.Balance("B").Total).ShouldBe((105m, 99_500m));
        (_bench.Book.LastPrice, _bench.Engine.Fees.Balances.Count).ShouldBe((0m, 0));
    }

    [Fact]
    public void Order_sized_in_quote_is_decremented_in_quote()
    {
        _bench.Place(_bench.One, Limit(Side.Sell, 1, 100));
        _bench.Place(_bench.Two, Limit(Side.Sell, 5, 100));

        var taker = _bench.Place(_bench.One, Market(Side.Buy, 0) with { QuoteQuantity = 300, SelfTradePrevention = SelfTradePrevention.Decrement });

        (taker.Status, taker.Executed, taker.PreventedQuote).ShouldBe((OrderStatus.Filled, 2m, 100m));
    }
}
