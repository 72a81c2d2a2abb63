using BenchmarkDotNet.Attributes;
using Workbench.Composition;
using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Benchmarks.Budgets;

/// <summary>What a request pays for its rate budget: one lock per scope, no allocation.</summary>
[MemoryDiagnoser]
public class TakeBudget
{
    private static readonly RateClass Weight = new(RateScope.Address, "request weight");
    private static readonly RateClass Requests = new(RateScope.Address, "raw requests");
    private static readonly RateClass Orders = new(RateScope.Key, "orders");
    private static readonly RateCost[] Read = [new(Weight, 1), new(Requests, 1)];
    private static readonly RateCost[] Order = [new(Weight, 1), new(Requests, 1), new(Orders, 1)];

    private ConnectionBudget _budget = null!;

    [GlobalSetup]
    public void Begin()
    {
        _budget = new VenueBudgets(new MemoryBudgetStore(), new SteadyTime()).For("venue", "key", isRemembered: false);
        foreach (var counted in (RateClass[])[Weight, Requests])
        {
            _budget.Declare(new RateLimit { Class = counted, Most = int.MaxValue, Window = TimeSpan.FromMinutes(1), Kind = RateWindowKind.Aligned });
        }

        foreach (var (seconds, kind) in ((int, RateWindowKind)[])[(10, RateWindowKind.Sliding), (86_400, RateWindowKind.Aligned)])
        {
            _budget.Declare(new RateLimit { Class = Orders, Most = int.MaxValue, Window = TimeSpan.FromSeconds(seconds), Kind = kind });
        }
    }

    [Benchmark]
    public bool OfARead() => _budget.Take(Read, RequestLane.Read) is null;

    [Benchmark]
    public bool OfAnOrder() => _budget.Take(Order, RequestLane.Order) is null;
}
