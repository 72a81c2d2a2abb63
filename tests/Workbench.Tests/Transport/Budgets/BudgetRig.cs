using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Tests.Transport.Budgets;

/// <summary>Budgets on a clock of their own, five seconds after a full minute.</summary>
public abstract class BudgetRig
{
    private protected BudgetRig() => Budgets = new VenueBudgets(Store, Time);

    private protected static TimeSpan Minute { get; } = TimeSpan.FromMinutes(1);

    private protected static RateClass Weight { get; } = new(RateScope.Address, "weight");

    private protected static RateClass Orders { get; } = new(RateScope.Key, "orders");

    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private protected MemoryBudgetStore Store { get; } = new();

    private protected VenueBudgets Budgets { get; }

    private protected ConnectionBudget Budget(string address = "venue", string? key = "key") => Budgets.For(address, key, isRemembered: true);

    private protected static RateLimit Aligned(RateClass counted, int most, TimeSpan window, bool keepsReserve = true) =>
        new() { Class = counted, Most = most, Window = window, Kind = RateWindowKind.Aligned, KeepsReserve = keepsReserve };

    private protected static RateLimit Sliding(RateClass counted, int most, TimeSpan window, bool keepsReserve = true) =>
        new() { Class = counted, Most = most, Window = window, Kind = RateWindowKind.Sliding, KeepsReserve = keepsReserve };

    private protected static VenueError? Take(ConnectionBudget budget, int weight, RequestLane lane, RateClass? counted = null) =>
        budget.Take([new RateCost(counted ?? Weight, weight)], lane);
}
