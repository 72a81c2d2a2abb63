using Polly;
using Polly.Retry;
using Polly.Telemetry;
using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>Every Polly pipeline of the host, composed here and nowhere else. The first line of each is its outermost strategy.</summary>
internal static class Pipelines
{
    /// <summary>
    /// Reads: retries after the configured delays for failures that pass by themselves; each attempt counts for the breaker and has a deadline.
    /// A retry asks the breaker when it may go on, so attempts and breaks do not fight: after five failures at 0, 1, 3, 7 and 15 s the sixth attempt
    /// is the breaker's probe at 45 s. A call that finds the breaker open fails at once.
    /// </summary>
    public static ResiliencePipeline<ReadResult<T>> Reads<T>(
        ResilienceSettings settings, CircuitBreaker breaker, Backoff backoff, TimeProvider time, TelemetryListener? listener = null)
    {
        var builder = New<ReadResult<T>>("reads", time, listener);
        if (settings.RetryDelays.Count > 0)
        {
            builder.AddRetry(ReadRetries<T>(settings, breaker, backoff));
        }

        return builder
            .AddBreaker(new BreakerOptions<ReadResult<T>> { Breaker = breaker, ErrorOf = static r => r.Error, Refuse = static e => e, SlowCall = settings.SlowCall }, time)
            .AddStrategy(_ => new AttemptTimeout<ReadResult<T>>(settings.ReadTimeout, time, static r => r.Error, static e => e), new AttemptTimeoutOptions())
            .Build();
    }

    /// <summary>Orders: breaker only. Never a retry.</summary>
    public static ResiliencePipeline<OrderOutcome> Orders(ResilienceSettings settings, CircuitBreaker breaker, TimeProvider time, TelemetryListener? listener = null) =>
        New<OrderOutcome>("orders", time, listener).AddBreaker(OrderBreaker(settings, breaker, mayRefuse: true), time).Build();

    /// <summary>Cancels: never a retry, and never refused by the breaker, for a cancel only takes risk away. What comes of them counts like an order.</summary>
    public static ResiliencePipeline<OrderOutcome> Cancels(ResilienceSettings settings, CircuitBreaker breaker, TimeProvider time, TelemetryListener? listener = null) =>
        New<OrderOutcome>("cancels", time, listener).AddBreaker(OrderBreaker(settings, breaker, mayRefuse: false), time).Build();

    /// <summary>The probe of an open breaker: one read, so that nobody's order is the one to find out.</summary>
    public static ResiliencePipeline<VenueError?> Probe(ResilienceSettings settings, CircuitBreaker breaker, TimeProvider time, TelemetryListener? listener = null) =>
        New<VenueError?>("probe", time, listener)
            .AddBreaker(new BreakerOptions<VenueError?> { Breaker = breaker, ErrorOf = static e => e, Refuse = static e => e, SlowCall = settings.SlowCall }, time)
            .AddStrategy(_ => new AttemptTimeout<VenueError?>(settings.ReadTimeout, time, static e => e, static e => e), new AttemptTimeoutOptions())
            .Build();

    /// <summary>
    /// Connects: tried for ever, after the configured delays and then at the pace of the slow probe. A connect is one logical call, however many
    /// requests it takes; no breaker stands before it, for its schedule is the break: N01's attempt times hold exactly.
    /// </summary>
    /// <param name="backoff">The waits.</param>
    /// <param name="waiting">Told why an attempt failed and how long until the next.</param>
    /// <param name="time">The clock.</param>
    /// <param name="listener">Takes Polly's telemetry.</param>
    public static ResiliencePipeline<VenueError?> Connects(Backoff backoff, Action<VenueError, TimeSpan> waiting, TimeProvider time, TelemetryListener? listener = null) =>
        New<VenueError?>("connects", time, listener)
            .AddRetry(new RetryStrategyOptions<VenueError?>
            {
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome is { Exception: null, Result: not null }),
                MaxRetryAttempts = int.MaxValue,
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(backoff.AfterConnect(args.AttemptNumber, args.Outcome.Result)),
                OnRetry = args =>
                {
                    waiting(args.Outcome.Result!, args.RetryDelay);
                    return default;
                },
            })
            .Build();

    private static RetryStrategyOptions<ReadResult<T>> ReadRetries<T>(ResilienceSettings settings, CircuitBreaker breaker, Backoff backoff) => new()
    {
        ShouldHandle = args => ValueTask.FromResult(
            args.Outcome.Exception is null
            && args.Outcome.Result.Error is { IsTransient: true } error
            && !(args.AttemptNumber == 0 && BreakerVerdicts.IsRefusal(error))
            && Asked(error, breaker) <= settings.LongestReadWait),
        MaxRetryAttempts = settings.RetryDelays.Count,
        DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Backoff.AtLeast(Asked(args.Outcome.Result.Error!, breaker), backoff.Delay(args.AttemptNumber))),
    };

    // What the venue and the breaker ask for; a refusal's own word is older than the breaker's.
    private static TimeSpan Asked(VenueError error, CircuitBreaker breaker) => breaker.RetryIn is var wait && error.RetryAfter > wait ? error.RetryAfter.Value : wait;

    private static BreakerOptions<OrderOutcome> OrderBreaker(ResilienceSettings settings, CircuitBreaker breaker, bool mayRefuse) => new()
    {
        Breaker = breaker,
        ErrorOf = static o => o switch
        {
            OrderOutcome.NotSent { Proof: var proof } => proof,
            OrderOutcome.Unknown { Reason: var reason } => reason,
            _ => null, // Accepted or rejected: the venue has answered.
        },
        Refuse = static e => new OrderOutcome.NotSent(e),
        SlowCall = settings.SlowCall,
        MayRefuse = mayRefuse,
    };

    private static ResiliencePipelineBuilder<T> New<T>(string name, TimeProvider time, TelemetryListener? listener) => new() { Name = name, TimeProvider = time, TelemetryListener = listener };

    private static ResiliencePipelineBuilder<T> AddBreaker<T>(this ResiliencePipelineBuilder<T> builder, BreakerOptions<T> options, TimeProvider time) =>
        builder.AddStrategy(context => new BreakerStrategy<T>(options, context.Telemetry, time), options);
}
