using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Margin;

public sealed class MarginMathTests
{
    private const decimal Taker = 0.0005m;

    private static readonly Contract Terms = new()
    {
        Instrument = new Instrument
        {
            Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", TickSize = 0.1m, StepSize = 0.001m, ReferencePrice = 100m,
        },
        DefaultLeverage = 10m,
    };

    [Fact]
    public void Order_costs_its_margin_and_the_fees_of_both_ways() =>
        MarginMath.OrderCost(1000m, 10m, Taker).ShouldBe(101m);

    [Fact]
    public void Opening_orders_of_both_sides_add_up() =>
        Margin(new Holding(Terms, PositionMode.OneWay), (Side.Buy, 100m, 1m), (Side.Sell, 110m, 1m)).ShouldBe(10.1m + 11.11m);

    [Fact]
    public void Orders_that_close_bind_nothing_and_the_nearest_one_closes_first()
    {
        var holding = new Holding(Terms, PositionMode.OneWay);
        holding[0].Fill(Side.Buy, 1.5m, 100m, 0, 1, 1);
        Margin(holding, (Side.Sell, 110m, 1m)).ShouldBe(0m);

        // 1 closes at 110, 0.5 of the one at 120 closes, 0.5 would open a short.
        Margin(holding, (Side.Sell, 120m, 1m), (Side.Sell, 110m, 1m)).ShouldBe(6m + (60m * Taker * 2));
        Margin(holding, (Side.Buy, 100m, 1m)).ShouldBe(10.1m);
    }

    [Fact]
    public void Legs_of_hedge_mode_do_not_offset_each_other()
    {
        var holding = new Holding(Terms, PositionMode.Hedge) { SellLeverage = 5m };
        holding[1].Fill(Side.Buy, 1m, 100m, 0, 1, 1);
        var opensShort = new WorkingOrder(Side.Sell, 100m, 1m, 2, false);
        MarginMath.OrderMargin(holding, [opensShort], Taker).ShouldBe(20.1m);
        MarginMath.OrderMargin(holding, [opensShort with { PositionIndex = 1 }], Taker).ShouldBe(0m);
    }

    [Fact]
    public void Position_margin_follows_the_mark()
    {
        var holding = new Holding(Terms, PositionMode.OneWay);
        holding[0].Fill(Side.Sell, 2m, 100m, 0, 1, 1);
        holding.InitialMargin(holding[0], 120m).ShouldBe(24m);
        holding.MaintenanceMargin(holding[0], 120m).ShouldBe(1.2m);
    }

    private static decimal Margin(Holding holding, params (Side Side, decimal Price, decimal Quantity)[] orders) =>
        MarginMath.OrderMargin(holding, orders.Select(o => new WorkingOrder(o.Side, o.Price, o.Quantity, 0, false)), Taker);
}
