using Workbench.Sdk;

namespace Workbench.Simulator.Tests.Direct;

public sealed class TradingTests
{
    [Fact]
    public async Task Market_order_is_filled_with_fees_and_moves_the_balances_by_its_fills()
    {
        await using var bench = new DirectBench(balances: new Dictionary<string, decimal> { ["USDT"] = 50_000m });
        var order = bench.Market(Side.Buy, 0.4m);

        var (report, fills) = await bench.AcceptAsync(order);

        report.Status.ShouldBe(OrderStatus.Filled);
        report.ClientOrderId.ShouldBe(order.ClientOrderId);
        report.FilledQuantity.ShouldBe(new Quantity(0.4m));
        report.LimitPrice.ShouldBeNull();
        fills.Sum(f => f.Quantity.Value).ShouldBe(0.4m);
        fills.ShouldAllBe(f => f.Role == LiquidityRole.Taker && f.Side == Side.Buy && f.FeeAsset == new Asset("BTC") && f.VenueOrderId == report.VenueOrderId);
        var paid = fills.Sum(f => f.Price.Value * f.Quantity.Value);
        report.AverageFillPrice!.Value.Value.ShouldBe(paid / 0.4m);
        (await bench.FreeAsync("USDT")).ShouldBe(50_000m - paid);
        (await bench.FreeAsync("BTC")).ShouldBe(0.4m - fills.Sum(f => f.Fee.Value));
        (await bench.Trading.GetFillsAsync(bench.Reference(order), CancellationToken.None)).Value.ShouldBe(fills);
        (await bench.Trading.QueryOrderAsync(bench.Reference(order), CancellationToken.None)).Value.ShouldBe(report);
    }

