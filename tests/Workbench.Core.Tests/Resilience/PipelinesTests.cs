using Polly;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Resilience;

public sealed class PipelinesTests
{
    private static readonly VenueError Timeout = new(VenueErrorKind.Timeout, "no answer");

    private static readonly ResilienceSettings Settings = new() { Jitter = 0 };

    private readonly TimersTime _time = new() { Deadline = Settings.ReadTimeout };
    private readonly CircuitBreaker _breaker;
    private readonly List<double> _attempts = [];

    public PipelinesTests() => _breaker = new CircuitBreaker(5, TimeSpan.FromSeconds(30), _time);

    [Fact]
    public async Task Read_asks_the_breaker_when_it_may_go_on_so_the_sixth_attempt_is_its_probe_at_45_seconds()
    {
        var result = await ReadAsync(_ => Timeout);
        result.Error.ShouldBe(Timeout);
        _attempts.ShouldBe([0, 1, 3, 7, 15, 45]);
        _breaker.RetryIn.ShouldBe(TimeSpan.FromSeconds(60), "the probe failed, too");
    }

    [Fact]
    public async Task Read_whose_breaker_stays_closed_is_tried_at_0_1_3_7_15_and_31_seconds()
    {
        await ReadAsync(_ => new VenueError(VenueErrorKind.Local, "no route"));
        _attempts.ShouldBe([0, 1, 3, 7, 15, 31]);
        (_breaker.IsOpen, _breaker.Status.LocalFailures).ShouldBe((false, 6L));
    }

    [Fact]
    public async Task Read_whose_sixth_attempt_succeeds_closes_the_breaker()
    {
        var result = await ReadAsync(attempt => attempt < 6 ? Timeout : 42);
        (result.Value, _breaker.IsOpen).ShouldBe((42, false));
        _attempts.ShouldBe([0, 1, 3, 7, 15, 45]);
    }

    [Fact]
    public async Task Read_ends_with_its_first_success()
    {
        var result = await ReadAsync(attempt => attempt < 3 ? Timeout : 42);
        result.Value.ShouldBe(42);
        _attempts.ShouldBe([0, 1, 3]);
    }

    [Theory]
    [InlineData(VenueErrorKind.Local, 6)]
    [InlineData(VenueErrorKind.Network, 6)]
    [InlineData(VenueErrorKind.Timeout, 6)]
    [InlineData(VenueErrorKind.RateLimited, 6)]
    [InlineData(VenueErrorKind.Unavailable, 6)]
    [InlineData(VenueErrorKind.BadResponse, 6)]
    [InlineData(VenueErrorKind.Banned, 1)]
    [InlineData(VenueErrorKind.Authentication, 1)]
    [InlineData(VenueErrorKind.ClockSkew, 1)]
    [InlineData(VenueErrorKind.InvalidRequest, 1)]
    [InlineData(VenueErrorKind.InsufficientFunds, 1)]
    [InlineData(VenueErrorKind.NotFound, 1)]
    [InlineData(VenueErrorKind.DuplicateClientOrderId, 1)]
    [InlineData(VenueErrorKind.Cancelled, 1)]
    public async Task Read_is_repeated_only_for_what_passes_by_itself(VenueErrorKind kind, int attempts)
    {
        await ReadAsync(_ => new VenueError(kind, "x"));
        _attempts.Count.ShouldBe(attempts);
    }

    [Fact]
    public async Task Read_waits_as_long_as_the_venue_asks_and_never_less_than_its_own_delay()
    {
        var asked = new[] { 5d, 0, 1, 20, 0 };
        await ReadAsync(attempt => new VenueError(VenueErrorKind.RateLimited, "slow down") with { RetryAfter = attempt <= 5 ? TimeSpan.FromSeconds(asked[attempt - 1]) : null });
        _attempts.ShouldBe([0, 5, 7, 11, 31, 47]);
    }

