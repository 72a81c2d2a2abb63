namespace Workbench.Core.Risk.Kill;

/// <summary>Gets a thread pool going whose threads are all stuck: it may start more of them at once instead of one now and then.</summary>
internal static class PoolRelief
{
    private const int Most = 2000;

    /// <summary>Lets the pool have threads for all that waits, when anything does.</summary>
    public static void Grant()
    {
        var waiting = ThreadPool.PendingWorkItemCount;
        ThreadPool.GetMinThreads(out var workers, out var ports);
        if (waiting > 0 && ThreadPool.ThreadCount >= workers)
        {
            ThreadPool.SetMinThreads((int)Math.Min(Most, ThreadPool.ThreadCount + waiting + Environment.ProcessorCount), ports);
        }
    }
}