    [Fact]
    public async Task Resting_order_locks_its_funds_until_it_is_cancelled()
    {
        await using var bench = new DirectBench();
        var before = await bench.FreeAsync("USDT");
        var order = bench.Resting();

        var accepted = await bench.AcceptAsync(order);

        accepted.Report.Status.ShouldBe(OrderStatus.New);
        accepted.Fills.ShouldBeEmpty();
        (await bench.FreeAsync("USDT")).ShouldBe(before - 400m);
        (await bench.Trading.GetOpenOrdersAsync(CancellationToken.None)).Value.ShouldBe([accepted.Report]);

        var cancelled = (await bench.Trading.CancelAsync(bench.Reference(order, accepted.Report.VenueOrderId), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Accepted>();

        cancelled.Report.Status.ShouldBe(OrderStatus.Cancelled);
        (await bench.FreeAsync("USDT")).ShouldBe(before);
        (await bench.Trading.GetOpenOrdersAsync(CancellationToken.None)).Value.ShouldBeEmpty();
        (await CancelErrorAsync(bench, bench.Reference(order))).Kind.ShouldBe(VenueErrorKind.NotFound);
        (await bench.Trading.QueryOrderAsync(bench.Reference(order), CancellationToken.None)).Value!.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public async Task Unknown_order_is_null_to_a_query_and_not_found_to_the_rest()
    {
        await using var bench = new DirectBench();
        var known = bench.Resting();
        var accepted = await bench.AcceptAsync(known);
        var never = bench.Reference(bench.Resting());
        var disagreeing = never with { VenueOrderId = accepted.Report.VenueOrderId };
        var elsewhere = bench.Reference(known) with { Instrument = bench.Instrument("ETH/USDT") };

        foreach (var reference in new[] { never, disagreeing, elsewhere, never with { VenueOrderId = new VenueOrderId("abc") } })
        {
            var read = await bench.Trading.QueryOrderAsync(reference, CancellationToken.None);
            read.IsOk.ShouldBeTrue();
            read.Value.ShouldBeNull();
            (await bench.Trading.GetFillsAsync(reference, CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.NotFound);
            (await CancelErrorAsync(bench, reference)).Kind.ShouldBe(VenueErrorKind.NotFound);
        }
    }

    [Fact]
    public async Task Client_order_id_is_taken_for_ever_and_in_every_market()
    {
        await using var bench = new DirectBench();
        var order = bench.Resting();
        await bench.AcceptAsync(order);
        await bench.Trading.CancelAsync(bench.Reference(order), CancellationToken.None);

        (await bench.RefuseAsync(order)).Kind.ShouldBe(VenueErrorKind.DuplicateClientOrderId);
        (await bench.RefuseAsync(order with { Instrument = bench.Instrument("ETH/USDT"), LimitPrice = new Price(2_000m) })).Kind.ShouldBe(VenueErrorKind.DuplicateClientOrderId);
        (await bench.Trading.GetOpenOrdersAsync(CancellationToken.None)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refused_order_leaves_no_trace()
    {
        await using var bench = new DirectBench(balances: new Dictionary<string, decimal> { ["USDT"] = 1_000m });
        var order = bench.Resting(0.1m);

        (await bench.RefuseAsync(order)).Kind.ShouldBe(VenueErrorKind.InsufficientFunds);

        (await bench.FreeAsync("USDT")).ShouldBe(1_000m);
        (await bench.Trading.QueryOrderAsync(bench.Reference(order), CancellationToken.None)).Value.ShouldBeNull();
        (await bench.AcceptAsync(order with { Quantity = new Quantity(0.01m) })).Report.Status.ShouldBe(OrderStatus.New);
    }

    [Fact]
    public async Task Order_that_breaks_a_rule_is_refused_as_invalid()
    {
        await using var bench = new DirectBench();
        var (_, ask) = bench.Best(DirectBench.Btc);
        NewOrder[] wrong =
        [
            bench.Resting(0.000001m),
            bench.Resting(0.00001m),
            bench.Limit(Side.Buy, 0.01m, 40_000.001m),
            bench.Limit(Side.Buy, 0.01m, 1_000m),
            bench.Limit(Side.Sell, 0.01m, 900_000m),
            bench.Market(Side.Buy, 0.01m) with { LimitPrice = new Price(40_000m) },
            bench.Resting() with { LimitPrice = null },
            bench.Resting() with { PostOnly = true, TimeInForce = TimeInForce.FillOrKill },
            bench.Limit(Side.Buy, 0.01m, ask.Value) with { PostOnly = true },
            bench.Resting() with { ClientOrderId = new ClientOrderId(new string('x', 37)) },
        ];

        foreach (var order in wrong)
        {
            (await bench.RefuseAsync(order)).Kind.ShouldBe(VenueErrorKind.InvalidRequest, order.ToString());
        }

        (await bench.RefuseAsync(bench.Resting() with { Instrument = bench.Instrument(DirectBench.Btc) with { Symbol = "NONE/USDT" } })).Kind.ShouldBe(VenueErrorKind.NotFound);
        (await bench.Trading.GetOpenOrdersAsync(CancellationToken.None)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task Time_in_force_and_post_only_are_kept()
    {
        await using var bench = new DirectBench();
        var (bid, ask) = bench.Best(DirectBench.Btc);

        var some = await bench.AcceptAsync(bench.Limit(Side.Buy, 1m, ask.Value) with { TimeInForce = TimeInForce.ImmediateOrCancel });
        some.Report.Status.ShouldBe(some.Report.FilledQuantity == new Quantity(1m) ? OrderStatus.Filled : OrderStatus.Expired);
        some.Report.FilledQuantity!.Value.IsZero.ShouldBeFalse();
        var none = await bench.AcceptAsync(bench.Limit(Side.Buy, 1.5m, bid.Value) with { TimeInForce = TimeInForce.FillOrKill });
        none.Report.Status.ShouldBe(OrderStatus.Expired);
        none.Report.Reason.ShouldNotBeNull();
        none.Fills.ShouldBeEmpty();
        (await bench.AcceptAsync(bench.Limit(Side.Buy, 0.01m, bid.Value) with { PostOnly = true })).Report.Status.ShouldBe(OrderStatus.New);
    }

    [Fact]
    public async Task User_stream_tells_reports_fills_and_balances_in_the_engines_order()
    {
        await using var bench = new DirectBench();
        await using var tap = UserTap.Open(bench.Trading);
        (await tap.NextAsync()).ShouldBe("connected");

        var buy = bench.Market(Side.Buy, 0.001m);
        var (report, fills) = await bench.AcceptAsync(buy);

        (await tap.NextAsync<OrderReport>()).Status.ShouldBe(OrderStatus.New);
        (await tap.NextAsync<FillReport>()).ShouldBe(fills.ShouldHaveSingleItem());
        (await tap.NextAsync<OrderReport>()).ShouldBe(report);
        var balances = await tap.NextAsync<IReadOnlyList<Balance>>();
        balances.Select(b => b.Asset.Code).ShouldBe(["BTC", "USDT"], ignoreOrder: true);
        var read = (await bench.Trading.GetBalancesAsync(CancellationToken.None)).Value;
        balances.ShouldAllBe(b => read.Contains(b));

        var resting = bench.Resting();
        await bench.AcceptAsync(resting);
        (await tap.NextAsync<OrderReport>()).ClientOrderId.ShouldBe(resting.ClientOrderId);
        (await tap.NextAsync<IReadOnlyList<Balance>>()).ShouldHaveSingleItem().Locked.ShouldBe(new Amount(400m));
        await bench.Trading.CancelAsync(bench.Reference(resting), CancellationToken.None);
        (await tap.NextAsync<OrderReport>()).Status.ShouldBe(OrderStatus.Cancelled);
        (await tap.NextAsync<IReadOnlyList<Balance>>()).ShouldHaveSingleItem().Locked.ShouldBe(Amount.Zero);
        tap.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public async Task Resting_order_that_the_market_reaches_is_filled_as_maker_and_told()
    {
        await using var bench = new DirectBench();
        await using var tap = UserTap.Open(bench.Trading);
        await tap.NextAsync();
        var (bid, ask) = bench.Best(DirectBench.Btc);
        var inside = bench.Limit(Side.Buy, 0.001m, Math.Max(bid.Value, ask.Value - 0.01m));
        await bench.AcceptAsync(inside);
        await tap.NextAsync<OrderReport>();
        await tap.NextAsync<IReadOnlyList<Balance>>();

        bench.Live(TimeSpan.FromMinutes(1));

        var fill = await tap.NextAsync<FillReport>();
        fill.ClientOrderId.ShouldBe(inside.ClientOrderId);
        fill.Role.ShouldBe(LiquidityRole.Maker);
        fill.Price.ShouldBe(inside.LimitPrice!.Value);
    }

    [Fact]
    public async Task Call_that_was_given_up_or_comes_too_late_is_not_sent()
    {
        var bench = new DirectBench();
        var order = bench.Resting();
        var given = new CancellationToken(canceled: true);

        (await bench.Trading.SubmitAsync(order, given)).ShouldBeOfType<OrderOutcome.NotSent>().Proof.Kind.ShouldBe(VenueErrorKind.Cancelled);
        (await bench.Trading.GetBalancesAsync(given)).Error!.Kind.ShouldBe(VenueErrorKind.Cancelled);
        (await bench.Trading.QueryOrderAsync(bench.Reference(order), CancellationToken.None)).Value.ShouldBeNull();

        await bench.DisposeAsync();
        await bench.DisposeAsync();

        (await bench.Trading.SubmitAsync(order, CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>().Proof.Kind.ShouldBe(VenueErrorKind.Unavailable);
        (await bench.Connector.GetServerTimeAsync(CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.Unavailable);
    }

    private static async Task<VenueError> CancelErrorAsync(DirectBench bench, OrderReference reference) =>
        (await bench.Trading.CancelAsync(reference, CancellationToken.None)).ShouldBeOfType<OrderOutcome.Rejected>().Error;
}
