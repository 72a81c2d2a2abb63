using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Order;
using Polly;
using Workbench.Composition;
using Workbench.Core.Resilience;
using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Benchmarks.Resilience;

/// <summary>
/// What a healthy call pays for breaker, retry, deadline and budget. Every call waits at a gate until all of its wave are under way, so that the given number
/// is in flight at once; the bare call does the same with nothing around it. Figures are for one call.
/// </summary>
[MemoryDiagnoser]
[Orderer(SummaryOrderPolicy.Declared)]
public class CallCost
{
    private const int Calls = 256;

    private static readonly ReadResult<int> Answer = ReadResult<int>.Ok(1);

    // The venue's own word: for the breaker that is a healthy call, whatever the word is.
    private static readonly OrderOutcome Outcome = new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InsufficientFunds, "too little"));
    private static readonly RateClass Weight = new(RateScope.Address, "request weight");
    private static readonly RateClass Orders = new(RateScope.Key, "orders");
    private static readonly RateCost[] ReadPrice = [new(Weight, 1)];
    private static readonly RateCost[] OrderPrice = [new(Weight, 1), new(Orders, 1)];

    private readonly Task<ReadResult<int>>[] _reads = new Task<ReadResult<int>>[Calls];
    private readonly Task<OrderOutcome>[] _orders = new Task<OrderOutcome>[Calls];
    private ResiliencePipeline<ReadResult<int>> _read = null!;
    private ResiliencePipeline<OrderOutcome> _order = null!;
    private ConnectionBudget _budget = null!;
    private CircuitBreaker _breaker = null!;
    private TaskCompletionSource _gate = null!;

    [Params(1, 16, 256)]
    public int InFlight { get; set; }

    [GlobalSetup]
    public void Begin()
    {
        var time = new SteadyTime();
        var pipelines = new ConnectionPipelines(new ResilienceSettings(), new Random(1), time);
        _read = pipelines.Reads<int>();
        _order = pipelines.Orders;
        _breaker = pipelines.TradingBreaker;
        _budget = new VenueBudgets(new MemoryBudgetStore(), time).For("venue", "key", isRemembered: false);
        foreach (var counted in (RateClass[])[Weight, Orders])
        {
            _budget.Declare(new RateLimit { Class = counted, Most = int.MaxValue, Window = TimeSpan.FromMinutes(1), Kind = RateWindowKind.Aligned });
        }
    }

    [GlobalCleanup]
    public void End()
    {
        if (_breaker.State != BreakerState.Closed)
        {
            throw new InvalidOperationException("The breaker opened: these were refusals, not calls.");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public Task BareCall() => WavesAsync(_reads, static me => me.ReadAsync());

    [Benchmark(OperationsPerInvoke = Calls)]
    public Task ReadPipeline() => WavesAsync(_reads, static me => me._read.ExecuteAsync(static async (s, _) => await s.ReadAsync().ConfigureAwait(false), me, CancellationToken.None).AsTask());

    [Benchmark(OperationsPerInvoke = Calls)]
    public Task ReadPipelineAndBudget() => WavesAsync(_reads, static me => me._read.ExecuteAsync(
        static async (s, _) => s._budget.Take(ReadPrice, RequestLane.Read) is null ? await s.ReadAsync().ConfigureAwait(false) : Answer, me, CancellationToken.None).AsTask());

    [Benchmark(OperationsPerInvoke = Calls)]
    public Task OrderLane() => WavesAsync(_orders, static me => me._order.ExecuteAsync(
        static async (s, _) => s._budget.Take(OrderPrice, RequestLane.Order) is null ? await s.OrderAsync().ConfigureAwait(false) : Outcome, me, CancellationToken.None).AsTask());

    private async Task WavesAsync<T>(Task<T>[] calls, Func<CallCost, Task<T>> call)
    {
        for (var done = 0; done < Calls; done += InFlight)
        {
            _gate = new TaskCompletionSource();
            for (var i = 0; i < InFlight; i++)
            {
                calls[i] = call(this);
            }

            _gate.SetResult();
            for (var i = 0; i < InFlight; i++)
            {
                await calls[i].ConfigureAwait(false);
            }
        }
    }

    private async Task<ReadResult<int>> ReadAsync()
    {
        await _gate.Task.ConfigureAwait(false);
        return Answer;
    }

    private async Task<OrderOutcome> OrderAsync()
    {
        await _gate.Task.ConfigureAwait(false);
        return Outcome;
    }
}
