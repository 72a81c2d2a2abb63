using Polly;
using Polly.Retry;
using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>Every Polly pipeline of the host, composed here and nowhere else.</summary>
internal static class Pipelines
{
    /// <summary>Reads: breaker, then retries after the configured delays for failures that pass by themselves.</summary>
    public static ResiliencePipeline<ReadResult<T>> Reads<T>(ResilienceSettings settings, CircuitBreaker breaker, TimeProvider time, Random jitter) =>
        new ResiliencePipelineBuilder<ReadResult<T>> { TimeProvider = time }
            .AddStrategy(_ => new BreakerStrategy<ReadResult<T>>(breaker, r => Judge(r.Error), after => Refused(after)), new BreakerOptions())
            .AddRetry(new RetryStrategyOptions<ReadResult<T>>
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is null && args.Outcome.Result.Error is { IsTransient: true }),
                MaxRetryAttempts = Math.Max(1, settings.RetryDelays.Count),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
                    ReconnectSchedule.AtLeast(args.Outcome.Result.Error?.RetryAfter, ReconnectSchedule.Jittered(settings.RetryDelays[args.AttemptNumber], settings.Jitter, jitter))),
            })
            .Build();

    /// <summary>Orders and cancels: breaker only. Never a retry.</summary>
    public static ResiliencePipeline<OrderOutcome> Orders(CircuitBreaker breaker, TimeProvider time) =>
        new ResiliencePipelineBuilder<OrderOutcome> { TimeProvider = time }
            .AddStrategy(_ => new BreakerStrategy<OrderOutcome>(breaker, Judge, after => new OrderOutcome.NotSent(Refused(after))), new BreakerOptions())
            .Build();

    private static VenueError Refused(TimeSpan after) =>
        new(VenueErrorKind.Unavailable, "the circuit breaker is open after repeated failures", RetryAfter: after > TimeSpan.Zero ? after : null);

    private static BreakerVerdict Judge(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Accepted or OrderOutcome.Rejected => BreakerVerdict.Success,
        OrderOutcome.NotSent { Proof: var proof } => Judge(proof),
        OrderOutcome.Unknown { Reason: var reason } => Judge(reason),
        _ => BreakerVerdict.Ignored,
    };

    private static BreakerVerdict Judge(VenueError? error) => error?.Kind switch
    {
        null or VenueErrorKind.InvalidRequest or VenueErrorKind.InstrumentRule or VenueErrorKind.InsufficientFunds or VenueErrorKind.NotFound or VenueErrorKind.DuplicateClientOrderId => BreakerVerdict.Success,
        VenueErrorKind.Network or VenueErrorKind.Timeout or VenueErrorKind.Unavailable or VenueErrorKind.BadResponse => BreakerVerdict.Failure,
        _ => BreakerVerdict.Ignored,
    };

    private sealed class BreakerOptions : ResilienceStrategyOptions
    {
        public BreakerOptions() => Name = "breaker";
    }
}
