using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tapes;

/// <summary>
/// Plays a table of trades or bars as a market: every trade happens in the engine at its recorded price, size and side, at
/// its recorded distance from the one before, in a book that is made up around it (<see cref="SyntheticBook"/>). The market
/// stands still when the tape is over. <see cref="TapeMarket"/> says how clients' orders fill.
/// </summary>
internal sealed class TableTape : IMarketFlow, ITape, IDisposable
{
    // At full speed one pump must not hold the venue for long.
    private const int MostPerStep = 200;
    private readonly IEnumerator<TapeTrade> _trades;
    private readonly TapeSchedule _schedule;
    private readonly ulong _seed;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TapeMarket? _market;
    private SyntheticBook? _book;
    private long _openedMicros;
    private long _dueMicros;
    private long _played;
    private bool _hasNext;

    public TableTape(string path, string? symbol, decimal speed, TimeSpan? longestGap, ulong seed)
    {
        _schedule = new TapeSchedule(speed, longestGap);
        _seed = seed;
        Instrument = Describe(path, symbol);
        _trades = TableReader.Read(path).GetEnumerator();
    }

    public Instrument Instrument { get; }

    public Task Completion => _done.Task;

    public long Played => Interlocked.Read(ref _played);

    public void Open(MatchingEngine engine, long nowMicros)
    {
        _openedMicros = nowMicros;
        _market = new TapeMarket(engine.Books[Instrument.Symbol], new HouseAccounts(engine), quotesMayFill: false);
        _book = new SyntheticBook(_market, _seed);
        Advance();
        Happen(engine);
    }

    public void Step(MatchingEngine engine, long nowMicros)
    {
        for (var count = 0; _hasNext && _dueMicros <= nowMicros && (count < MostPerStep || !_schedule.IsUnpaced); count++)
        {
            engine.NowMicros = _schedule.IsUnpaced ? nowMicros : _dueMicros;
            Happen(engine);
        }
    }

    public void Dispose()
    {
        _trades.Dispose();
        _done.TrySetResult();
    }

    private void Happen(MatchingEngine engine)
    {
        _book!.Prepare(engine, _trades.Current);
        _market!.Trade(engine, _trades.Current);
        Interlocked.Increment(ref _played);
        Advance();
    }

    private void Advance()
    {
        try
        {
            _hasNext = _trades.MoveNext();
        }
        catch (TapeException e)
        {
            // The market stands still from here; who waits for the end learns why.
            _hasNext = false;
            _done.TrySetException(e);
        }

        if (_hasNext)
        {
            _dueMicros = _openedMicros + (_schedule.Next(_trades.Current.TimeMicros * 1000).Ticks / TimeSpan.TicksPerMicrosecond);
        }
        else
        {
            _done.TrySetResult();
        }
    }

    private static Instrument Describe(string path, string? symbol)
    {
        var priceDecimals = 0;
        var quantityDecimals = 0;
        decimal price = 0;
        // All of it: the finest price may come late, and so may damage that should be known before anything begins.
        foreach (var trade in TableReader.Read(path))
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
        return TapeInstruments.Create(baseAsset, quoteAsset, priceDecimals, quantityDecimals, price);
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
