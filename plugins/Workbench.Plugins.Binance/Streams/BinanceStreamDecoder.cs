using System.Globalization;
using System.Text;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Market;
using Workbench.Plugins.Binance.Values;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>Decodes the messages of the market streams straight into values of the contract. One session, one thread at a time.</summary>
internal sealed class BinanceStreamDecoder(Catalogue catalogue)
{
    private readonly LevelBuffer _bids = new();
    private readonly LevelBuffer _asks = new();

    /// <summary>Decodes one message. Quotes, trades and candles are published; changes of books and answers are returned.</summary>
    public StreamMessage Decode(ReadOnlyMemory<byte> payload, Timestamp receivedAt, IMarketStreamSession session)
    {
        var fields = new StreamFields(payload.Span);
        if (!fields.TryRead(_bids, _asks))
        {
            return Bad(session, "a message that is not a JSON object of the documented form");
        }

        var kind = fields['e'];
        return kind switch
        {
            [] when fields.IsReply => new StreamMessage(StreamMessageKind.Reply, Reply: ReplyOf(in fields)),
            [] => Quote(in fields, receivedAt, session),
            _ when kind.SequenceEqual("trade"u8) => Trade(in fields, receivedAt, session),
            _ when kind.SequenceEqual("depthUpdate"u8) => Depth(in fields, receivedAt, session),
            _ when kind.SequenceEqual("kline"u8) => Candle(in fields, receivedAt, session),
            _ when kind.SequenceEqual("bookTicker"u8) => Quote(in fields, receivedAt, session),
            _ when kind.SequenceEqual("serverShutdown"u8) => new StreamMessage(StreamMessageKind.Shutdown),

            // The venue adds kinds of events; they were not asked for.
            _ => new StreamMessage(StreamMessageKind.Ignored),
        };
    }

    private static ControlReply ReplyOf(in StreamFields fields)
    {
        var id = Utf8Text.TryLong(fields.Id, out var known) ? known : 0;
        return fields.Code.IsEmpty
            ? new ControlReply(id, null)
            : new ControlReply(id, new VenueError(VenueErrorKind.InvalidRequest, Utf8Text.Message(fields.Words), Encoding.UTF8.GetString(fields.Code)));
    }

    private static StreamMessage Bad(IMarketStreamSession session, string what)
    {
        session.BadMessage(what);
        return new StreamMessage(StreamMessageKind.Bad);
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out Timestamp time)
    {
        time = default;
        return Utf8Text.TryLong(text, out var value) && VenueTimes.TryRead(value, out time);
    }

    /// <summary>One side of a quote. The venue writes an empty side as zeros; a price that is not positive with a quantity behind it is an error.</summary>
    private static bool TrySide(ReadOnlySpan<byte> priceText, ReadOnlySpan<byte> quantityText, out Price? price, out Quantity quantity)
    {
        price = null;
        if (!VenueNumbers.TryQuantity(quantityText, out quantity) || !Numbers.TryParse(priceText, out var value) || value < 0)
        {
            return false;
        }

        if (quantity.IsZero)
        {
            return true;
        }

        var ok = VenueNumbers.TryPrice(priceText, out var read);
        price = read;
        return ok;
    }

    private StreamMessage Quote(in StreamFields fields, Timestamp receivedAt, IMarketStreamSession session)
    {
        if (!TryInstrument(in fields, out var instrument))
        {
            return UnknownMarket(in fields, session, "bookTicker");
        }

        if (!Utf8Text.TryLong(fields['u'], out var id)
            || !TrySide(fields['b'], fields['B'], out var bid, out var bidQuantity)
            || !TrySide(fields['a'], fields['A'], out var ask, out var askQuantity))
        {
            return Bad(session, "a bookTicker with a missing or impossible number");
        }

        Timestamp? time = TryTime(fields['E'], out var said) ? said : null;
        session.Publish(new Quote(instrument.Symbol, bid, bidQuantity, ask, askQuantity, session.Stamp(receivedAt, time, id)));
        return new StreamMessage(StreamMessageKind.Published);
    }

    private StreamMessage Trade(in StreamFields fields, Timestamp receivedAt, IMarketStreamSession session)
    {
        if (!TryInstrument(in fields, out var instrument))
        {
            return UnknownMarket(in fields, session, "trade");
        }

        if (!Utf8Text.TryLong(fields['t'], out var id)
            || !VenueNumbers.TryPrice(fields['p'], out var price)
            || !VenueNumbers.TryQuantity(fields['q'], out var quantity) || quantity.IsZero
            || !TryTime(fields['T'], out var time)
            || !Utf8Text.TryBool(fields['m'], out var buyerIsMaker))
        {
            return Bad(session, "a trade with a missing or impossible value");
        }

        var tradeId = new TradeId(id.ToString(CultureInfo.InvariantCulture));
        session.Publish(new Trade(instrument.Symbol, tradeId, price, quantity, buyerIsMaker ? Side.Sell : Side.Buy, session.Stamp(receivedAt, time, id)));
        return new StreamMessage(StreamMessageKind.Published);
    }

    private StreamMessage Depth(in StreamFields fields, Timestamp receivedAt, IMarketStreamSession session)
    {
        if (!TryInstrument(in fields, out var instrument))
        {
            return UnknownMarket(in fields, session, "depthUpdate");
        }

        if (!Utf8Text.TryLong(fields['U'], out var first) || !Utf8Text.TryLong(fields['u'], out var last) || first > last || !TryTime(fields['E'], out var time))
        {
            return Bad(session, "a depthUpdate with missing or impossible ids");
        }

        return _bids.IsRead && _asks.IsRead
            ? new StreamMessage(StreamMessageKind.Depth, new DepthEvent(instrument.Symbol, first, last, time, receivedAt, _bids.ToArray(), _asks.ToArray()))
            : Bad(session, "a depthUpdate without its sides");
    }

    private StreamMessage Candle(in StreamFields fields, Timestamp receivedAt, IMarketStreamSession session)
    {
        if (!TryInstrument(in fields, out var instrument))
        {
            return UnknownMarket(in fields, session, "kline");
        }

        var bar = new StreamFields(fields['k']);
        if (!TryTime(fields['E'], out var time)
            || !bar.TryRead(_bids, _asks)
            || !CandleReader.TryRead(in bar, instrument.Symbol, session.Stamp(receivedAt, time, 0), out var candle))
        {
            return Bad(session, "a kline with a missing or impossible value");
        }

        session.Publish(candle);
        return new StreamMessage(StreamMessageKind.Published);
    }

    private bool TryInstrument(in StreamFields fields, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Instrument? instrument) =>
        Utf8Text.TryInstrument(catalogue.Current, fields['s'], out instrument) && instrument is not null;

    private static StreamMessage UnknownMarket(in StreamFields fields, IMarketStreamSession session, string kind) =>
        Bad(session, fields.Has('s') ? $"a {kind} of the unknown market {Utf8Text.Message(fields['s'])}" : "a message of no documented kind");
}
