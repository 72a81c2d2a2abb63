using System.Runtime.CompilerServices;
using Workbench.Sdk;

namespace Workbench.Scripting.Tests.Fakes;

internal sealed class FakeMarket(FakeWorkbench workbench) : IMarket
{
    public async IAsyncEnumerable<Quote> Quotes(Symbol symbol, Delivery delivery = Delivery.Latest, ConnectionId? via = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0L; !cancellationToken.IsCancellationRequested && !workbench.Stop.IsCancellationRequested; i++)
        {
            await Task.Yield();
            yield return new Quote(symbol, new Price(61800m + i), new Quantity(1m), new Price(61801m + i), new Quantity(2m), Stamp(i + 1));
        }
    }

    public async IAsyncEnumerable<MarketEvent> Events(Symbol symbol, ConnectionId? via = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var e in workbench.Tape.Events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return e;
        }
    }

    public IAsyncEnumerable<Trade> Trades(Symbol symbol, Delivery delivery = Delivery.EveryEvent, ConnectionId? via = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<OrderBook> Books(Symbol symbol, Delivery delivery = Delivery.Latest, ConnectionId? via = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Quote? LatestQuote(Symbol symbol) => null;

    public Instrument? Instrument(Symbol symbol) => null;

    public Task<ReadResult<IReadOnlyList<Candle>>> CandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

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
}
