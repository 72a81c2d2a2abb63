using Polly;

namespace Workbench.Core.Resilience;

/// <summary>A <see cref="CircuitBreaker"/> as a Polly strategy: a refused call becomes a result, not an exception.</summary>
internal sealed class BreakerStrategy<T>(CircuitBreaker breaker, Func<T, BreakerVerdict> judge, Func<TimeSpan, T> refuse) : ResilienceStrategy<T>
{
    protected override async ValueTask<Outcome<T>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<T>>> callback, ResilienceContext context, TState state)
    {
        if (!breaker.TryEnter(out var permit, out var retryAfter))
        {
            return Outcome.FromResult(refuse(retryAfter));
        }

        var outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        switch (outcome.Exception is null ? judge(outcome.Result!) : BreakerVerdict.Ignored)
        {
            case BreakerVerdict.Success:
                breaker.Succeed(permit);
                break;
            case BreakerVerdict.Failure:
                breaker.Fail(permit);
                break;
            default:
                breaker.Release(permit);
                break;
        }

        return outcome;
    }
}

/// <summary>What a result says about the other side.</summary>
internal enum BreakerVerdict
{
    /// <summary>It works.</summary>
    Success,

    /// <summary>It does not.</summary>
    Failure,

    /// <summary>Nothing.</summary>
    Ignored,
}
