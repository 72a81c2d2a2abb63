using Microsoft.Extensions.Logging;
using Workbench.Core.Execution;

namespace Workbench.Core.Pipeline;

/// <summary>Runs the pipeline on one thread of its own: takes what waits, runs it, commits the journal, and only then lets effects happen.</summary>
internal sealed class PipelineRunner(PipelineInbox inbox, StagePipeline pipeline, ExecutionLedger ledger, Action<ExecutionEffect> perform, ILogger logger) : IDisposable
{
    private const int MaxBatch = 256;

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private volatile bool _isWaiting;

    /// <summary>True while the thread waits for something to be posted.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>Why the pipeline stopped by itself, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Ends when the pipeline has stopped by itself; the host must end then.</summary>
    public Task Failed => _failed.Task;

    public void Start()
    {
        _thread = new Thread(Run) { Name = "trading-pipeline", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Cancel();
        if (_thread is not null && _thread != Thread.CurrentThread)
        {
            _thread.Join();
        }

        _stop.Dispose();
    }

    /// <summary>Runs everything that waits now. Tests call it instead of <see cref="Start"/>.</summary>
    public void RunPending()
    {
        while (RunBatch())
        {
        }
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                if (!RunBatch())
                {
                    _isWaiting = true;
                    inbox.Wait(_stop.Token);
                    _isWaiting = false;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            RunPending();
        }
#pragma warning disable CA1031 // boundary: pipeline. A stage that throws has lost its state; the process must not trade on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure = e;
            logger.PipelineFailed(e);
            _failed.SetResult();
        }
    }

    private bool RunBatch()
    {
        var taken = 0;
        while (taken < MaxBatch && inbox.TryTake(out var message))
        {
            pipeline.Process(message);
            taken++;
        }

        foreach (var effect in ledger.Commit())
        {
            if (effect is SendOrder)
            {
                CrashPoint.Reached(CrashPoint.RecordSynced);
            }

            perform(effect);
        }

        return taken > 0;
    }
}
