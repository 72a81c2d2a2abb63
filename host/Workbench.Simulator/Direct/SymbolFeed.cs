using System.Globalization;
using Workbench.Sdk;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Direct;

/// <summary>One market as one stream hears it: events of the subscribed channels become calls to the session. State belongs to the venue's lock.</summary>
internal sealed class SymbolFeed(Symbol symbol, Market market, TimeProvider time, SessionOutbox<IMarketStreamSession> outbox)
{
    private bool _hasQuotes;
    private bool _hasTrades;
    private BookFeed? _book;
    private CandleFeed? _candles;

    /// <summary>Begins a channel: acknowledged first, then the state of the moment, then what changes.</summary>
    public void Add(MarketChannel channel, long nowMicros)
    {
        market.Look();
        outbox.Post(s => s.Acknowledged(new MarketSubscription(symbol, channel)));
        switch (channel)
        {
            case MarketChannel.Quotes:
                _hasQuotes = true;
                OnTop(nowMicros);
                break;
            case MarketChannel.Trades:
                _hasTrades = true;
                break;
            case MarketChannel.Book:
                _book = new BookFeed();
                Publish(nowMicros, market.Book.UpdateId, BookFeed.Snapshot(symbol, market.Book));
                break;
            case MarketChannel.Candles:
                _candles = new CandleFeed(market, nowMicros);
                OnTick(nowMicros);
                break;
        }
    }

    public void Remove(MarketChannel channel)
    {
        _hasQuotes &= channel != MarketChannel.Quotes;
        _hasTrades &= channel != MarketChannel.Trades;
        _book = channel == MarketChannel.Book ? null : _book;
        _candles = channel == MarketChannel.Candles ? null : _candles;
    }

    public void OnTop(long micros)
    {
        if (_hasQuotes)
        {
            var top = market.Book.Top;
            Publish(micros, market.Book.UpdateId, stamp => new Quote(
                symbol, Translation.Price(top.BidPrice), new Quantity(top.BidQuantity), Translation.Price(top.AskPrice), new Quantity(top.AskQuantity), stamp));
        }
    }

    public void OnTrade(in PublicTrade trade)
    {
        if (_hasTrades)
        {
            var t = trade;
            Publish(t.TimeMicros, t.Id, stamp => new Trade(
                symbol, new TradeId(t.Id.ToString(CultureInfo.InvariantCulture)), new Price(t.Price), new Quantity(t.Quantity), Translation.Side(t.TakerSide), stamp));
        }
    }

    public void OnLevel(in LevelChange change) => _book?.OnLevel(in change);

    public void OnStepEnd()
    {
        if (_book?.Take(symbol) is { } changes)
        {
            Publish(changes.TimeMicros, changes.UpdateId, changes.Build);
        }
    }

    public void OnTick(long nowMicros)
    {
        foreach (var (bar, isClosed) in _candles?.Due(nowMicros) ?? [])
        {
            Publish(nowMicros, 0, stamp => Translation.Candle(symbol, CandleFeed.Length, bar, isClosed, stamp));
        }
    }

    // The event is complete but for its stamp: only the session can make one, and it must not be called from here.
    private void Publish(long micros, long sequence, Func<MarketStamp, MarketEvent> build) =>
        outbox.Post(s => s.Publish(build(s.Stamp(Timestamp.Now(time), Timestamp.FromUnixMicroseconds(micros), sequence))));
}
