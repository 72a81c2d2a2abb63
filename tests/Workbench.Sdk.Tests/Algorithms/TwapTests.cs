namespace Workbench.Sdk.Tests.Algorithms;

public sealed class TwapTests
{
    private static readonly TwapOptions FourSlices = new()
    {
        Symbol = AlgorithmBench.Btc, Side = Side.Buy, Quantity = new Quantity(1.039m), Duration = TimeSpan.FromSeconds(100), Slices = 4, Step = 0.01m,
    };

    private static readonly TwapOptions Limited = FourSlices with { Limit = new Price(101) };
    private readonly AlgorithmBench _bench = new();

    [Theory]
    [InlineData("1.039", 4, "0.01", "0.25 0.25 0.25 0.28")]
    [InlineData("1", 3, "0.00000001", "0.33333333 0.33333333 0.33333334")]
    [InlineData("10", 7, "1", "1 1 1 1 1 1 4")]
    [InlineData("0.5", 1, "0.1", "0.5")]
    public async Task Slices_are_even_and_rounded_down_and_the_last_has_the_remainder(string quantity, int slices, string step, string expected)
    {
        _bench.OnSubmit = static order => order.Fill();
        var options = FourSlices with { Quantity = Quantity.Parse(quantity), Slices = slices, Step = Quantity.Parse(step).Value };
        var twap = Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, options);
        for (var i = 1; i < slices; i++)
        {
            await _bench.PassAsync(100d / slices + 0.001);
        }

