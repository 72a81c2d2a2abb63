using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>A route as configured: which markets it serves and through which connections.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Symbols">The markets; empty means every market that no other route names.</param>
/// <param name="Data">Where market data comes from.</param>
/// <param name="Trading">Where orders go; null for a route that only reads.</param>
public sealed record RouteSettings(string Name, IReadOnlySet<Symbol> Symbols, FailoverSettings Data, FailoverSettings? Trading);

/// <summary>Primary and secondary of one half of a route.</summary>
/// <param name="Primary">Used whenever it can be.</param>
/// <param name="Secondary">Used while the primary cannot; null for none.</param>
/// <param name="FailbackAfter">How long the primary must have been well without a break before it is used again.</param>
public sealed record FailoverSettings(ConnectionId Primary, ConnectionId? Secondary, TimeSpan FailbackAfter);
