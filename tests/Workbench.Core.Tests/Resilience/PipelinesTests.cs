using Polly;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Resilience;

public sealed class PipelinesTests
{
    private static readonly VenueError Timeout = new(VenueErrorKind.Timeout, "no answer");

    private readonly TimersTime _time = new();
    private readonly CircuitBreaker _breaker;
    private readonly List<double> _attempts = [];

    public PipelinesTests() => _breaker = new CircuitBreaker(5, TimeSpan.FromSeconds(30), _time);

    [Fact]
    public async Task Read_that_fails_for_a_while_is_tried_at_0_1_3_7_15_and_31_seconds_and_then_fails()
    {
        var result = await ReadAsync(_ => Timeout);
        result.Error.ShouldBe(Timeout);
        _attempts.ShouldBe([0, 1, 3, 7, 15, 31]);
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
        await ReadAsync(attempt => Timeout with { RetryAfter = attempt <= 5 ? TimeSpan.FromSeconds(asked[attempt - 1]) : null });
        _attempts.ShouldBe([0, 5, 7, 11, 31, 47]);
    }

    [Theory]
    [InlineData(21)]
    public async Task Read_with_jitter_waits_within_the_band(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await ReadAsync(_ => Timeout, new ResilienceSettings { Jitter = 0.1m }, new Random(seed));
        var waits = _attempts.Zip(_attempts.Skip(1), (a, b) => b - a).ToList();
        for (var i = 0; i < 5; i++)
        {
            waits[i].ShouldBeInRange((1 << i) * 0.9, (1 << i) * 1.1, $"seed {seed}");
        }
    }

    [Fact]
    public async Task Read_through_all_its_attempts_counts_once_for_the_breaker()
    {
        for (var i = 0; i < 5; i++)
        {
            _breaker.IsOpen.ShouldBeFalse();
            await ReadAsync(_ => Timeout);
        }

        _breaker.IsOpen.ShouldBeTrue();
        _attempts.Clear();
        var refused = await ReadAsync(_ => 42);
        _attempts.ShouldBeEmpty();
        (refused.Error!.Kind, refused.Error.Message, refused.Error.RetryAfter)
            .ShouldBe((VenueErrorKind.Unavailable, "the circuit breaker is open after repeated failures", TimeSpan.FromSeconds(30)));
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
        var read = Pipelines.Reads<int>(new ResilienceSettings { Jitter = 0 }, _breaker, _time, new Random(1))
            .ExecuteAsync(_ => ValueTask.FromResult((ReadResult<int>)Timeout), stop.Token).AsTask();
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
        var orders = Pipelines.Orders(_breaker, _time);
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
        var orders = Pipelines.Orders(_breaker, _time);
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

    private async Task<ReadResult<int>> ReadAsync(Func<int, ReadResult<int>> answer, ResilienceSettings? settings = null, Random? random = null)
    {
        _attempts.Clear();
        var start = _time.GetTimestamp();
        var pipeline = Pipelines.Reads<int>(settings ?? new ResilienceSettings { Jitter = 0 }, _breaker, _time, random ?? new Random(1));
        return await _time.RunAsync(pipeline.ExecuteAsync(_ =>
        {
            _attempts.Add(_time.GetElapsedTime(start).TotalSeconds);
            return ValueTask.FromResult(answer(_attempts.Count));
        }).AsTask());
    }
}