    [Theory]
    [InlineData(21)]
    public async Task Read_with_jitter_waits_within_the_band(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await ReadAsync(_ => new VenueError(VenueErrorKind.Local, "no route"), new ResilienceSettings { Jitter = 0.1m }, new Random(seed));
        var waits = _attempts.Zip(_attempts.Skip(1), (a, b) => b - a).ToList();
        for (var i = 0; i < 5; i++)
        {
            waits[i].ShouldBeInRange((1 << i) * 0.9, (1 << i) * 1.1, $"seed {seed}");
        }
    }

    [Fact]
    public async Task Read_that_finds_the_breaker_open_fails_at_once_and_says_when()
    {
        Open();
        _time.Advance(TimeSpan.FromSeconds(12));
        var refused = await ReadAsync(_ => 42);
        _attempts.ShouldBeEmpty();
        (refused.Error!.Kind, refused.Error.Message, refused.Error.RetryAfter)
            .ShouldBe((VenueErrorKind.Unavailable, "the circuit breaker is open after repeated failures", TimeSpan.FromSeconds(18)));
    }

    [Fact]
    public async Task Read_at_an_isolated_connection_fails_at_once_and_nobody_knows_until_when()
    {
        _breaker.Isolate("by hand");
        var refused = await ReadAsync(_ => 42);
        _attempts.ShouldBeEmpty();
        (refused.Error!.Message, refused.Error.RetryAfter).ShouldBe(("an operator has isolated this connection", null));
    }

    [Theory]
    [InlineData(60, 2)]
    [InlineData(61, 1)]
    [InlineData(259_200, 1)]
    public async Task Read_does_not_hang_when_the_venue_asks_for_a_long_wait_but_ends_and_says_so(int seconds, int attempts)
    {
        var error = Timeout with { RetryAfter = TimeSpan.FromSeconds(seconds) };
        var result = await ReadAsync(attempt => attempt == 1 ? error : 42);
        _attempts.Count.ShouldBe(attempts);
        result.Error.ShouldBe(attempts == 1 ? error : null);
    }

    [Fact]
    public async Task Read_does_not_hang_on_a_break_that_has_grown_long()
    {
        for (var i = 0; i < 2; i++)
        {
            Open();
            _time.Advance(_breaker.RetryIn);
        }

        var result = await ReadAsync(_ => Timeout);
        (_attempts.Count, _breaker.RetryIn, result.IsOk).ShouldBe((1, TimeSpan.FromSeconds(120), false));
    }

    [Fact]
    public async Task Attempt_has_a_deadline_of_its_own_which_is_a_timeout_of_the_venue()
    {
        var pipeline = Reads(new ResilienceSettings { Jitter = 0, RetryDelays = [] });
        var read = pipeline.ExecuteAsync(async token => await UntilGivenUp(token), CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(9_999));
        read.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var result = await read.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        (result.Error!.Kind, result.Error.Message, _breaker.Status.Failures).ShouldBe((VenueErrorKind.Timeout, "no answer within 10 s", 1));
    }

    [Fact]
    public async Task Attempt_given_up_by_its_caller_is_never_a_failure()
    {
        for (var i = 0; i < 10; i++)
        {
            using var stop = new CancellationTokenSource();
            var read = Reads(new ResilienceSettings { Jitter = 0 }).ExecuteAsync(async token => await UntilGivenUp(token), stop.Token).AsTask();
            await stop.CancelAsync();
            (await read.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Error!.Kind.ShouldBe(VenueErrorKind.Cancelled);
        }

        (_breaker.IsOpen, _breaker.Status.Failures).ShouldBe((false, 0));
    }

    [Fact]
    public async Task Attempt_that_breaks_when_its_caller_gives_up_is_never_a_failure()
    {
        for (var i = 0; i < 10; i++)
        {
            using var stop = new CancellationTokenSource();
            await Pipelines.Orders(Settings, _breaker, _time).ExecuteAsync(
                async _ =>
                {
                    await stop.CancelAsync();
                    return (OrderOutcome)new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Network, "reset"));
                },
                stop.Token);
        }

