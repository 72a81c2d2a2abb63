using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tapes;

/// <summary>
/// Plays recorded trades as a market: every trade really happens in the engine at its recorded price, size and side, and a
/// synthetic book stands around it. Book and event times are ours (the venue's clock moves on as usual); only prices, sizes,
/// sides and intervals are recorded. The market stands still when the tape is over.
/// </summary>
internal sealed class TableTape : IMarketFlow, ITape, IDisposable
{
    private const int Levels = 25;

    // At full speed one pump must not hold the venue for long.
    private const int MostPerStep = 200;
    private readonly IEnumerator<TapeTrade> _trades;
    private readonly decimal _speed;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _firstMicros;
    private Pcg32 _rng;
    private MakerLadder? _ladder;
    private HouseAccounts? _house;
    private OrderBook? _book;
    private long _openedMicros;
    private long _played;
    private bool _hasNext;

    public TableTape(string path, string? symbol, decimal speed, ulong seed)
    {
        _speed = speed;
        _rng = new Pcg32(seed, Pcg32.StreamOf("table", path));
        Instrument = Describe(path, symbol);
        _trades = TableReader.Read(path).GetEnumerator();
        _hasNext = _trades.MoveNext();
        _firstMicros = _hasNext ? _trades.Current.TimeMicros : 0;
    }

    public Instrument Instrument { get; }

    public Task Completion => _done.Task;

    public long Played => Interlocked.Read(ref _played);

    public void Open(MatchingEngine engine, long nowMicros)
    {
        _openedMicros = nowMicros;
        _house = new HouseAccounts(engine);
        _book = engine.Books[Instrument.Symbol];
        _ladder = new MakerLadder(_book, _house.Maker, Levels);
        Happen(engine);
    }

    public void Step(MatchingEngine engine, long nowMicros)
    {
        for (var count = 0; _hasNext && count < MostPerStep && IsDue(nowMicros); count++)
        {
            Happen(engine);
        }

        if (_ladder!.IsThin)
        {
            _ladder.Quote(engine, ref _rng, _book!.LastPrice);
        }
    }

    public void Dispose()
    {
        _trades.Dispose();
        _done.TrySetResult();
    }

    private bool IsDue(long nowMicros) =>
        _speed == 0 || _trades.Current.TimeMicros - _firstMicros <= (nowMicros - _openedMicros) * _speed;

    private void Happen(MatchingEngine engine)
    {
        if (!_hasNext)
        {
            return;
        }

        var trade = _trades.Current;
        var quantity = Math.Max(Instrument.StepSize, Instrument.FloorToStep(trade.Quantity));
        _ladder!.Quote(engine, ref _rng, trade.Price);
        Place(engine, _house!.Maker, trade, trade.TakerSide.Opposite(), quantity, TimeInForce.Gtc);
        Place(engine, _house.Taker, trade, trade.TakerSide, quantity, TimeInForce.Ioc);
        Interlocked.Increment(ref _played);
        _hasNext = _trades.MoveNext();
        if (!_hasNext)
        {
            _done.TrySetResult();
        }
    }

    private void Place(MatchingEngine engine, Account account, TapeTrade trade, Side side, decimal quantity, TimeInForce tif) =>
        engine.Place(account, new NewOrder
        {
            Symbol = Instrument.Symbol,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = tif,
            Price = trade.Price,
            Quantity = quantity,
        });

    private static Instrument Describe(string path, string? symbol)
    {
        var priceDecimals = 0;
        var quantityDecimals = 0;
        decimal price = 0;
        foreach (var trade in TableReader.Read(path).Take(2000))
        {
            price = price == 0 ? trade.Price : price;
            priceDecimals = Math.Max(priceDecimals, Decimals(trade.Price));
            quantityDecimals = Math.Max(quantityDecimals, Decimals(trade.Quantity));
        }

        if (price == 0)
        {
            throw new TapeException(path, "it holds no trades");
        }

        var (baseAsset, quoteAsset) = Names(path, symbol);
        return TapeInstruments.Create(baseAsset, quoteAsset, priceDecimals, Math.Min(quantityDecimals, 6), price);
    }

    private static (string Base, string Quote) Names(string path, string? symbol)
    {
        if (symbol?.Split('/') is [var given, var quote])
        {
            return (given, quote);
        }

        // binance_spot_BTCUSDT_2021….csv.gz and BTCUSDT-aggTrades-2024-01-01.csv alike.
        var name = Path.GetFileName(path).Split('_', '-', '.').FirstOrDefault(p => p.Length >= 5 && p.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)) && char.IsAsciiLetterUpper(p[0]));
        return name is null
            ? throw new TapeException(path, "the symbol is not in the file name; name it with tapeSymbol")
            : SymbolNames.Split(name);
    }

    private static int Decimals(decimal value) => TapeInstruments.Decimals(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
