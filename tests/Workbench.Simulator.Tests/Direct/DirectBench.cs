using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;
using Workbench.Simulator.Direct;

namespace Workbench.Simulator.Tests.Direct;

/// <summary>A stand-in on a clock that the test moves.</summary>
internal sealed class DirectBench : IAsyncDisposable
{
    public static readonly Symbol Btc = "BTC/USDT";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private int _lastId;

    public DirectBench(string name = "binance", long seed = 7, IReadOnlyDictionary<string, decimal>? balances = null, params string[] symbols)
    {
        Venue = new DirectVenue(name, seed, symbols, balances, Time, NullLogger.Instance);
        Connector = new SimulatedConnector(Venue);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 30, TimeSpan.Zero));

    public DirectVenue Venue { get; }

    public SimulatedConnector Connector { get; }

    public ITradingConnector Trading => Connector.Trading!;

    public Instrument Instrument(Symbol symbol) => Venue.Execute(_ => Venue.Listing.Instruments().Single(i => i.Symbol == symbol));

    /// <summary>Lets the market live for a while, in steps like the pump's.</summary>
    public void Live(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromMilliseconds(20))
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            Venue.Pump();
        }
    }

    public (Price Bid, Price Ask) Best(Symbol symbol) => Venue.Execute(_ =>
    {
        var top = Venue.Listing.Find(symbol)!.Book.Top;
        return (new Price(top.BidPrice), new Price(top.AskPrice));
    });

    public ClientOrderId NextId() => new("t" + Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture));

    public NewOrder Market(Side side, decimal quantity) =>
        new() { ClientOrderId = NextId(), Instrument = Instrument(Btc), Side = side, Type = OrderType.Market, Quantity = new Quantity(quantity) };

    public NewOrder Limit(Side side, decimal quantity, decimal price) => new()
    {
        ClientOrderId = NextId(),
        Instrument = Instrument(Btc),
        Side = side,
        Type = OrderType.Limit,
        Quantity = new Quantity(quantity),
        LimitPrice = new Price(price),
    };

    public NewOrder Stop(Side side, decimal quantity, decimal stop, decimal? limit = null) => Market(side, quantity) with
    {
        Type = limit is null ? OrderType.Stop : OrderType.StopLimit,
        StopPrice = new Price(stop),
        LimitPrice = limit is { } price ? new Price(price) : null,
    };

    /// <summary>A buy far below the market.</summary>
    public NewOrder Resting(decimal quantity = 0.01m) => Limit(Side.Buy, quantity, 40_000m);

    public OrderReference Reference(NewOrder order, VenueOrderId? venueOrderId = null) => new(order.Instrument, order.ClientOrderId, venueOrderId);

    public async Task<OrderOutcome.Accepted> AcceptAsync(NewOrder order) =>
        (await Trading.SubmitAsync(order, CancellationToken.None)).ShouldBeOfType<OrderOutcome.Accepted>();

    public async Task<VenueError> RefuseAsync(NewOrder order) =>
        (await Trading.SubmitAsync(order, CancellationToken.None)).ShouldBeOfType<OrderOutcome.Rejected>().Error;

    public async Task<decimal> FreeAsync(string asset) =>
        (await Trading.GetBalancesAsync(CancellationToken.None)).Value.SingleOrDefault(b => b.Asset.Code == asset)?.Free.Value ?? 0;

    public ValueTask DisposeAsync() => Connector.DisposeAsync();
}
