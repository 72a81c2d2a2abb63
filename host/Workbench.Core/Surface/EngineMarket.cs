using Workbench.Core.MarketData;
using Workbench.Sdk;

namespace Workbench.Core.Surface;

/// <summary><see cref="IMarket"/> over the engine; its streams end with the run they belong to.</summary>
internal sealed class EngineMarket(WorkbenchEngine engine, CancellationToken stop) : IMarket
{
    private static readonly HashSet<MarketChannel> OnlyQuotes = [MarketChannel.Quotes];
    private static readonly HashSet<MarketChannel> OnlyTrades = [MarketChannel.Trades];
    private static readonly HashSet<MarketChannel> OnlyBooks = [MarketChannel.Book];
    private static readonly HashSet<MarketChannel> QuotesAndBooks = [MarketChannel.Quotes, MarketChannel.Book];

    public IMarketStream<Quote> Quotes(Symbol symbol, Delivery delivery, ConnectionId? via, CancellationToken cancellationToken) =>
        Read<Quote>(symbol, OnlyQuotes, delivery, via, cancellationToken);

    public IMarketStream<Trade> Trades(Symbol symbol, Delivery delivery, ConnectionId? via, CancellationToken cancellationToken) =>
        Read<Trade>(symbol, OnlyTrades, delivery, via, cancellationToken);

    public IMarketStream<OrderBook> Books(Symbol symbol, Delivery delivery, ConnectionId? via, CancellationToken cancellationToken) =>
        Read<OrderBook>(symbol, OnlyBooks, delivery, via, cancellationToken);

    public IMarketStream<Candle> Candles(Symbol symbol, TimeSpan interval, ConnectionId? via, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, TimeSpan.FromDays(1));
        return new CandleStream(Trades(symbol, Delivery.EveryEvent, via, cancellationToken), ReadCandlesAsync, new CandleRequest(symbol, interval), engine.Time, stop);

        async Task<IReadOnlyList<Candle>?> ReadCandlesAsync(ConnectionId? from, int count, CancellationToken token)
        {
            var asked = from ?? via ?? engine.Routes.Status(symbol).Data;
            if (asked is not { } id || engine.Connection(id) is not { } connection)
            {
                return null;
            }

            var read = await connection.ReadAsync((c, ct) => c.GetCandlesAsync(symbol, interval, count, ct), token).ConfigureAwait(false);
            return read.IsOk ? read.Value : null;
        }
    }

    public IMarketStream<MarketEvent> Events(Symbol symbol, Delivery delivery, ConnectionId? via, CancellationToken cancellationToken) =>
        Read<MarketEvent>(symbol, QuotesAndBooks, delivery, via, cancellationToken);

    public Quote? LatestQuote(Symbol symbol) => engine.LatestQuote(engine.Routes.Status(symbol));

    public Trade? LatestTrade(Symbol symbol) => engine.Latest(engine.Routes.Status(symbol), static s => s.Trade);

    public OrderBook? LatestBook(Symbol symbol) => engine.Latest(engine.Routes.Status(symbol), static s => s.Book);

    public Candle? LatestCandle(Symbol symbol) => engine.Latest(engine.Routes.Status(symbol), static s => s.Candle);

    public Instrument? Instrument(Symbol symbol) =>
        engine.Routes.Status(symbol) is { } route && (route.Trading ?? route.Data) is { } connection && engine.Boards.Instruments(connection).TryGet(symbol, out var instrument) ? instrument : null;

    public async Task<ReadResult<IReadOnlyList<Candle>>> CandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken)
    {
        if (engine.Routes.Status(symbol).Data is not { } id || engine.Connection(id) is not { } connection)
        {
            return new VenueError(VenueErrorKind.Unavailable, $"no connection has market data for {symbol} now");
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
        return await connection.ReadAsync((c, ct) => c.GetCandlesAsync(symbol, interval, count, ct), either.Token).ConfigureAwait(false);
    }

    private MarketStream<T> Read<T>(Symbol symbol, HashSet<MarketChannel> channels, Delivery delivery, ConnectionId? via, CancellationToken cancellationToken)
        where T : MarketEvent =>
        new(engine.Hub, new MarketRequest(symbol, channels, via, delivery), stop, cancellationToken);
}
