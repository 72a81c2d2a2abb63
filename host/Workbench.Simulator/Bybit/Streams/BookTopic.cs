using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>
/// <c>orderbook.{50,200,1000}</c>: a snapshot for each new subscriber, then one delta per period with what changed in the best
/// N levels. Update ids rise by one from message to message.
/// </summary>
internal sealed class BookTopic : PublicTopic
{
    private readonly BookLevels _bids;
    private readonly BookLevels _asks;
    private readonly long _periodMicros;
    private long _seen;
    private long _changedMicros;
    private long _dueMicros;

    public BookTopic(string name, Market market, BookNumbers numbers, int depth, TimeSpan period, long nowMicros)
        : base(name, market)
    {
        _bids = new BookLevels(Side.Buy, depth);
        _asks = new BookLevels(Side.Sell, depth);
        _periodMicros = (long)period.TotalMicroseconds;

        // The engine counts faster than a topic, so that ids never fall back when a topic begins anew.
        UpdateId = numbers.UpdateId(market);
        _seen = market.Book.UpdateId;
        _changedMicros = nowMicros;
        _bids.Advance(market.Book.Bids);
        _asks.Advance(market.Book.Asks);
    }

    /// <summary>Of the last message.</summary>
    public long UpdateId { get; private set; }

    public IReadOnlyList<(decimal Price, decimal Quantity)> Bids => _bids.Published;

    public IReadOnlyList<(decimal Price, decimal Quantity)> Asks => _asks.Published;

    public override void OnTick(long nowMicros)
    {
        if (!Due.IsAhead(_dueMicros, nowMicros, _periodMicros))
        {
            Flush(nowMicros);
        }
    }

    /// <summary>Publishes what has changed up to now, due or not; whoever reads the state then finds it at the last message.</summary>
    public void Flush(long nowMicros)
    {
        var book = Market.Book;
        if (book.UpdateId == _seen)
        {
            return;
        }

        _dueMicros = nowMicros + _periodMicros;
        _seen = book.UpdateId;
        var bids = _bids.Advance(book.Bids);
        var asks = _asks.Advance(book.Asks);
        if (bids.Count + asks.Count > 0)
        {
            UpdateId++;
            _changedMicros = nowMicros;
            Publish(Message("delta", bids, asks, nowMicros));
        }
    }

    /// <summary>A snapshot in the middle of the stream, whose id is 1.</summary>
    public override void OnRestart(long nowMicros)
    {
        UpdateId = 1;
        _seen = Market.Book.UpdateId;
        _changedMicros = nowMicros;
        _bids.Advance(Market.Book.Bids);
        _asks.Advance(Market.Book.Asks);
        PublishFirst(FirstMessage(nowMicros));
    }

    protected override byte[] FirstMessage(long nowMicros) => Message("snapshot", _bids.Published, _asks.Published, nowMicros);

    private byte[] Message(
        string type,
        IReadOnlyList<(decimal Price, decimal Quantity)> bids,
        IReadOnlyList<(decimal Price, decimal Quantity)> asks,
        long nowMicros) => BybitJson.Object(writer =>
    {
        writer.WriteString("topic", Name);
        writer.WriteNumber("ts", nowMicros / 1000);
        writer.WriteString("type", type);
        writer.WriteStartObject("data");
        writer.WriteString("s", Market.Symbol);
        BookLevels.Write(writer, "b", bids);
        BookLevels.Write(writer, "a", asks);
        writer.WriteNumber("u", UpdateId);
        writer.WriteNumber("seq", _seen);
        writer.WriteEndObject();
        writer.WriteNumber("cts", _changedMicros / 1000);
    });
}
