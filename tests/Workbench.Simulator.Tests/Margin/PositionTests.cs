using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Margin;

public sealed class PositionTests
{
    private readonly Position _position = new("BTCUSDT", 0);

    [Fact]
    public void Increase_averages_by_quantity()
    {
        Fill(Side.Buy, 1, 100);
        Fill(Side.Buy, 3, 200);
        (_position.Size, _position.AveragePrice).ShouldBe((4m, 175m));
        _position.Unrealised(180m).ShouldBe(20m);
    }

    [Fact]
    public void Decrease_keeps_the_average_and_realises_the_difference()
    {
        Fill(Side.Buy, 4, 175);
        var change = Fill(Side.Sell, 1, 200);
        (change.Closed, change.EntryPrice, change.Profit).ShouldBe((1m, 175m, 25m));
        (_position.Size, _position.AveragePrice, _position.CurrentRealised).ShouldBe((3m, 175m, 25m));
    }

    [Fact]
    public void Short_earns_when_the_price_falls()
    {
        Fill(Side.Sell, 2, 100);
        (_position.Size, _position.AveragePrice, _position.Unrealised(90m)).ShouldBe((-2m, 100m, 20m));
        Fill(Side.Buy, 2, 110).Profit.ShouldBe(-20m);
        _position.IsFlat.ShouldBeTrue();
    }

    [Fact]
    public void Flip_closes_all_and_opens_the_rest_at_the_fill_price()
    {
        Fill(Side.Buy, 2, 100);
        var change = Fill(Side.Sell, 5, 120);
        (change.Closed, change.Profit).ShouldBe((2m, 40m));
        (_position.Size, _position.AveragePrice).ShouldBe((-3m, 120m));
    }

    [Fact]
    public void Fees_reduce_what_is_realised_and_split_between_closing_and_opening()
    {
        Fill(Side.Buy, 2, 100, fee: 0.2m);
        _position.CurrentRealised.ShouldBe(-0.2m);
        var change = Fill(Side.Sell, 4, 110, fee: 0.44m);
        (change.OpeningFee, change.ClosingFee, change.NetProfit).ShouldBe((0.2m, 0.22m, 19.58m));

        // The new short begins with its own part of the fee; the total carries everything.
        _position.CurrentRealised.ShouldBe(-0.22m);
        _position.TotalRealised.ShouldBe(20m - 0.2m - 0.44m);
    }

    [Fact]
    public void Current_restarts_with_the_next_position_and_total_goes_on()
    {
        Fill(Side.Buy, 1, 100);
        Fill(Side.Sell, 1, 130);
        (_position.CurrentRealised, _position.TotalRealised).ShouldBe((30m, 30m));
        Fill(Side.Buy, 1, 100);
        (_position.CurrentRealised, _position.TotalRealised).ShouldBe((0m, 30m));
    }

    [Fact]
    public void A_cost_that_does_not_divide_is_still_conserved()
    {
        // Average 100 1/3, closed in three parts at the average's own height: nothing may be left over.
        Fill(Side.Buy, 2, 100);
        Fill(Side.Buy, 1, 101);
        var profit = 0m;
        for (var i = 0; i < 3; i++)
        {
            profit += Fill(Side.Sell, 1, 110).Profit;
        }

        profit.ShouldBe(330m - 301m);
        (_position.Size, _position.Cost).ShouldBe((0m, 0m));
    }

    [Fact]
    public void Break_even_lies_where_both_fees_are_earned()
    {
        Fill(Side.Buy, 1, 60_000, fee: 33m);
        var price = _position.BreakEven(0.00055m);
        ((price - 60_000m) - 33m - (price * 0.00055m)).ShouldBeInRange(-0.0000001m, 0.0000001m);
    }

    [Fact]
    public void Funding_is_realised()
    {
        Fill(Side.Buy, 1, 100);
        _position.Fund(-3m, 2);
        (_position.CurrentRealised, _position.UpdatedMicros).ShouldBe((-3m, 2L));
        MarginMath.Funding(-2m, 60_000m, 0.0001m).ShouldBe(-12m);
    }

    private PositionChange Fill(Side side, decimal quantity, decimal price, decimal fee = 0) =>
        _position.Fill(side, quantity, price, fee, 1, 1);
}
