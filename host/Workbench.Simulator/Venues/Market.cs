using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Venues;

/// <summary>What the public can ask about one symbol: book, recent trades, bars, day figures. Read inside the venue's lock.</summary>
internal sealed class Market
{
    private const int RecentCapacity = 1000;
    private const long DayMillis = 86_400_000;
    private const long MinuteMillis = 60_000;
    private readonly OrderBook _book;
    private readonly Action<OrderBook>? _look;
    private readonly Ring<PublicTrade> _trades = new(RecentCapacity);
    private readonly Ring<AggregateTrade> _aggregates = new(RecentCapacity);
    private readonly CandleSeries _minutes;
    private readonly CandleSeries _seconds;
    private readonly Dictionary<int, RollingWindow> _windows = [];
    private readonly RollingWindow _day;

    /// <param name="book">The book behind it.</param>
    /// <param name="startMillis">When the venue opened.</param>
    /// <param name="seed">Of the invented past.</param>
    /// <param name="look">Told before anything is read: a market that nobody watches is brought up to date then.</param>
    public Market(OrderBook book, long startMillis, ulong seed, Action<OrderBook>? look = null)
    {
        _book = book;
        _look = look;
        _minutes = new CandleSeries(new CandleInterval(60_000), 5000, () => CandleHistory.Before(startMillis, book.Instrument, seed));
        _day = new RollingWindow(_minutes, (int)(DayMillis / MinuteMillis));
        _seconds = new CandleSeries(new CandleInterval(1000), 1000, static () => []);
    }

    public OrderBook Book => Seen(_book);
    public Instrument Instrument => _book.Instrument;
    public string Symbol => _book.Symbol;
    public Ring<PublicTrade> Trades => Seen(_trades);
    public Ring<AggregateTrade> Aggregates => Seen(_aggregates);
    public CandleSeries Minutes => Seen(_minutes);
    public CandleSeries Seconds => Seen(_seconds);
    public decimal LastPrice => Trades.Count == 0 ? Instrument.ReferencePrice : _trades.Newest.Price;

    /// <summary>Somebody begins to listen: what he is told first and what follows must fit.</summary>
    public void Look() => _look?.Invoke(_book);

    private decimal LastQuantity => Trades.Count == 0 ? 0 : Trades.Newest.Quantity;

    public void Record(in PublicTrade trade)
    {
        _trades.Add(trade);
        var millis = trade.TimeMicros / 1000;
        var takerBuys = trade.TakerSide == Side.Buy;
        _minutes.Add(trade.Price, trade.Quantity, takerBuys, trade.Id, millis);
        _seconds.Add(trade.Price, trade.Quantity, takerBuys, trade.Id, millis);
        Merge(in trade);
    }

    public List<Candle> Candles(CandleInterval interval, long? from, long? to, int limit, long nowMillis)
    {
        var source = interval.Millis < 60_000 && !interval.IsMonth ? Seconds : Minutes;
        source.AdvanceTo(nowMillis, LastPrice);
        return source.Aggregate(interval, from, to, limit);
    }

    /// <summary>Volume-weighted average of the last minutes; the last price when nothing traded.</summary>
    public decimal AveragePrice(int minutes, long nowMillis)
    {
        Minutes.AdvanceTo(nowMillis, LastPrice);
        var bars = Minutes.Bars;
        decimal volume = 0;
        decimal quote = 0;
        for (var i = Math.Max(0, bars.Count - minutes); i < bars.Count; i++)
        {
            volume += bars[i].Volume;
            quote += bars[i].QuoteVolume;
        }

        return volume == 0 ? LastPrice : decimal.Round(quote / volume, 8);
    }

    /// <summary>The last 24 hours.</summary>
    public DayStatistics Day(long nowMillis)
    {
        Minutes.AdvanceTo(nowMillis, LastPrice);
        return _day.Read(nowMillis - DayMillis, nowMillis, LastQuantity);
    }

    /// <summary>The last minutes: from the beginning of the minute in which the window begins until now.</summary>
    public DayStatistics Rolling(int minutes, long nowMillis)
    {
        Minutes.AdvanceTo(nowMillis, LastPrice);
        if (!_windows.TryGetValue(minutes, out var window))
        {
            window = _windows[minutes] = new RollingWindow(_minutes, minutes + 1);
        }

        return window.Read(nowMillis - (nowMillis % MinuteMillis) - (minutes * MinuteMillis), nowMillis, LastQuantity);
    }

    /// <summary>The day so far, in a time zone that is some time ahead of UTC.</summary>
    public DayStatistics TradingDay(long offsetMillis, long nowMillis)
    {
        Minutes.AdvanceTo(nowMillis, LastPrice);
        var from = nowMillis - ((nowMillis + offsetMillis) % DayMillis);
        var first = Minutes.Bars.First(b => b.OpenMillis >= from || b.CloseMillis >= nowMillis);
        var window = Minutes.Bars.SkipWhile(b => b.OpenMillis <= first.OpenMillis).Aggregate(first, static (sum, bar) => sum.Then(in bar));
        return new DayStatistics(window with { OpenMillis = from, CloseMillis = from + DayMillis - 1 }, first.Open, LastQuantity);
    }

    private void Merge(in PublicTrade trade)
    {
        if (_aggregates.Count > 0)
        {
            var newest = _aggregates.Newest;
            if (newest.TakerOrderId == trade.TakerOrderId && newest.Price == trade.Price && newest.LastTradeId + 1 == trade.Id)
            {
                _aggregates.Newest = newest with { Quantity = newest.Quantity + trade.Quantity, LastTradeId = trade.Id };
                return;
            }
        }

        var id = _aggregates.Count == 0 ? 1 : _aggregates.Newest.Id + 1;
        _aggregates.Add(new AggregateTrade(
            id, trade.Price, trade.Quantity, trade.Id, trade.Id, trade.TakerSide, trade.TakerOrderId, trade.TimeMicros));
    }

    private T Seen<T>(T part)
    {
        _look?.Invoke(_book);
        return part;
    }
}
