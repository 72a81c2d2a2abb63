using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Which candles a reader wants.</summary>
internal sealed record CandleRequest(Symbol Symbol, TimeSpan Interval);

/// <summary>Reads the newest candles, oldest first; null when they cannot be read.</summary>
/// <param name="connection">The connection to ask; null asks the one that the reader follows now.</param>
/// <param name="count">How many.</param>
/// <param name="cancellationToken">Gives up.</param>
internal delegate Task<IReadOnlyList<Candle>?> CandleHistory(ConnectionId? connection, int count, CancellationToken cancellationToken);
