using System.Runtime.CompilerServices;
using Workbench.Sdk;

namespace Workbench.Core.Surface;

/// <summary><see cref="IMarket"/> over the engine; its streams end with the run they belong to.</summary>
internal sealed class EngineMarket(WorkbenchEngine engine, CancellationToken stop) : IMarket
{
    private static readonly HashSet<MarketChannel> QuotesAndBooks = [MarketChannel.Quotes, MarketChannel.Book];

    public IAsyncEnumerable<Quote> Quotes(Symbol symbol, Delivery delivery, ConnectionId? via, CancellationToken cancellationToken) =>
        ReadAsync<Quote>(symbol, MarketChannel.Quotes, delivery, via, cancellationToken);

    public IAsyncEnumerable<Trade> Trades(Symbol symbol, Delivery delivery, ConnectionId? via, CancellationToken cancellationToken) =>
        ReadAsync<Trade>(symbol, MarketChannel.Trades, delivery, via, cancellationToken);

    public IAsyncEnumerable<OrderBook> Books(Symbol symbol, Delivery delivery, ConnectionId? via, CancellationToken cancellationToken) =>
        ReadAsync<OrderBook>(symbol, MarketChannel.Book, delivery, via, cancellationToken);

    public async IAsyncEnumerable<MarketEvent> Events(Symbol symbol, ConnectionId? via, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
        await foreach (var e in engine.Hub.ReadAsync(symbol, QuotesAndBooks, via, Delivery.EveryEvent, either.Token).ConfigureAwait(false))
        {
            yield return e;
        }
    }

    public Quote? LatestQuote(Symbol symbol) => engine.LatestQuote(engine.Routes.Status(symbol));

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

    private async IAsyncEnumerable<T> ReadAsync<T>(
        Symbol symbol, MarketChannel channel, Delivery delivery, ConnectionId? via, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : MarketEvent
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
        await foreach (var e in engine.Hub.ReadAsync(symbol, new HashSet<MarketChannel> { channel }, via, delivery, either.Token).ConfigureAwait(false))
        {
            if (e is T wanted)
            {
                yield return wanted;
            }
        }
    }
}
