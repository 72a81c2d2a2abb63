using System.Runtime.CompilerServices;
using Polly;
using Polly.Telemetry;
using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>A <see cref="CircuitBreaker"/> as a Polly strategy: a refused call becomes a result, not an exception.</summary>
internal sealed class BreakerStrategy<T> : ResilienceStrategy<T>
{
    private readonly BreakerOptions<T> _options;
    private readonly CircuitBreaker _breaker;
    private readonly TimeProvider _time;

    /// <param name="options">What it is told.</param>
    /// <param name="telemetry">Takes the breaker's changes under the names that Polly's own breaker uses.</param>
    /// <param name="time">Measures how long calls take.</param>
    public BreakerStrategy(BreakerOptions<T> options, ResilienceStrategyTelemetry telemetry, TimeProvider time)
    {
        (_options, _breaker, _time) = (options, options.Breaker, time);
        if (_breaker.ClaimVoice())
        {
            _breaker.Changed += change => Report(telemetry, change);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<Outcome<T>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<T>>> callback, ResilienceContext context, TState state)
    {
        var mayCount = _breaker.TryEnter(out var permit, out var retryAfter);
        if (!mayCount && _options.MayRefuse)
        {
            return Outcome.FromResult(_options.Refuse(Refusal(retryAfter)));
        }

        var started = _time.GetTimestamp();
        var outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        if (mayCount)
        {
            Count(permit, outcome, _time.GetElapsedTime(started), context.CancellationToken.IsCancellationRequested);
        }

        return outcome;
    }

    private void Count(CircuitBreaker.Permit permit, Outcome<T> outcome, TimeSpan took, bool isGivenUp)
    {
        var error = outcome.Exception is null ? _options.ErrorOf(outcome.Result!) : null;
        var verdict = outcome.Exception is null ? BreakerVerdicts.Of(error) : BreakerVerdict.Ignored;
        switch (verdict)
        {
            case BreakerVerdict.Success when _options.SlowCall > TimeSpan.Zero && took >= _options.SlowCall:
                _breaker.Fail(permit, $"an answer took {took.TotalSeconds:0.0} s");
                break;
            case BreakerVerdict.Success:
                _breaker.Succeed(permit);
                break;
            case BreakerVerdict.Failure when !isGivenUp: // What breaks when its caller gives up says nothing about the other side.
                _breaker.Fail(permit, error!.Message);
                break;
            case BreakerVerdict.Local:
                _breaker.FailLocally(permit);
                break;
            default:
                _breaker.Release(permit);
                break;
        }
    }

    private static VenueError Refusal(TimeSpan retryAfter) => retryAfter == TimeSpan.MaxValue
        ? new VenueError(VenueErrorKind.Unavailable, "an operator has isolated this connection", BreakerVerdicts.RefusalCode)
        : new VenueError(VenueErrorKind.Unavailable, "the circuit breaker is open after repeated failures", BreakerVerdicts.RefusalCode, retryAfter);

    private static void Report(ResilienceStrategyTelemetry telemetry, BreakerChange change)
    {
        var (severity, name) = change.To switch
        {
            BreakerState.Closed => (ResilienceEventSeverity.Information, "OnCircuitClosed"),
            BreakerState.HalfOpen => (ResilienceEventSeverity.Warning, "OnCircuitHalfOpened"),
            _ => (ResilienceEventSeverity.Error, "OnCircuitOpened"),
        };
        var context = ResilienceContextPool.Shared.Get();
        telemetry.Report(new ResilienceEvent(severity, name), context, change);
        ResilienceContextPool.Shared.Return(context);
    }
}
