using Workbench.Sdk;

namespace Workbench.Simulator.Tests.Direct;

public sealed class StopAndAmendTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public async Task Stop_waits_and_is_filled_once_a_trade_has_reached_its_price(Side side)
    {
        await using var bench = new DirectBench(balances: new Dictionary<string, decimal> { ["USDT"] = 1_000_000m, ["BTC"] = 10m });
        var (bid, ask) = bench.Best(DirectBench.Btc);
        var stop = side == Side.Buy ? ask.Value + 20 : bid.Value - 20;
        var order = bench.Stop(side, 0.01m, stop);

        var waiting = (await bench.AcceptAsync(order)).Report;

        (waiting.Status, waiting.Type, waiting.StopPrice, waiting.IsTriggered).ShouldBe((OrderStatus.New, OrderType.Stop, new Price(stop), false));
        Print(bench, side == Side.Buy ? stop - 1 : stop + 1);
        (await QueryAsync(bench, order)).Status.ShouldBe(OrderStatus.New);
        Print(bench, stop);
        var filled = await QueryAsync(bench, order);
        (filled.Status, filled.IsTriggered, filled.FilledQuantity).ShouldBe((OrderStatus.Filled, true, new Quantity(0.01m)));
        (await bench.Trading.GetFillsAsync(bench.Reference(order), CancellationToken.None)).Value.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Stop_limit_rests_at_its_limit_after_it_was_started()
    {
        await using var bench = new DirectBench();
        var stop = bench.Best(DirectBench.Btc).Ask.Value + 20;
        var order = bench.Stop(Side.Buy, 0.01m, stop, limit: 40_000m);

        await bench.AcceptAsync(order);
        Print(bench, stop);

        var report = await QueryAsync(bench, order);
        (report.Status, report.Type, report.IsTriggered, report.LimitPrice).ShouldBe((OrderStatus.New, OrderType.StopLimit, true, new Price(40_000m)));
        (await bench.Trading.CancelAsync(bench.Reference(order), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Accepted>().Report.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public async Task Stop_on_the_wrong_side_of_the_market_is_refused()
    {
        await using var bench = new DirectBench(balances: new Dictionary<string, decimal> { ["USDT"] = 1_000_000m, ["BTC"] = 10m });
        (await bench.RefuseAsync(bench.Stop(Side.Buy, 0.01m, 40_000m))).Message.ShouldStartWith("The stop price 40000 would start the order at once");
        (await bench.RefuseAsync(bench.Stop(Side.Sell, 0.01m, 90_000m))).Message.ShouldStartWith("The stop price 90000 would start the order at once");
        (await bench.RefuseAsync(bench.Stop(Side.Buy, 0.01m, 90_000.001m))).Message.ShouldContain("stop price");
        (await bench.RefuseAsync(bench.Resting() with { StopPrice = new Price(90_000m) })).Message.ShouldBe("Only a stop order takes a stop price.");
        (await bench.RefuseAsync(bench.Stop(Side.Buy, 0.01m, 90_000m) with { StopPrice = null })).Message.ShouldBe("A stop order needs a stop price.");
        (await bench.RefuseAsync(bench.Stop(Side.Buy, 0.01m, 90_000m, 90_001m) with { PostOnly = true })).Message.ShouldBe("Only a limit order can be post-only.");
    }

    [Fact]
    public async Task Terms_that_it_does_not_know_are_not_taken_for_others()
    {
        await using var bench = new DirectBench();
        var dated = bench.Resting() with { TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = new Timestamp(1) };
        (await bench.Trading.SubmitAsync(dated, CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>();
        (await bench.Trading.SubmitAsync(bench.Resting() with { ReduceOnly = true }, CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>();
        (await bench.Trading.GetOpenOrdersAsync(CancellationToken.None)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task Amendment_changes_the_same_order_and_its_locked_funds()
    {
        await using var bench = new DirectBench();
        var before = await bench.FreeAsync("USDT");
        var order = bench.Resting();
        var accepted = await bench.AcceptAsync(order);

        var more = (await AmendAsync(bench, order, 0.02m, 41_000m)).ShouldBeOfType<OrderOutcome.Accepted>().Report;

        (more.VenueOrderId, more.ClientOrderId, more.Quantity, more.LimitPrice, more.Status).ShouldBe(
            (accepted.Report.VenueOrderId, order.ClientOrderId, new Quantity(0.02m), new Price(41_000m), OrderStatus.New));
        (await bench.FreeAsync("USDT")).ShouldBe(before - 820m);
        (await AmendAsync(bench, order, 0.005m, 41_000m)).ShouldBeOfType<OrderOutcome.Accepted>().Report.Quantity.ShouldBe(new Quantity(0.005m));
        (await bench.FreeAsync("USDT")).ShouldBe(before - 205m);
    }

    [Fact]
    public async Task Amendment_that_breaks_a_rule_or_comes_too_late_changes_nothing()
    {
        await using var bench = new DirectBench();
        var order = bench.Resting();
        var accepted = await bench.AcceptAsync(order);
        (await ErrorAsync(0.01m, 40_000.001m)).Message.ShouldContain("not a multiple");
        (await ErrorAsync(0.01m, 1m)).Kind.ShouldBe(VenueErrorKind.InvalidRequest);
        (await ErrorAsync(15m, 40_000m)).Kind.ShouldBe(VenueErrorKind.InsufficientFunds);
        (await QueryAsync(bench, order)).ShouldBe(accepted.Report);
        await bench.Trading.CancelAsync(bench.Reference(order), CancellationToken.None);
        (await ErrorAsync(0.02m, 40_000m)).Kind.ShouldBe(VenueErrorKind.NotFound);

        async Task<VenueError> ErrorAsync(decimal quantity, decimal price) => (await AmendAsync(bench, order, quantity, price)).ShouldBeOfType<OrderOutcome.Rejected>().Error;
    }

    [Fact]
    public async Task Stop_price_moves_while_the_order_waits()
    {
        await using var bench = new DirectBench();
        var stop = bench.Best(DirectBench.Btc).Ask.Value + 20;
        var order = bench.Stop(Side.Buy, 0.01m, stop);
        await bench.AcceptAsync(order);

        var report = (await AmendAsync(bench, order, 0.01m, null, stop + 100)).ShouldBeOfType<OrderOutcome.Accepted>().Report;

        report.StopPrice.ShouldBe(new Price(stop + 100));
        Print(bench, stop + 50);
        (await QueryAsync(bench, order)).Status.ShouldBe(OrderStatus.New);
        Print(bench, stop + 100);
        (await QueryAsync(bench, order)).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public async Task All_orders_of_a_market_are_cancelled_and_no_others()
    {
        await using var bench = new DirectBench();
        var stop = bench.Best(DirectBench.Btc).Ask.Value + 20;
        await bench.AcceptAsync(bench.Resting());
        await bench.AcceptAsync(bench.Stop(Side.Buy, 0.01m, stop));
        (await bench.Trading.CancelAllAsync(bench.Instrument("ETH/USDT"), CancellationToken.None)).ShouldBeNull();
        (await bench.Trading.GetOpenOrdersAsync(CancellationToken.None)).Value.Count.ShouldBe(2);
        (await bench.Trading.CancelAllAsync(bench.Instrument(DirectBench.Btc), CancellationToken.None)).ShouldBeNull();
        (await bench.Trading.GetOpenOrdersAsync(CancellationToken.None)).Value.ShouldBeEmpty();
    }

    private static void Print(DirectBench bench, decimal price) => bench.Venue.Execute(engine =>
    {
        engine.Print(bench.Venue.Listing.Find(DirectBench.Btc)!.Book, price, 0.01m, Workbench.Simulator.Matching.Side.Buy, firesTriggers: true);
        return true;
    });

    private static async Task<OrderReport> QueryAsync(DirectBench bench, NewOrder order) =>
        (await bench.Trading.QueryOrderAsync(bench.Reference(order), CancellationToken.None)).Value.ShouldNotBeNull();

    private static Task<OrderOutcome> AmendAsync(DirectBench bench, NewOrder order, decimal quantity, decimal? price, decimal? stop = null) => bench.Trading.AmendAsync(
        new AmendOrder
        {
            Current = order,
            Filled = Quantity.Zero,
            Quantity = new Quantity(quantity),
            LimitPrice = price is { } limit ? new Price(limit) : null,
            StopPrice = stop is { } at ? new Price(at) : order.StopPrice,
            ReplacementId = bench.NextId(),
        },
        CancellationToken.None);
}
