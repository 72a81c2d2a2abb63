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
