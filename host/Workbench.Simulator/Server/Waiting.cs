namespace Workbench.Simulator.Server;

internal static class Waiting
{
    /// <summary>Completes when either token fires; never throws.</summary>
    public static async Task UntilAsync(CancellationToken first, CancellationToken second)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(first, second);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
