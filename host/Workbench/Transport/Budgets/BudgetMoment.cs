namespace Workbench.Transport.Budgets;

/// <summary>Now, on both clocks that a budget needs.</summary>
/// <param name="VenueTicks">The venue's wall clock as far as it is known, in ticks of UTC: aligned windows follow it.</param>
/// <param name="MonotonicTicks">Time that never steps, in ticks since some start: everything else follows it.</param>
internal readonly record struct BudgetMoment(long VenueTicks, long MonotonicTicks);
