using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Core.Connections;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Resilience;
using Workbench.Core.Risk;
using Workbench.Core.Risk.Kill;
using Workbench.Core.Routing;
using Workbench.Core.Surface;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Fakes;

/// <summary>A whole engine on two fake venues, a memory journal and a clock that moves only while somebody waits.</summary>
internal sealed class EngineRig : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();

    public EngineRig(RiskLimits? risk = null, IReadOnlyList<ExecutionEvent>? history = null, Func<ConnectionId, ConnectorOpening?>? open = null,
        Func<ConnectionSettings, ConnectionSettings>? configure = null, RouteHalfSettings? half = null, int attempts = 2,
        IKillRecord? killRecord = null, IEngineObserver? observer = null)
    {
        Primary = new FakeConnector("binance") { Clock = Now };
        Secondary = new FakeConnector("bybit") { Clock = Now };
        var opening = (JournalOpening.Ready)OrderJournal.Open(Storage);
        var route = half ?? RouteHalfSettings.PrimarySecondary(new ConnectionId("binance"), new ConnectionId("bybit"), TimeSpan.FromSeconds(3));
        var settings = new EngineSettings
        {
            Connections = [.. new[] { Connection("binance"), Connection("bybit") }.Select(c => configure?.Invoke(c) ?? c)],
            Routes = [new RouteSettings("default", new HashSet<Symbol>(), route, route)],
            Risk = risk ?? RiskLimits.None,
            Installation = "t0t",
            MaxAttempts = attempts,
            KillRecord = killRecord,
        };
        Engine = new WorkbenchEngine(
            settings, (id, _) => Task.FromResult(open?.Invoke(id) ?? Open(id)), opening.Journal, history ?? [], observer ?? new Silent(), Time, NullLoggerFactory.Instance);
        Workbench = Engine.CreateWorkbench(new WorkbenchAccess("test", null!, null!, NullLogger.Instance, null, _stop.Token));
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(54));

    public MemoryJournalStorage Storage { get; } = new();

    public FakeConnector Primary { get; }

    public FakeConnector Secondary { get; }

    public WorkbenchEngine Engine { get; }

    public IWorkbench Workbench { get; }

    public Timestamp Now() => Timestamp.Now(Time);

    /// <summary>Starts everything and waits until the route is up.</summary>
    public async Task StartAsync()
    {
        Engine.Start();
        await UntilAsync(() => Engine.AreRoutesReady, "the routes to be ready");
    }

    /// <summary>Moves the clock, step by step, until something holds. Time goes on only when everything that was due has happened.</summary>
    public async Task UntilAsync(Func<bool> holds, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        await SettleAsync(); // What has just been started sets its timers before the clock moves.
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(60))
            {
                throw new TimeoutException($"Waited in vain for {what}: {string.Join("; ", Engine.Snapshot().Connections.Select(c => $"{c.Id} {c.State} {c.Reason}"))}");
            }

            if (Engine.Failure is { } failure)
            {
                throw new InvalidOperationException("The pipeline has failed.", failure);
            }

            Time.Advance(Step);
            await SettleAsync();
        }
    }

    private async Task SettleAsync()
    {
        // Tasks that a timer has woken run on the pool and may post to the pipeline, whose effects run on the pool again.
        // It is over when several rounds through the pool find the pipeline quiet and nothing done but the rounds themselves.
        const int QuietRounds = 3;
        for (var quiet = 0; quiet < QuietRounds;)
        {
            var before = ThreadPool.CompletedWorkItemCount;
            await Task.Run(static () => Thread.Yield());
            var isQuiet = Engine.IsQuiet && ThreadPool.PendingWorkItemCount == 0 && ThreadPool.CompletedWorkItemCount - before <= 2 && BusyWorkers <= 1;
            quiet = isQuiet ? quiet + 1 : 0;
        }
    }

    // A work item that has begun is neither pending nor completed, and on a busy machine its thread may wait for a processor for long. Our own thread counts, too.
    private static int BusyWorkers
    {
        get
        {
            ThreadPool.GetMaxThreads(out var most, out _);
            ThreadPool.GetAvailableThreads(out var free, out _);
            return most - free;
        }
    }

    public async Task<Order> DoneAsync(IOrderHandle handle)
    {
        await UntilAsync(() => handle.Done.IsCompleted, $"the end of order {handle.State}");
        return await handle.Done;
    }

    public async ValueTask DisposeAsync()
    {
        var disposing = Engine.DisposeAsync().AsTask();
        while (!disposing.IsCompleted)
        {
            Time.Advance(Step);
            await Task.Yield();
        }

        await disposing;
        _stop.Dispose();
    }

    private static ConnectionSettings Connection(string name) => new()
    {
        Id = new ConnectionId(name),
        Resilience = new ResilienceSettings { Jitter = 0 },
    };

    private ConnectorOpening Open(ConnectionId id) =>
        new ConnectorOpening.Opened(id.Value == "binance" ? Primary : Secondary, false, null, static (_, _, _) => { }, new Nothing());

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Silent : IEngineObserver
    {
        public void OnOrder(Order order)
        {
        }

        public void OnFill(Fill fill)
        {
        }

        public void OnError(string text)
        {
        }
    }
}
