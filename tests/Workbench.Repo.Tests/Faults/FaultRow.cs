namespace Workbench.Repo.Tests.Faults;

/// <summary>A row of the fault catalogue as docs/faults.md shows it.</summary>
/// <param name="Id">N is the network, E the exchange.</param>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Sees">What the user sees and the host does.</param>
/// <param name="Lacks">What is known to be missing although there are tests; null when nothing is.</param>
internal sealed record FaultRow(string Id, string Fault, string Sees, string? Lacks = null);