        (_breaker.IsOpen, _breaker.Status.Failures).ShouldBe((false, 0));
    }

    [Theory]
    [InlineData(2_999, false)]
    [InlineData(3_000, true)]
    public async Task N26_slow_answers_open_the_breaker_like_failures(int milliseconds, bool opens)
    {
        for (var i = 0; i < 5; i++)
        {
            _breaker.IsOpen.ShouldBeFalse();
            await ReadAsync(_ =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                return 42;
            });
        }

        _breaker.IsOpen.ShouldBe(opens);
        if (opens)
        {
            _breaker.Status.Reason.ShouldBe("5 failures in a row: an answer took 3.0 s");
        }
    }

    [Fact]
    public async Task N26_slow_orders_open_the_breaker_and_their_answers_stand()
    {
        var orders = Pipelines.Orders(Settings, _breaker, _time);
        for (var i = 0; i < 5; i++)
        {
            var rejected = new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InsufficientFunds, "x"));
            (await SubmitAsync(orders, rejected, () => _time.Advance(TimeSpan.FromSeconds(5)))).ShouldBe(rejected);
        }

        _breaker.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task N26_slow_call_rule_can_be_switched_off()
    {
        var orders = Pipelines.Orders(Settings with { SlowCall = TimeSpan.Zero }, _breaker, _time);
        for (var i = 0; i < 20; i++)
        {
            await SubmitAsync(orders, new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InsufficientFunds, "x")), () => _time.Advance(TimeSpan.FromSeconds(90)));
        }

        _breaker.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task Cancel_is_never_refused_by_an_open_breaker_and_never_repeated()
    {
        var cancels = Pipelines.Cancels(Settings, _breaker, _time);
        var sent = 0;
        for (var i = 0; i < 20; i++)
        {
            await SubmitAsync(cancels, new OrderOutcome.Unknown(Timeout), () => sent++);
        }

        (sent, _breaker.IsOpen).ShouldBe((20, true));
        _breaker.RetryIn.ShouldBe(TimeSpan.FromSeconds(30), "cancels that would have been refused do not count");
        _time.Advance(TimeSpan.FromSeconds(30));
        await SubmitAsync(cancels, new OrderOutcome.Rejected(new VenueError(VenueErrorKind.NotFound, "x")), () => sent++);
        (sent, _breaker.IsOpen).ShouldBe((21, false), "one whose time has come is the probe");
    }

    [Fact]
    public async Task N01_connect_is_tried_at_exact_times_for_ever_and_counts_as_one_call()
    {
        var waits = new List<(string, double)>();
        var connects = Pipelines.Connects(new Backoff(Settings, new Random(1)), (error, wait) => waits.Add((error.Message, wait.TotalSeconds)), _time);
        var start = _time.GetTimestamp();
        var result = await _time.RunAsync(connects.ExecuteAsync(_ =>
        {
            _attempts.Add(_time.GetElapsedTime(start).TotalMilliseconds);
            return ValueTask.FromResult(_attempts.Count < 1_000 ? new VenueError(VenueErrorKind.Network, "refused", "refused") : null);
        }).AsTask());

        result.ShouldBeNull();
        _attempts.ShouldBe([0, 1_000, 3_000, 7_000, 15_000, 31_000, .. Enumerable.Range(1, 994).Select(i => 31_000d + (i * 60_000))]);
        waits.Count.ShouldBe(999);
        waits[..7].ShouldBe([("refused", 1), ("refused", 2), ("refused", 4), ("refused", 8), ("refused", 16), ("refused", 60), ("refused", 60)]);
    }

    [Fact]
    public async Task Connection_builds_each_pipeline_once()
    {
        var pipelines = new ConnectionPipelines(Settings, new Random(1), _time);
        pipelines.Reads<int>().ShouldBeSameAs(pipelines.Reads<int>());
        pipelines.Reads<string>().ShouldBeSameAs(pipelines.Reads<string>());
        (await pipelines.Reads<string>().ExecuteAsync(static _ => ValueTask.FromResult((ReadResult<string>)"x"), TestContext.Current.CancellationToken)).Value.ShouldBe("x");
    }

    [Fact]
    public async Task Read_that_throws_is_not_repeated_and_says_nothing_to_the_breaker()
    {
        for (var i = 0; i < 10; i++)
        {
            await Should.ThrowAsync<InvalidDataException>(() => ReadAsync(_ => throw new InvalidDataException("boom")));
        }

        (_attempts.Count, _breaker.IsOpen).ShouldBe((1, false));
    }

    [Fact]
    public async Task Read_given_up_during_a_wait_ends_at_once()
    {
        using var stop = new CancellationTokenSource();
        var read = Reads(Settings).ExecuteAsync(_ => ValueTask.FromResult((ReadResult<int>)Timeout), stop.Token).AsTask();
        read.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => read.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    public static TheoryData<OrderOutcome, bool> Outcomes
    {
        get
        {
            var data = new TheoryData<OrderOutcome, bool>();
            foreach (var kind in Enum.GetValues<VenueErrorKind>())
            {
                var error = new VenueError(kind, "x", RetryAfter: TimeSpan.Zero);
                var speaksAgainst = kind is VenueErrorKind.Network or VenueErrorKind.Timeout or VenueErrorKind.Unavailable or VenueErrorKind.BadResponse;
                data.Add(new OrderOutcome.Unknown(error), speaksAgainst);
                data.Add(new OrderOutcome.NotSent(error), speaksAgainst);
                data.Add(new OrderOutcome.Rejected(error), false);
            }

            return data;
        }
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Outcomes))]
    public async Task Order_is_sent_exactly_once_and_the_fifth_failure_in_a_row_opens_the_breaker(OrderOutcome outcome, bool opens)
    {
        var orders = Pipelines.Orders(Settings, _breaker, _time);
        var sent = 0;
        for (var i = 1; i <= 5; i++)
        {
            _breaker.IsOpen.ShouldBeFalse();
            (await SubmitAsync(orders, outcome, () => sent++)).ShouldBe(outcome);
            sent.ShouldBe(i);
        }

        _breaker.IsOpen.ShouldBe(opens);
    }

    [Fact]
    public async Task Order_refused_by_the_breaker_was_not_sent_and_is_a_result()
    {
        var orders = Pipelines.Orders(Settings, _breaker, _time);
        var sent = 0;
        for (var i = 0; i < 5; i++)
        {
            await SubmitAsync(orders, new OrderOutcome.Unknown(Timeout), () => sent++);
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        var refused = (await SubmitAsync(orders, new OrderOutcome.Unknown(Timeout), () => sent++)).ShouldBeOfType<OrderOutcome.NotSent>();
        (sent, refused.Proof.RetryAfter).ShouldBe((5, TimeSpan.FromSeconds(20)));
        _time.Advance(TimeSpan.FromSeconds(20));
        await SubmitAsync(orders, new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InvalidRequest, "x")), () => sent++);
        (sent, _breaker.IsOpen).ShouldBe((6, false), "an answer of any kind closes it");
    }

    private static async Task<OrderOutcome> SubmitAsync(ResiliencePipeline<OrderOutcome> orders, OrderOutcome outcome, Action sent) =>
        await orders.ExecuteAsync(_ =>
        {
            sent();
            return ValueTask.FromResult(outcome);
        });

    private static async Task<ReadResult<int>> UntilGivenUp(CancellationToken token)
    {
        await Task.Delay(System.Threading.Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new VenueError(VenueErrorKind.Cancelled, "given up by the caller");
    }

    private void Open()
    {
        while (_breaker.TryEnter(out var permit, out _))
        {
            _breaker.Fail(permit);
        }
    }

    private ResiliencePipeline<ReadResult<int>> Reads(ResilienceSettings settings, Random? random = null) =>
        Pipelines.Reads<int>(settings, _breaker, new Backoff(settings, random ?? new Random(1)), _time);

    private async Task<ReadResult<int>> ReadAsync(Func<int, ReadResult<int>> answer, ResilienceSettings? settings = null, Random? random = null)
    {
        _attempts.Clear();
        var start = _time.GetTimestamp();
        var pipeline = Reads(settings ?? Settings, random);
        return await _time.RunAsync(pipeline.ExecuteAsync(_ =>
        {
            _attempts.Add(_time.GetElapsedTime(start).TotalSeconds);
            return ValueTask.FromResult(answer(_attempts.Count));
        }).AsTask());
    }
}
