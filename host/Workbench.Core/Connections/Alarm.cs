namespace Workbench.Core.Connections;

/// <summary>A wait that somebody else can cut short. One waits, anybody rings; a ring while nobody waits ends the next wait at once.</summary>
internal sealed class Alarm(TimeProvider time)
{
    private TaskCompletionSource _rung = Fresh();

    public void Ring() => Volatile.Read(ref _rung).TrySetResult();

    /// <summary>Waits until the time is over or somebody rings.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rung = Volatile.Read(ref _rung).Task;
        await Task.WhenAny(Task.Delay(limit, time, over.Token), rung).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (rung.IsCompleted)
        {
            Volatile.Write(ref _rung, Fresh());
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
