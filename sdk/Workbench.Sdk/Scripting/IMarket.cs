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
    IMarketStream<Quote> Quotes(Symbol symbol, Delivery delivery = Delivery.Latest, ConnectionId? via = null, CancellationToken cancellationToken = default);

    /// <summary>Public trades, live.</summary>
    /// <inheritdoc cref="Quotes" path="/param" />
    IMarketStream<Trade> Trades(Symbol symbol, Delivery delivery = Delivery.EveryEvent, ConnectionId? via = null, CancellationToken cancellationToken = default);

    /// <summary>The order book after each change, live.</summary>
    /// <inheritdoc cref="Quotes" path="/param" />
    IMarketStream<OrderBook> Books(Symbol symbol, Delivery delivery = Delivery.Latest, ConnectionId? via = null, CancellationToken cancellationToken = default);

    /// <summary>Candles of any length, built from the trades of the route: the one that is forming whenever it has changed, and each once when it is closed. An interval without trades repeats the last price.</summary>
    /// <remarks>The first candle is whole: the venue's history has what happened before. A closed candle that may lack trades, because the stream was interrupted, is replaced by the venue's own; where
    /// that cannot be read it is marked (<see cref="Candle.IsPartial"/>). After a failover the stream goes on, and the candle of that interval is marked (<see cref="Candle.IsMixed"/>).</remarks>
    /// <param name="symbol">The market.</param>
    /// <param name="interval">Length of a candle, one second to one day; aligned to the Unix epoch.</param>
    /// <param name="via">One connection to read from, or null to follow the route.</param>
    /// <param name="cancellationToken">Ends the stream; also <see cref="IWorkbench.Stop"/> ends it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is shorter than a second or longer than a day.</exception>
    IMarketStream<Candle> Candles(Symbol symbol, TimeSpan interval, ConnectionId? via = null, CancellationToken cancellationToken = default);

    /// <summary>Quotes and books of one market in the order in which they arrived; for comparing and recording. With <see cref="Delivery.Latest"/> the newest quote and the newest book, neither replacing the other.</summary>
    /// <inheritdoc cref="Quotes" path="/param" />
    IMarketStream<MarketEvent> Events(Symbol symbol, Delivery delivery = Delivery.EveryEvent, ConnectionId? via = null, CancellationToken cancellationToken = default);

    /// <summary>The newest quote that has arrived through the route, or null.</summary>
    /// <remarks>Whatever its age: ask its stamp (<see cref="MarketStamp.AgeAt"/>). When no connection of the route is usable, it is the last value known of any of them. Subscribes nothing: read a stream to keep it fresh.</remarks>
    Quote? LatestQuote(Symbol symbol);

    /// <summary>The newest trade that has arrived through the route, or null.</summary>
    /// <inheritdoc cref="LatestQuote" path="/remarks" />
    Trade? LatestTrade(Symbol symbol);

    /// <summary>The newest order book that has arrived through the route, or null. Look at <see cref="OrderBook.IsValid"/> before trading on it.</summary>
    /// <inheritdoc cref="LatestQuote" path="/remarks" />
    OrderBook? LatestBook(Symbol symbol);

    /// <summary>The newest candle of one minute that a venue has sent through the route, or null.</summary>
    /// <inheritdoc cref="LatestQuote" path="/remarks" />
    Candle? LatestCandle(Symbol symbol);

    /// <summary>The rules of a market at its active connection, or null when it is not known there.</summary>
    Instrument? Instrument(Symbol symbol);

    /// <summary>Past candles of the active connection, oldest first; at most 1000.</summary>
    Task<ReadResult<IReadOnlyList<Candle>>> CandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken = default);
}
