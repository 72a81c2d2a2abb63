using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Fakes;

/// <summary>A venue of two methods: quotes when told, orders as told.</summary>
internal sealed class FakeConnector(string venue) : IConnector
{
    private readonly Channel<Func<IMarketStreamSession, bool>> _script = Channel.CreateUnbounded<Func<IMarketStreamSession, bool>>();

    public FakeTrading? FakeTrading { get; init; } = new();

    public ConnectorManifest Manifest { get; } = new()
    {
        Venue = new VenueId(venue),
        Channels = Enum.GetValues<MarketChannel>().ToHashSet(),
        MaxClientOrderIdLength = 36,
        ClientOrderIdsAreUniqueForever = true,
        MarketIdsOnlyRise = true,
        EngineBound = TimeSpan.FromSeconds(10),
        QueryLag = TimeSpan.FromSeconds(5),
        Orders = new Dictionary<InstrumentKind, OrderSupport>
        {
            [InstrumentKind.Spot] = new()
            {
                Types = Enum.GetValues<OrderType>().ToHashSet(),
                TimesInForce = Enum.GetValues<TimeInForce>().ToHashSet(),
                PostOnly = true,
            },
        },
    };

    public ITradingConnector? Trading => FakeTrading;

    /// <summary>What reads answer; null for success.</summary>
    public VenueError? ReadError { get; set; }

    /// <summary>What the next market streams end with at once; null for streams that live.</summary>
    public VenueError? StreamError { get; set; }

    /// <summary>Thrown by the market stream when set.</summary>
    public Exception? Throws { get; set; }

    public int Sessions { get; private set; }

    /// <summary>Publishes a quote in the running session.</summary>
    public void Quote(decimal bid, decimal ask, Symbol? symbol = null, long sequence = 1) => _script.Writer.TryWrite(session =>
    {
        var receivedAt = Clock!();
        session.Publish(new Quote(symbol ?? "BTC/USDT", new Price(bid), new Quantity(1), new Price(ask), new Quantity(1), session.Stamp(receivedAt, null, sequence)));
        return true;
    });

    /// <summary>Publishes any event in the running session.</summary>
    public void Publish(Func<MarketStamp, MarketEvent> make) => Do(session => session.Publish(make(session.Stamp(Clock!(), null, 1))));

    /// <summary>Says something else to the running session.</summary>
    public void Do(Action<IMarketStreamSession> act) => _script.Writer.TryWrite(session =>
    {
        act(session);
        return true;
    });

    /// <summary>Sends something unreadable in the running session.</summary>
    public void Garbage(string problem) => _script.Writer.TryWrite(session =>
    {
        session.BadMessage(problem);
        return true;
    });

    /// <summary>Ends the running session.</summary>
    public void Hang() => _script.Writer.TryWrite(_ => false);

    public Func<Timestamp>? Clock { get; set; }

    /// <summary>What the venue lists.</summary>
    public Func<IReadOnlyList<Instrument>> OnInstruments { get; set; } = static () => [Some.Instrument()];

    /// <summary>Why the list cannot be read; null when it can.</summary>
    public Func<VenueError?> InstrumentsError { get; set; } = static () => null;

    /// <summary>How often it was asked what it lists.</summary>
    public int InstrumentReads { get; private set; }

