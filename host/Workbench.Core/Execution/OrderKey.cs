using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>An order by the venue's own id. Some venues count per market, so the market belongs to it.</summary>
/// <param name="Connection">Where.</param>
/// <param name="Symbol">The market.</param>
/// <param name="VenueOrderId">The venue's id.</param>
public readonly record struct OrderKey(ConnectionId Connection, Symbol Symbol, VenueOrderId VenueOrderId);
