using Microsoft.Extensions.Time.Testing;
using Polly;
using Polly.CircuitBreaker;
using Polly.Telemetry;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Resilience;

/// <summary>Our breaker among Polly's strategies, and why it is not Polly's own.</summary>
public sealed class PollyTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Breaker_of_polly_stays_closed_through_fifty_failures_after_one_success_and_ours_does_not()
    {
        var theirs = TheirBreaker(out var state);
        var ours = new CircuitBreaker(5, TimeSpan.FromSeconds(30), _time);
        var orders = Pipelines.Orders(new ResilienceSettings { SlowCall = TimeSpan.Zero }, ours, _time);
        for (var i = 0; i <= 50; i++)
        {
            await theirs.ExecuteAsync(_ => ValueTask.FromResult(i == 0), TestContext.Current.CancellationToken);
            await orders.ExecuteAsync(_ => ValueTask.FromResult(Outcome(i == 0)), TestContext.Current.CancellationToken);
        }

        (state.CircuitState, ours.Status.State).ShouldBe((CircuitState.Closed, BreakerState.Open));
    }

    [Fact]
    public async Task Breaker_of_polly_forgets_failures_that_are_far_apart_and_ours_does_not()
    {
        var theirs = TheirBreaker(out var state);
        var ours = new CircuitBreaker(5, TimeSpan.FromSeconds(30), _time);
        for (var i = 0; i < 12; i++)
        {
            await theirs.ExecuteAsync(_ => ValueTask.FromResult(false), TestContext.Current.CancellationToken);
            if (ours.TryEnter(out var permit, out _))
            {
                ours.Fail(permit);
            }

            _time.Advance(TimeSpan.FromSeconds(8));
        }

        (state.CircuitState, ours.IsOpen).ShouldBe((CircuitState.Closed, true));
    }

    [Fact]
    public async Task Breaker_of_polly_is_closed_by_a_cancelled_probe_and_ours_is_not()
    {
        var theirs = TheirBreaker(out var state);
        var ours = new CircuitBreaker(5, TimeSpan.FromSeconds(30), _time);
        var orders = Pipelines.Orders(new ResilienceSettings(), ours, _time);
        for (var i = 0; i < 5; i++)
        {
            await theirs.ExecuteAsync(_ => ValueTask.FromResult(false), TestContext.Current.CancellationToken);
            await orders.ExecuteAsync(_ => ValueTask.FromResult(Outcome(false)), TestContext.Current.CancellationToken);
        }

        (state.CircuitState, ours.Status.State).ShouldBe((CircuitState.Open, BreakerState.Open));
        _time.Advance(TimeSpan.FromSeconds(30.1));
        await Should.ThrowAsync<OperationCanceledException>(async () => await theirs.ExecuteAsync<bool>(_ => throw new OperationCanceledException(), TestContext.Current.CancellationToken));
        await Should.ThrowAsync<OperationCanceledException>(async () => await orders.ExecuteAsync<OrderOutcome>(_ => throw new OperationCanceledException(), TestContext.Current.CancellationToken));
        (state.CircuitState, ours.Status.State).ShouldBe((CircuitState.Closed, BreakerState.Open));
    }

    [Fact]
    public async Task Changes_of_the_breaker_reach_pollys_listeners_once_under_pollys_names_however_many_pipelines_share_it()
    {
        var listener = new Recorded();
        var pipelines = new ConnectionPipelines(new ResilienceSettings { Jitter = 0 }, new Random(1), _time, listener);
        for (var i = 0; i < 5; i++)
        {
            await pipelines.Orders.ExecuteAsync(_ => ValueTask.FromResult(Outcome(false)), TestContext.Current.CancellationToken);
        }

        _time.Advance(TimeSpan.FromSeconds(30));
        await pipelines.Cancels.ExecuteAsync(_ => ValueTask.FromResult(Outcome(true)), TestContext.Current.CancellationToken);
        pipelines.TradingBreaker.Isolate("by hand");
        pipelines.TradingBreaker.Close("by hand");

        listener.Events.Where(e => e.StartsWith("breaker", StringComparison.Ordinal))
            .ShouldBe(["breaker OnCircuitOpened Error", "breaker OnCircuitHalfOpened Warning", "breaker OnCircuitClosed Information", "breaker OnCircuitOpened Error", "breaker OnCircuitClosed Information"]);
    }

    [Fact]
    public async Task Retries_of_a_connect_reach_pollys_listeners()
    {
        var listener = new Recorded();
        var time = new TimersTime();
        var tries = 0;
        var connects = Pipelines.Connects(new Backoff(new ResilienceSettings(), new Random(1)), (_, _) => { }, time, listener);
        await time.RunAsync(connects.ExecuteAsync(_ => ValueTask.FromResult(++tries < 3 ? new VenueError(VenueErrorKind.Network, "refused") : null)).AsTask());
        listener.Events.Count(e => e.Contains("OnRetry", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Breaker_composes_with_strategies_of_polly()
    {
        var breaker = new CircuitBreaker(2, TimeSpan.FromSeconds(30), _time);
        var options = new BreakerOptions<int> { Breaker = breaker, ErrorOf = static n => n < 0 ? new VenueError(VenueErrorKind.Network, "x") : null, Refuse = static _ => -99 };
        var pipeline = new ResiliencePipelineBuilder<int> { TimeProvider = _time }
            .AddFallback(new Polly.Fallback.FallbackStrategyOptions<int> { ShouldHandle = static a => ValueTask.FromResult(a.Outcome.Result == -99), FallbackAction = static _ => Polly.Outcome.FromResultAsValueTask(7) })
            .AddStrategy(context => new BreakerStrategy<int>(options, context.Telemetry, _time), options)
            .AddTimeout(TimeSpan.FromSeconds(1))
            .Build();

        var results = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            results.Add(await pipeline.ExecuteAsync(_ => ValueTask.FromResult(-1), TestContext.Current.CancellationToken));
        }

        results.ShouldBe([-1, -1, 7]);
    }

    private static OrderOutcome Outcome(bool isWell) => isWell
        ? new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InvalidRequest, "x"))
        : new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Timeout, "x"));

    // As near as its settings come to "five failures in a row, thirty seconds".
    private ResiliencePipeline<bool> TheirBreaker(out CircuitBreakerStateProvider state)
    {
        state = new CircuitBreakerStateProvider();
        return new ResiliencePipelineBuilder<bool> { TimeProvider = _time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<bool>
            {
                FailureRatio = 1.0,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(30),
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is null && !args.Outcome.Result),
                StateProvider = state,
            })
            .Build();
    }

    private sealed class Recorded : TelemetryListener
    {
        public List<string> Events { get; } = [];

        public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args) =>
            Events.Add($"{args.Source.StrategyName} {args.Event.EventName} {args.Event.Severity}");
    }
}
