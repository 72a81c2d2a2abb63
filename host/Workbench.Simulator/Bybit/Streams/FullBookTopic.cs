using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>
/// <c>orderbook.full</c>: changes only, every 200 ms; who listens reads the book itself from <c>/v5/market/full_orderbook</c> and
/// drops what that holds already. Ids are the book's own, so that the two fit; they rise, but not by one.
/// </summary>
internal sealed class FullBookTopic : PublicTopic
{
    public const int Depth = 10_000;
    private const long PeriodMicros = 200_000;
    private readonly BookLevels _bids = new(Side.Buy, Depth);
    private readonly BookLevels _asks = new(Side.Sell, Depth);
    private readonly BookNumbers _numbers;
    private long _seen;
    private long _dueMicros;

    public FullBookTopic(string name, Market market, BookNumbers numbers)
        : base(name, market)
    {
        _numbers = numbers;
        _seen = market.Book.UpdateId;
        _bids.Advance(market.Book.Bids);
        _asks.Advance(market.Book.Asks);
    }

    public override void OnTick(long nowMicros)
    {
        var book = Market.Book;
        if (book.UpdateId == _seen || Due.IsAhead(_dueMicros, nowMicros, PeriodMicros))
        {
            return;
        }

        _dueMicros = nowMicros + PeriodMicros;
        _seen = book.UpdateId;
        var bids = _bids.Advance(book.Bids);
        var asks = _asks.Advance(book.Asks);
        if (bids.Count + asks.Count > 0)
        {
            Publish(Message(bids, asks, _numbers.UpdateId(Market), nowMicros));
        }
    }

    /// <summary>Nothing to merge a change with: u = 1 and empty sides tell to fetch the book again.</summary>
    public override void OnRestart(long nowMicros)
    {
        _seen = Market.Book.UpdateId;
        _bids.Advance(Market.Book.Bids);
        _asks.Advance(Market.Book.Asks);
        Publish(Message([], [], 1, nowMicros));
    }

    protected override byte[]? FirstMessage(long nowMicros) => null;

    private byte[] Message(
        IReadOnlyList<(decimal Price, decimal Quantity)> bids,
        IReadOnlyList<(decimal Price, decimal Quantity)> asks,
        long updateId,
        long nowMicros) => BybitJson.Object(writer =>
    {
        writer.WriteString("topic", Name);
        writer.WriteNumber("ts", nowMicros / 1000);
        writer.WriteString("type", "delta");
        writer.WriteStartObject("data");
        writer.WriteString("s", Market.Symbol);
        BookLevels.Write(writer, "b", bids);
        BookLevels.Write(writer, "a", asks);
        writer.WriteNumber("u", updateId);
        writer.WriteNumber("seq", _seen);
        writer.WriteEndObject();
        writer.WriteNumber("cts", nowMicros / 1000);
    });
}