    public Task<ReadResult<Timestamp>> GetServerTimeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ReadError is { } error ? (ReadResult<Timestamp>)error : Clock!());

    /// <summary>When its instruments were asked for: a connect begins with that.</summary>
    public List<Timestamp> Connects { get; } = [];

    public Task<ReadResult<IReadOnlyList<Instrument>>> GetInstrumentsAsync(CancellationToken cancellationToken)
    {
        Connects.Add(Clock!());
        return Task.FromResult((ReadError ?? InstrumentsError()) is { } error ? error : ReadResult<IReadOnlyList<Instrument>>.Ok(ListInstruments()));
    }

    private IReadOnlyList<Instrument> ListInstruments()
    {
        InstrumentReads++;
        return OnInstruments();
    }

    /// <summary>What a read of candles answers.</summary>
    public Func<Symbol, TimeSpan, int, ReadResult<IReadOnlyList<Candle>>> OnCandles { get; set; } = static (_, _, _) => ReadResult<IReadOnlyList<Candle>>.Ok([]);

    public Task<ReadResult<IReadOnlyList<Candle>>> GetCandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken) =>
        Task.FromResult(OnCandles(symbol, interval, count));

    /// <summary>What a read of quotes answers; null for an error.</summary>
    public (decimal Bid, decimal Ask)? Polled { get; set; }

    /// <summary>How often quotes were read.</summary>
    public int Polls { get; private set; }

    public Task<ReadResult<IReadOnlyList<Quote>>> GetQuotesAsync(IReadOnlyList<Symbol> symbols, CancellationToken cancellationToken)
    {
        Polls++;
        return Task.FromResult(ReadError is null && Polled is var (bid, ask)
            ? ReadResult<IReadOnlyList<Quote>>.Ok([.. symbols.Select(s => new Quote(s, new Price(bid), new Quantity(1), new Price(ask), new Quantity(1), new MarketStamp
            {
                Connection = new ConnectionId(venue), Venue = new VenueId(venue), Session = 0, VenueTime = Clock!(), ReceivedAt = Clock!(),
            }))])
            : ReadError ?? new VenueError(VenueErrorKind.Unavailable, "no quotes to read"));
    }

    public async Task<StreamEnd> RunMarketStreamAsync(IMarketStreamSession session, CancellationToken cancellationToken)
    {
        Sessions++;
        if (Throws is { } e)
        {
            throw e;
        }

        if (StreamError is { } error)
        {
            return new StreamEnd(error);
        }

        session.Connected();
        try
        {
            await foreach (var step in _script.Reader.ReadAllAsync(cancellationToken))
            {
                while (session.Changes.TryRead(out var change))
                {
                    if (change.IsAdded)
                    {
                        session.Acknowledged(change.Subscription);
                    }
                }

                if (!step(session))
                {
                    return new StreamEnd(new VenueError(VenueErrorKind.Network, "the venue hung up"));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked for.
        }

        return StreamEnd.Orderly;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The account of a <see cref="FakeConnector"/>.</summary>
internal sealed class FakeTrading : ITradingConnector
{
    private IUserStreamSession? _session;

    public List<NewOrder> Submitted { get; } = [];

    public List<OrderReference> LookedUp { get; } = [];

    public List<OrderReference> Cancelled { get; } = [];

    public Func<OrderReference, OrderOutcome> OnCancel { get; set; } = static _ => new OrderOutcome.Rejected(new VenueError(VenueErrorKind.NotFound, "unknown order"));

    /// <summary>What a cancel of all orders of a market answers; null for taken.</summary>
    public Func<Instrument, VenueError?> OnCancelAll { get; set; } = static _ => null;

    /// <summary>Awaited before a cancel of all orders is answered.</summary>
    public Func<Task> BeforeCancelAll { get; set; } = static () => Task.CompletedTask;

    public async Task<VenueError?> CancelAllAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        await BeforeCancelAll().ConfigureAwait(false);
        return OnCancelAll(instrument);
    }

    /// <summary>What a submit answers; by default the whole order fills at 100.</summary>
    public Func<NewOrder, OrderOutcome>? OnSubmit { get; set; }

    /// <summary>Called before each submit is answered.</summary>
    public Action? BeforeSubmit { get; set; }

    public Func<ReadResult<IReadOnlyList<OrderReport>>> OnOpenOrders { get; set; } = static () => ReadResult<IReadOnlyList<OrderReport>>.Ok([]);

    public Func<ReadResult<KeyRights>> OnKeyRights { get; set; } = static () => new KeyRights { CanTrade = true, CanWithdraw = false };

    public Func<ReadResult<IReadOnlyList<Balance>>> OnBalances { get; set; } = static () => ReadResult<IReadOnlyList<Balance>>.Ok(
        [new Balance(new Asset("BTC"), new Amount(10), Amount.Zero), new Balance(new Asset("USDT"), new Amount(1_000_000), Amount.Zero)]);

    public Func<OrderReference, ReadResult<OrderReport?>> OnQuery { get; set; } = static _ => ReadResult<OrderReport?>.Ok(null);

    public Task<OrderOutcome> SubmitAsync(NewOrder order, CancellationToken cancellationToken)
    {
        BeforeSubmit?.Invoke();
        lock (Submitted)
        {
            Submitted.Add(order);
        }

        return Task.FromResult(OnSubmit?.Invoke(order) ?? Fill(order));
    }

    public OrderOutcome Fill(NewOrder order)
    {
        var venueId = new VenueOrderId($"v-{order.ClientOrderId}");
        var price = order.LimitPrice ?? new Price(100);
        var report = new OrderReport
        {
            Symbol = order.Instrument.Symbol, ClientOrderId = order.ClientOrderId, VenueOrderId = venueId, Status = OrderStatus.Filled,
            Quantity = order.Quantity, FilledQuantity = order.Quantity, VenueTime = Some.Now,
        };
        var fill = new FillReport
        {
            Symbol = order.Instrument.Symbol, TradeId = new TradeId($"t-{order.ClientOrderId}"), VenueOrderId = venueId, ClientOrderId = order.ClientOrderId,
            Side = order.Side, Price = price, Quantity = order.Quantity, VenueTime = Some.Now,
        };
        return new OrderOutcome.Accepted(report, [fill]);
    }

    public Task<OrderOutcome> CancelAsync(OrderReference order, CancellationToken cancellationToken)
    {
        lock (Cancelled)
        {
            Cancelled.Add(order);
        }

        return Task.FromResult(OnCancel(order));
    }

    public Task<ReadResult<OrderReport?>> QueryOrderAsync(OrderReference order, CancellationToken cancellationToken)
    {
        lock (LookedUp)
        {
            LookedUp.Add(order);
        }

        return Task.FromResult(OnQuery(order));
    }

    public Task<ReadResult<IReadOnlyList<OrderReport>>> GetOpenOrdersAsync(CancellationToken cancellationToken) => Task.FromResult(OnOpenOrders());

    public Task<ReadResult<IReadOnlyList<FillReport>>> GetFillsAsync(OrderReference order, CancellationToken cancellationToken) => Task.FromResult(ReadResult<IReadOnlyList<FillReport>>.Ok([]));

    public Task<ReadResult<KeyRights>> GetKeyRightsAsync(CancellationToken cancellationToken) => Task.FromResult(OnKeyRights());

    public Task<ReadResult<IReadOnlyList<Balance>>> GetBalancesAsync(CancellationToken cancellationToken) => Task.FromResult(OnBalances());

    public async Task<StreamEnd> RunUserStreamAsync(IUserStreamSession session, CancellationToken cancellationToken)
    {
        _session = session;
        session.Connected();
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return StreamEnd.Orderly;
    }

    /// <summary>Reports an execution on the user stream.</summary>
    public void Publish(FillReport fill) => _session!.Publish(fill);
}
