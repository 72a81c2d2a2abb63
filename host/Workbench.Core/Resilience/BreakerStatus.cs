using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>A circuit breaker at one moment.</summary>
/// <param name="State">What it does with calls.</param>
/// <param name="Since">When that began.</param>
/// <param name="Until">When the next probe may go, or when the one that is out counts as lost; null when closed or isolated.</param>
/// <param name="Failures">Failures in a row while closed.</param>
/// <param name="Trips">How often it opened without having been well in between.</param>
/// <param name="LocalFailures">Failures of our own side (DNS, no route) since the start. They never open it.</param>
/// <param name="Reason">Why it is in this state, for a person; empty when closed from the start.</param>
public sealed record BreakerStatus(BreakerState State, Timestamp Since, Timestamp? Until, int Failures, int Trips, long LocalFailures, string Reason);

/// <summary>A change of a circuit breaker's state.</summary>
/// <param name="From">The state it left.</param>
/// <param name="To">The state it is in now.</param>
/// <param name="At">When.</param>
/// <param name="Break">How long the break lasts; null unless it opened.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record BreakerChange(BreakerState From, BreakerState To, Timestamp At, TimeSpan? Break, string Reason);
