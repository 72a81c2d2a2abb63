using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>
/// <c>orderbook.1</c>: snapshots only. After three seconds without a change the last one is sent again with its update id; a
/// side may be empty.
/// </summary>
internal sealed class BestTopic : PublicTopic
{
    private const long RepeatMicros = 3_000_000;
    private TopOfBook _top;
    private long _updateId;
    private long _changedMicros;
    private long _sentMicros;

    public BestTopic(string name, Market market, BookNumbers numbers, long nowMicros)
        : base(name, market)
    {
        _top = Read(market.Book);
        _updateId = numbers.UpdateId(market);
        _changedMicros = _sentMicros = nowMicros;
    }

    public override void OnTick(long nowMicros)
    {
        var top = Read(Market.Book);
        if (top != _top)
        {
            _top = top;
            _updateId++;
            _changedMicros = nowMicros;
        }
        else if (Due.IsAhead(_sentMicros + RepeatMicros, nowMicros, RepeatMicros))
        {
            return;
        }

        _sentMicros = nowMicros;
        Publish(FirstMessage(nowMicros));
    }

    public override void OnRestart(long nowMicros)
    {
        _top = Read(Market.Book);
        _updateId = 1;
        _changedMicros = _sentMicros = nowMicros;
        Publish(FirstMessage(nowMicros));
    }

    protected override byte[] FirstMessage(long nowMicros) => BybitJson.Object(writer =>
    {
        writer.WriteString("topic", Name);
        writer.WriteNumber("ts", nowMicros / 1000);
        writer.WriteString("type", "snapshot");
        writer.WriteStartObject("data");
        writer.WriteString("s", Market.Symbol);
        BookLevels.Write(writer, "b", Side(_top.BidPrice, _top.BidQuantity));
        BookLevels.Write(writer, "a", Side(_top.AskPrice, _top.AskQuantity));
        writer.WriteNumber("u", _updateId);
        writer.WriteNumber("seq", Market.Book.UpdateId);
        writer.WriteEndObject();
        writer.WriteNumber("cts", _changedMicros / 1000);
    });

    // Not OrderBook.Top, which a step refreshes only for the books it touched since the venue opened.
    private static TopOfBook Read(OrderBook book) => new(
        book.Bids.Best?.Price ?? 0, book.Bids.Best?.Quantity ?? 0, book.Asks.Best?.Price ?? 0, book.Asks.Best?.Quantity ?? 0);

    private static IEnumerable<(decimal Price, decimal Quantity)> Side(decimal price, decimal quantity) =>
        price == 0 ? [] : [(price, quantity)];
}
