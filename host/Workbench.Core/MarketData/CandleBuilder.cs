using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Builds the candles of one market and one interval from its trades. Pure: it knows time only by what it is told.</summary>
/// <remarks>
/// Intervals are aligned to the Unix epoch, as venues do. An interval without trades repeats the last price with no volume. A trade that comes after its
/// interval was closed is left out. Trades may be missing where the reader began within the interval, where the stream was interrupted, or where the reader
/// lost events: such a candle is not whole until the venue's own replaces it.
/// </remarks>
internal sealed class CandleBuilder
{
    private readonly Symbol _symbol;
    private readonly TimeSpan _interval;
    private readonly Candle? _seed;
    private Candle? _forming;
    private MarketStamp? _last;
    private bool _hasTrades;
    private bool _isChanged;

    /// <summary>Begins, with what the venue has of the current interval where it told: it holds the trades up to its time, give or take those under way.</summary>
    public CandleBuilder(Symbol symbol, TimeSpan interval, Candle? seed)
    {
        (_symbol, _interval, _seed) = (symbol, interval, seed);
        if (seed is not null)
        {
            (_forming, _last, _hasTrades, _isChanged) = (seed with { IsClosed = false }, seed.Stamp, !seed.Volume.IsZero, true);
        }
    }

    /// <summary>False for a closed candle that may lack trades and should be asked for. A mixed candle is nobody's: no venue has the like.</summary>
    public bool IsWhole(Candle closed) => closed.IsMixed || !(closed.IsPartial || closed.OpenTime == _seed?.OpenTime);

    /// <summary>The candle that is being built, when it has changed since the last time.</summary>
    public Candle? TakeChange()
    {
        var changed = _isChanged ? _forming : null;
        _isChanged = false;
        return changed;
    }

    /// <summary>Takes one trade and returns the candles that it closes, oldest first.</summary>
    public IReadOnlyList<Candle> Add(Trade trade)
    {
        var open = OpenOf(trade.Stamp.VenueTime);
        if ((_forming is { } before && open < before.OpenTime) || IsInSeed(trade))
        {
            return [];
        }

        var closed = CloseUntil(open);
        var isOther = _last is { } last && last.Connection != trade.Stamp.Connection;
        var mayLack = _last is null || isOther || (_last.Session != trade.Stamp.Session && _last.Session != 0);
        if (_forming is not { } forming || (isOther && !_hasTrades))
        {
            // Nothing of this interval was seen, or only the last price of the connection that the route has left.
            forming = New(open, trade.Price, trade.Stamp);
        }

        _forming = forming with
        {
            Open = _hasTrades ? forming.Open : trade.Price,
            High = _hasTrades && forming.High > trade.Price ? forming.High : trade.Price,
            Low = _hasTrades && forming.Low < trade.Price ? forming.Low : trade.Price,
            Close = trade.Price,
            Volume = forming.Volume + trade.Quantity,
            IsPartial = forming.IsPartial || mayLack,
            IsMixed = forming.IsMixed || (isOther && _hasTrades),
            Stamp = trade.Stamp with { IsSuspect = trade.Stamp.IsSuspect || (_hasTrades && forming.Stamp.IsSuspect) },
        };
        (_hasTrades, _isChanged, _last) = (true, true, trade.Stamp);
        return closed;
    }

    /// <summary>Closes what is over at a moment of the venue's clock; null is no moment.</summary>
    public IReadOnlyList<Candle> Pass(Timestamp? venueTime) => venueTime is { } now && _forming is not null ? CloseUntil(OpenOf(now)) : [];

    /// <summary>The reader has lost events: what is being built lacks trades.</summary>
    public void Lost() => _forming = _forming is { } forming ? forming with { IsPartial = true } : null;

    /// <summary>Whether the venue's candle that we began with holds a trade already.</summary>
    private bool IsInSeed(Trade trade) => _seed is not null && trade.Stamp.Connection == _seed.Stamp.Connection && trade.Stamp.VenueTime <= _seed.Stamp.VenueTime;

    private IReadOnlyList<Candle> CloseUntil(Timestamp open)
    {
        if (_forming is null || _forming.OpenTime >= open)
        {
            return [];
        }

        var closed = new List<Candle>();
        while (_forming.OpenTime < open)
        {
            closed.Add(_forming with { IsClosed = true });
            _forming = New(_forming.OpenTime + _interval, _forming.Close, _forming.Stamp with { IsSuspect = false });
            (_hasTrades, _isChanged) = (false, true);
        }

        return closed;
    }

    private Candle New(Timestamp open, Price price, MarketStamp stamp) => new(_symbol, _interval, open, price, price, price, price, Quantity.Zero, false, stamp);

    private Timestamp OpenOf(Timestamp at)
    {
        var length = _interval.Ticks * TimeSpan.NanosecondsPerTick;
        return new Timestamp(at.UnixNanoseconds - (at.UnixNanoseconds % length));
    }
}
