using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>
/// The USDT perpetuals beside a spot venue: books and orders of their own in an engine of their own, one lock, one clock and
/// one wallet with spot. It lives off the spot venue's ticks: prices, then the market, then funding and liquidation.
/// </summary>
internal sealed class LinearVenue : IVenueListener
{
    public const string SettleCoin = "USDT";
    private static readonly FeeRates Rates = new(LinearListing.MakerRate, LinearListing.TakerRate);
    private readonly Dictionary<string, PerpetualPrices> _prices = [];
    private readonly Funding _funding;
    private readonly Liquidation _liquidation;

    public LinearVenue(SimulatedVenue spot, IReadOnlyList<Contract> contracts, IMarketFlow flow, ulong seed, BybitOptions options)
    {
        Spot = spot;
        Accounts = new MarginAccounts(SettleCoin) { MovesPrices = options.MovesLinearPrices };
        Ledgers = new Ledgers(options);
        History = new LinearHistory(this);
        Stops = new PositionStops(this);
        _funding = new Funding(this);
        _liquidation = new Liquidation(this);
        var byName = contracts.ToDictionary(c => c.Symbol);
        Settlement = new MarginSettlement(Accounts, symbol => byName[symbol], Mark, spot.Clock) { Filled = OnFilled };
        Venue = new SimulatedVenue(spot, contracts.Select(c => c.Instrument), flow, seed, Settlement);
        foreach (var contract in contracts)
        {
            _prices[contract.Symbol] = new PerpetualPrices(
                contract, spot.Market(contract.Symbol)!, Venue.Market(contract.Symbol)!, spot.Clock.NowMicros);
        }

        Venue.AddListener(Ledgers);
        Venue.AddListener(History);
    }

    public SimulatedVenue Spot { get; }

    /// <summary>Markets, engine and lock of the perpetuals.</summary>
    public SimulatedVenue Venue { get; }

    public MarginAccounts Accounts { get; }
    public MarginSettlement Settlement { get; }
    public PositionStops Stops { get; }
    public Ledgers Ledgers { get; }
    public LinearHistory History { get; }
    public VenueClock Clock => Spot.Clock;

    /// <summary>All perpetuals in listing order.</summary>
    public IReadOnlyCollection<PerpetualPrices> All => _prices.Values;

    public FundingBook FundingBook => _funding.Book;

    /// <summary>Told what the venue books by itself: funding payments and liquidations.</summary>
    public event Action<MarginAccount, LinearExecution>? Booked;

    /// <summary>The positions that were taken over because their margin was gone, oldest first.</summary>
    public List<LinearExecution> Liquidations { get; } = [];

    public PerpetualPrices? Prices(string symbol) => _prices.GetValueOrDefault(symbol);

    public decimal Mark(string symbol) => _prices[symbol].Mark;

    /// <summary>The margin side of a spot account; to be called inside the lock.</summary>
    public MarginAccount Join(Account spot) => Accounts.Find(spot.Id) ?? Venue.Execute(engine => Accounts.Join(spot, engine, Rates));

    /// <summary>What contracts add to the wallet of a spot account.</summary>
    public WalletMargin Wallet(Account account) => Accounts.Find(account.Id) is { } margin
        ? new WalletMargin(SettleCoin, margin.State(Mark), margin.Holdings.Sum(h => h.Realised))
        : new WalletMargin(SettleCoin, default, 0);

    /// <summary>Runs inside the venue's lock and leaves the wallets with what the outcome pledges.</summary>
    public T Execute<T>(Func<MatchingEngine, T> action) => Venue.Execute(engine =>
    {
        var result = action(engine);
        Pledge();
        return result;
    });

    public void OnTick(long nowMicros)
    {
        foreach (var prices in _prices.Values)
        {
            if (prices.AdvanceTo(nowMicros))
            {
                Venue.Execute(engine => Announce(engine, prices));
            }
        }

        Venue.Pump();
        _funding.Settle(nowMicros);
        _liquidation.Check(nowMicros);
        Pledge();
    }

    /// <summary>Puts a row that no order stands behind into an account's history.</summary>
    public void Book(MarginAccount margin, LinearExecution execution)
    {
        History[margin.Account].Add(execution);
        Booked?.Invoke(margin, execution);
        if (execution.Type == "BustTrade")
        {
            Liquidations.Add(execution);
        }
    }

    /// <summary>The index of a perpetual follows its spot pair all the time.</summary>
    public bool IsWatching(OrderBook book) => _prices.ContainsKey(book.Symbol);

    public void OnOrder(in OrderEvent e)
    {
    }

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
    }

    public void OnTop(OrderBook book, long timeMicros)
    {
    }

    public void OnStepEnd()
    {
    }

    private void OnFilled(Order order, PositionChange change, EngineStep step)
    {
        History.Expect(change);
        step.Then(engine => Stops.AfterFill(engine, order));
    }

    // Orders may wait for either price.
    private static void Announce(MatchingEngine engine, PerpetualPrices prices)
    {
        engine.SetPrice(prices.Market.Book, PriceSource.Mark, prices.Mark);
        engine.SetPrice(prices.Market.Book, PriceSource.Index, prices.Index);
    }

    private void Pledge()
    {
        foreach (var margin in Accounts.All)
        {
            if (!margin.Account.IsHouse)
            {
                margin.Pledge(Mark);
            }
        }
    }
}
