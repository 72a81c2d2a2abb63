using System.Runtime.CompilerServices;
using Workbench.Sdk;

namespace Workbench.Scripting.Tests.Fakes;

internal sealed class FakeMarket(FakeWorkbench workbench) : IMarket
{
    public IMarketStream<Quote> Quotes(Symbol symbol, Delivery delivery = Delivery.Latest, ConnectionId? via = null, CancellationToken cancellationToken = default) =>
        new Stream<Quote>(RisingQuotes(symbol, cancellationToken));

    public IMarketStream<MarketEvent> Events(Symbol symbol, Delivery delivery = Delivery.EveryEvent, ConnectionId? via = null, CancellationToken cancellationToken = default) =>
        new Stream<MarketEvent>(TapeEvents(cancellationToken));

    public IMarketStream<Trade> Trades(Symbol symbol, Delivery delivery = Delivery.EveryEvent, ConnectionId? via = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IMarketStream<OrderBook> Books(Symbol symbol, Delivery delivery = Delivery.Latest, ConnectionId? via = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IMarketStream<Candle> Candles(Symbol symbol, TimeSpan interval, ConnectionId? via = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Quote? LatestQuote(Symbol symbol) => null;

    public Trade? LatestTrade(Symbol symbol) => null;

    public OrderBook? LatestBook(Symbol symbol) => null;

    public Candle? LatestCandle(Symbol symbol) => null;

    public Instrument? Instrument(Symbol symbol) => null;

    public Task<ReadResult<IReadOnlyList<Candle>>> CandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private async IAsyncEnumerable<Quote> RisingQuotes(Symbol symbol, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0L; !cancellationToken.IsCancellationRequested && !workbench.Stop.IsCancellationRequested; i++)
        {
            await Task.Yield();
            yield return new Quote(symbol, new Price(61800m + i), new Quantity(1m), new Price(61801m + i), new Quantity(2m), Stamp(i + 1));
        }
    }

    private async IAsyncEnumerable<MarketEvent> TapeEvents([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var e in workbench.Tape.Events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return e;
        }
    }

    private MarketStamp Stamp(long sequence) => new()
    {
        Connection = workbench.Routes.Active,
        Venue = new VenueId(workbench.Routes.Active.Value),
        Session = 1,
        VenueTime = default,
        ReceivedAt = default,
        Sequence = sequence,
        IsBackup = workbench.Routes.OnBackup,
        IsSimulated = true,
    };

    private sealed class Stream<T>(IAsyncEnumerable<T> events) : IMarketStream<T>
        where T : MarketEvent
    {
        public long Dropped => 0;

        public long Replaced => 0;

        public int Lag => 0;

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => events.GetAsyncEnumerator(cancellationToken);
    }
}