        var end = await AlgorithmBench.EndOfAsync(twap);
        string.Join(' ', _bench.Sent.Select(o => o.Request.Quantity)).ShouldBe(expected);
        (end.State, end.Filled, end.Reason).ShouldBe((AlgorithmState.Completed, options.Quantity.RoundDownTo(options.Step), null));
        _bench.Sent.ShouldAllBe(o => o.Request.Type == OrderType.Market && o.Request.Tag == "twap");
    }

    [Fact]
    public async Task Slices_begin_exactly_at_their_shares_of_the_duration()
    {
        var times = new List<double>();
        _bench.OnSubmit = order =>
        {
            times.Add((_bench.Time.GetUtcNow() - _bench.Time.Start).TotalSeconds);
            order.Fill();
        };
        var twap = Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, FourSlices);
        for (var i = 0; i < 3; i++)
        {
            await _bench.PassAsync(25);
        }

        await AlgorithmBench.EndOfAsync(twap);
        times.ShouldBe([0, 25, 50, 75]);
    }

    [Theory]
    [InlineData(true, "0.25 0.4 0.25 0.28")]
    [InlineData(false, "0.25 0.25 0.25 0.28")]
    public async Task What_a_slice_leaves_over_is_cancelled_and_taken_by_the_next_when_it_catches_up(bool catchesUp, string expected)
    {
        var twap = Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Limited with { CatchesUp = catchesUp });
        var first = await _bench.NextAsync();
        first.Fill(0.1m);
        await _bench.PassAsync(25);
        (await _bench.NextAsync()).Fill();
        for (var i = 0; i < 2; i++)
        {
            await _bench.Time.Timers.WaitAsync(); // Of the slice that was just filled.
            await _bench.PassAsync(25);
            (await _bench.NextAsync()).Fill();
        }

        var end = await AlgorithmBench.EndOfAsync(twap);
        first.Cancels.ShouldBe(1);
        _bench.Sent.ShouldAllBe(o => o.Request.LimitPrice == new Price(101));
        string.Join(' ', _bench.Sent.Select(o => o.Request.Quantity)).ShouldBe(expected);
        (end.State, end.Filled.Value).ShouldBe(catchesUp ? (AlgorithmState.Completed, 1.03m) : (AlgorithmState.Ended, 0.88m));
    }

    [Fact]
    public async Task Last_slice_is_cancelled_at_the_end_and_the_rest_stays_undone()
    {
        var twap = Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Limited with { Slices = 1 });
        (await _bench.NextAsync()).Fill(0.5m);
        await _bench.PassAsync(100);
        var end = await AlgorithmBench.EndOfAsync(twap);
        (end.State, end.Filled, end.AverageFillPrice, end.Reason).ShouldBe((AlgorithmState.Ended, new Quantity(0.5m), new Price(100), "its time is over"));
    }

    [Theory]
    [InlineData(true, "0.25 0.5 0.28")]
    [InlineData(false, "0.25 0.25 0.28")]
    public async Task Slice_that_is_unknown_holds_the_schedule_and_is_never_doubled(bool catchesUp, string expected)
    {
        _bench.OnCancel = static _ => { }; // The venue does not answer.
        var held = new TaskCompletionSource<AlgorithmProgress>();
        var twap = Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, FourSlices with { CatchesUp = catchesUp }, new Listener(p => { if (p.State == AlgorithmState.Held) { held.TrySetResult(p); } }));
        var unknown = await _bench.NextAsync();
        await _bench.PassAsync(30); // The second slice is due.
        (await held.Task).Reason.ShouldBe("order o1 is not done yet");
        _bench.Time.Advance(TimeSpan.FromSeconds(25)); // The third is due as well.
        _bench.Sent.Count.ShouldBe(1);
        unknown.Fill(); // It existed after all. Now is 55 s: the second slice's time has passed, and the third merges it or leaves it out.
        (await _bench.NextAsync()).Fill();
        await _bench.Time.Timers.WaitAsync();
        await _bench.PassAsync(20);
        (await _bench.NextAsync()).Fill();
        var end = await AlgorithmBench.EndOfAsync(twap);
        string.Join(' ', _bench.Sent.Select(o => o.Request.Quantity)).ShouldBe(expected);
        end.Filled.Value.ShouldBe(catchesUp ? 1.03m : 0.78m);
    }

    [Fact]
    public async Task Pause_cancels_the_slice_and_the_schedule_goes_on_without_it()
    {
        var twap = Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Limited);
        var first = await _bench.NextAsync();
        await _bench.Time.Timers.WaitAsync();
        twap.Pause();
        await first.Done;
        await _bench.PassAsync(60); // The wait for the second slice: its time and the third's begin.
        twap.Progress.State.ShouldBe(AlgorithmState.Paused);
        await _bench.Time.Timers.WaitAsync();
        _bench.Sent.Count.ShouldBe(1);
        twap.Resume();
        var merged = await _bench.NextAsync();
        (first.Cancels, merged.Request.Quantity).ShouldBe((1, new Quantity(0.75m)));
        twap.Cancel();
        var end = await AlgorithmBench.EndOfAsync(twap);
        (merged.Cancels, end.State, end.Reason, end.Orders.Count).ShouldBe((1, AlgorithmState.Ended, "it was cancelled", 2));
    }

    [Fact]
    public async Task Cancel_waits_for_the_end_of_the_open_slice_and_sends_nothing_more()
    {
        _bench.OnCancel = static _ => { };
        using var source = new CancellationTokenSource();
        var twap = Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Limited, cancellationToken: source.Token);
        var order = await _bench.NextAsync();
        await source.CancelAsync();
        twap.Completion.IsCompleted.ShouldBeFalse();
        twap.Progress.State.ShouldBe(AlgorithmState.Stopping);
        order.Fill(0.1m);
        order.End(OrderStatus.Cancelled);
        var end = await AlgorithmBench.EndOfAsync(twap);
        (end.Filled, _bench.Sent.Count).ShouldBe((new Quantity(0.1m), 1));
    }

    [Fact]
    public async Task Slice_that_somebody_else_cancels_ends_it()
    {
        var twap = Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, Limited);
        (await _bench.NextAsync()).End(OrderStatus.Cancelled, "cancelled by console");
        var end = await AlgorithmBench.EndOfAsync(twap);
        (end.State, end.Reason).ShouldBe((AlgorithmState.Ended, "order o1 was cancelled by somebody else: cancelled by console"));
    }

    [Fact]
    public async Task Three_refusals_in_a_row_end_it()
    {
        _bench.OnSubmit = static order => order.End(OrderStatus.Rejected, "max_position");
        var twap = Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, FourSlices);
        await _bench.PassAsync(25);
        await _bench.PassAsync(25);
        var end = await AlgorithmBench.EndOfAsync(twap);
        (end.Reason, _bench.Sent.Count).ShouldBe(("3 orders in a row came to nothing, the last one: max_position", 3));
    }

    [Fact]
    public async Task Host_that_fails_ends_it_with_the_reason()
    {
        _bench.OnSubmit = static _ => throw new InvalidOperationException("no host");
        (await AlgorithmBench.EndOfAsync(Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, FourSlices))).Reason.ShouldBe("it failed: no host");
    }

    [Fact]
    public void Options_that_make_no_sense_start_nothing()
    {
        (FourSlices with { Slices = 0 }).Problem().ShouldBe("the number of slices is not between 1 and 1000");
        (FourSlices with { Slices = 1001 }).Problem().ShouldBe("the number of slices is not between 1 and 1000");
        (FourSlices with { Duration = TimeSpan.Zero }).Problem().ShouldBe("the duration is not between zero and a day");
        (FourSlices with { Duration = TimeSpan.FromDays(2) }).Problem().ShouldBe("the duration is not between zero and a day");
        (FourSlices with { Slices = 500 }).Problem().ShouldBe("a slice would be less than the market's step");
        (FourSlices with { Symbol = default }).Problem().ShouldBe("the symbol is missing");
        (FourSlices with { Step = -1 }).Problem().ShouldBe("the step is less than zero");
        FourSlices.Problem().ShouldBeNull();
        Should.Throw<ArgumentException>(() => Twap.Start(_bench, AlgorithmBench.NoMarket, _bench.Time, FourSlices with { Slices = 0 }));
        _bench.Sent.ShouldBeEmpty();
    }

    private sealed class Listener(Action<AlgorithmProgress> heard) : IProgress<AlgorithmProgress>
    {
        public void Report(AlgorithmProgress value) => heard(value);
    }
}
