namespace Workbench.Sdk;

/// <summary>Market data, read through a symbol's route: on a failover the stream goes on and the stamps change.</summary>
public interface IMarket
{
    /// <summary>The best bid and ask, live.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="delivery">What a slow reader gets.</param>
    /// <param name="via">One connection to read from, or null to follow the route.</param>
    /// <param name="cancellationToken">Ends the stream; also <see cref="IWorkbench.Stop"/> ends it.</param>
    /// <example><code>await foreach (var quote in Market.Quotes("BTC/USDT")) Console.WriteLine($"{quote.Bid} {quote.Ask}");</code></example>
    IAsyncEnumerable<Quote> Quotes(Symbol symbol, Delivery delivery = Delivery.Latest, ConnectionId? via = null, CancellationToken cancellationToken = default);

    /// <summary>Public trades, live.</summary>
    /// <inheritdoc cref="Quotes" path="/param" />
    IAsyncEnumerable<Trade> Trades(Symbol symbol, Delivery delivery = Delivery.EveryEvent, ConnectionId? via = null, CancellationToken cancellationToken = default);

    /// <summary>The order book after each change, live.</summary>
    /// <inheritdoc cref="Quotes" path="/param" />
    IAsyncEnumerable<OrderBook> Books(Symbol symbol, Delivery delivery = Delivery.Latest, ConnectionId? via = null, CancellationToken cancellationToken = default);

    /// <summary>Quotes and books of one market in the order in which they arrived, every event; for comparing and recording.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="via">One connection to read from, or null to follow the route.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    IAsyncEnumerable<MarketEvent> Events(Symbol symbol, ConnectionId? via = null, CancellationToken cancellationToken = default);

    /// <summary>The newest quote that has arrived through the route, whatever its age (see its stamp), or null. Subscribes nothing: read <see cref="Quotes"/> to keep it fresh.</summary>
    Quote? LatestQuote(Symbol symbol);

    /// <summary>The rules of a market at its active connection, or null when it is not known there.</summary>
    Instrument? Instrument(Symbol symbol);

    /// <summary>Past candles of the active connection, oldest first; at most 1000.</summary>
    Task<ReadResult<IReadOnlyList<Candle>>> CandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken = default);
}
