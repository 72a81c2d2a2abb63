namespace Workbench.Sdk.Tests.Algorithms;

public sealed class IcebergTests
{
    private static readonly IcebergOptions Five = new()
    {
        Symbol = AlgorithmBench.Btc, Side = Side.Buy, Quantity = new Quantity(5.009m), Shown = new Quantity(2.004m), Limit = new Price(100), Step = 0.01m,
    };

    private readonly AlgorithmBench _bench = new();

    [Fact]
    public async Task Parts_follow_each_other_until_the_whole_is_filled_and_only_one_is_shown()
    {
        var iceberg = Iceberg.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Five with { PostOnly = true });
        for (var i = 0; i < 3; i++)
        {
            var part = await _bench.NextAsync();
            part.Fill(0.5m, 99);
            iceberg.Progress.Filled.Value.ShouldBe((2 * i) + 0.5m);
            part.Fill(price: 99);
        }

        var end = await AlgorithmBench.EndOfAsync(iceberg);
        _bench.Sent.Select(o => (o.Request.Type, o.Request.Quantity.Value, o.Request.LimitPrice, o.Request.PostOnly, o.Request.Tag)).ShouldBe(
            [(OrderType.Limit, 2m, new Price(100), true, "iceberg"), (OrderType.Limit, 2m, new Price(100), true, "iceberg"), (OrderType.Limit, 1m, new Price(100), true, "iceberg")]);
        (end.State, end.Filled, end.AverageFillPrice).ShouldBe((AlgorithmState.Completed, new Quantity(5), new Price(99)));
    }

    [Theory]
    [InlineData(Side.Buy, 98, 99, 102, "98 99 100")]
    [InlineData(Side.Sell, 102, 101, 98, "102 101 100")]
    public async Task Price_follows_but_never_beyond_the_limit_and_what_was_filled_is_not_placed_again(Side side, decimal first, decimal second, decimal third, string expected)
    {
        decimal? price = first;
        var iceberg = Iceberg.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Five with { Side = side, Follow = () => price is { } p ? new Price(p) : null });
        (await _bench.NextAsync()).Fill(1.5m);
        await _bench.PassAsync(1); // A look, and nothing has changed.
        price = second;
        await _bench.PassAsync(1);
        await _bench.NextAsync();
        price = third;
        await _bench.PassAsync(1);
        (await _bench.NextAsync()).Fill();
        price = null;
        (await _bench.NextAsync()).Fill();
        var end = await AlgorithmBench.EndOfAsync(iceberg);
        _bench.Sent.Select(o => o.Request.Quantity.Value).ShouldBe([2m, 2m, 2m, 1.5m]);
        string.Join(' ', _bench.Sent.Take(3).Select(o => o.Request.LimitPrice)).ShouldBe(expected);
        _bench.Sent[3].Request.LimitPrice.ShouldBe(new Price(100), "without a price to follow it is the limit");
        (end.State, end.Filled, _bench.Sent[0].Cancels, _bench.Sent[1].Cancels).ShouldBe((AlgorithmState.Completed, new Quantity(5), 1, 1));
    }

    [Fact]
    public async Task Part_that_is_unknown_after_its_cancel_holds_the_next_one()
    {
        var price = new Price(98);
        _bench.OnCancel = static _ => { };
        var iceberg = Iceberg.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Five with { Follow = () => price });
        var part = await _bench.NextAsync();
        price = new Price(99);
        await _bench.PassAsync(1);
        _bench.Time.Advance(TimeSpan.FromSeconds(10)); // Nothing looks at the price any more: it waits for the order alone.
        _bench.Sent.Count.ShouldBe(1);
        part.Fill(); // It was filled before the cancel came.
        (await _bench.NextAsync()).Request.Quantity.ShouldBe(new Quantity(2));
        iceberg.Cancel();
        iceberg.Completion.IsCompleted.ShouldBeFalse("the second part is not done");
        _bench.Sent[1].End(OrderStatus.Cancelled);
        (await AlgorithmBench.EndOfAsync(iceberg)).Filled.ShouldBe(new Quantity(2));
    }

    [Fact]
    public async Task Pause_takes_the_part_away_and_resume_places_the_rest()
    {
        var iceberg = Iceberg.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Five);
        var part = await _bench.NextAsync();
        part.Fill(0.5m);
        iceberg.Pause();
        await part.Done;
        iceberg.Progress.State.ShouldBeOneOf(AlgorithmState.Paused, AlgorithmState.Held);
        iceberg.Resume();
        (await _bench.NextAsync()).Request.Quantity.ShouldBe(new Quantity(2));
        iceberg.Progress.Filled.ShouldBe(new Quantity(0.5m));
        iceberg.Cancel();
        (await AlgorithmBench.EndOfAsync(iceberg)).Reason.ShouldBe("it was cancelled");
    }

    [Fact]
    public async Task Refusals_and_foreign_cancels_end_it_instead_of_placing_for_ever()
    {
        _bench.OnSubmit = static order => order.End(OrderStatus.Rejected, "no money");
        (await AlgorithmBench.EndOfAsync(Iceberg.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Five))).Reason.ShouldBe("3 orders in a row came to nothing, the last one: no money");
        _bench.Sent.Count.ShouldBe(3);
        _bench.OnSubmit = static order => order.End(OrderStatus.Cancelled, "kill");
        (await AlgorithmBench.EndOfAsync(Iceberg.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Five))).Reason.ShouldBe("order o4 was cancelled by somebody else: kill");
    }

    [Fact]
    public void Options_that_make_no_sense_start_nothing()
    {
        (Five with { Quantity = new Quantity(0.001m) }).Problem().ShouldBe("the quantity is less than the market's step");
        (Five with { Shown = new Quantity(0.001m) }).Problem().ShouldBe("the part that is shown is less than the market's step");
        (Five with { FollowEvery = TimeSpan.Zero }).Problem().ShouldBe("the time between two looks at the price is not more than zero");
        (Five with { Symbol = default }).Problem().ShouldBe("the symbol is missing");
        Five.Problem().ShouldBeNull();
        Should.Throw<ArgumentException>(() => Iceberg.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Five with { Step = -1 }));
    }
}
