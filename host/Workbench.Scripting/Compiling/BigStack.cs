namespace Workbench.Scripting.Compiling;

/// <summary>Runs work on a thread with a stack of known size: the compiler recurses, and the pool's stacks differ from system to system.</summary>
internal static class BigStack
{
    private const int StackBytes = 16 * 1024 * 1024;

    public static Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (OperationCanceledException e)
                {
                    done.SetCanceled(e.CancellationToken);
                }
#pragma warning disable CA1031 // boundary: thread; the exception goes to whoever awaits
                catch (Exception e)
#pragma warning restore CA1031
                {
                    done.SetException(e);
                }
            },
            StackBytes)
        {
            IsBackground = true,
            Name = "script compiler",
        };
        thread.Start();
        return done.Task;
    }
}
