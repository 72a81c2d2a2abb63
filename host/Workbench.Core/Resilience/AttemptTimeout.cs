using System.Runtime.CompilerServices;
using Polly;
using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>Bounds one attempt of a read, however many requests it makes. What its deadline ends is a timeout of the venue; what the caller ends stays a cancel.</summary>
internal sealed class AttemptTimeout<T>(TimeSpan limit, TimeProvider time, Func<T, VenueError?> errorOf, Func<VenueError, T> resultOf) : ResilienceStrategy<T>
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<Outcome<T>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<T>>> callback, ResilienceContext context, TState state)
    {
        var caller = context.CancellationToken;
        using var deadline = new CancellationTokenSource(limit, time);
        using var link = caller.UnsafeRegister(static d => ((CancellationTokenSource)d!).Cancel(), deadline);
        var attempt = ResilienceContextPool.Shared.Get(context.OperationKey, context.ContinueOnCapturedContext, deadline.Token);
        var outcome = await callback(attempt, state).ConfigureAwait(context.ContinueOnCapturedContext);
        ResilienceContextPool.Shared.Return(attempt);
        return deadline.IsCancellationRequested && !caller.IsCancellationRequested && IsGivenUp(outcome)
            ? Outcome.FromResult(resultOf(new VenueError(VenueErrorKind.Timeout, $"no answer within {limit.TotalSeconds:0.###} s")))
            : outcome;
    }

    private bool IsGivenUp(Outcome<T> outcome) =>
        outcome.Exception is { } thrown ? thrown is OperationCanceledException : errorOf(outcome.Result!) is { Kind: VenueErrorKind.Cancelled };
}

/// <summary>Its name in Polly's telemetry.</summary>
internal sealed class AttemptTimeoutOptions : ResilienceStrategyOptions
{
    public AttemptTimeoutOptions() => Name = "attempt-timeout";
}
