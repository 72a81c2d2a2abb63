using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>What a reader asks the hub for.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Channels">The kinds of data.</param>
/// <param name="Via">The one connection to read from; null follows the route.</param>
/// <param name="Delivery">What a slow reader gets.</param>
internal sealed record MarketRequest(Symbol Symbol, IReadOnlySet<MarketChannel> Channels, ConnectionId? Via, Delivery Delivery);
