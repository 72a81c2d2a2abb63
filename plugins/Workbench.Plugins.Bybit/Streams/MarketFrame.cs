using System.Text.Json;
using System.Text.Unicode;
using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>One message of a public socket, read in one pass. Reused: each decode overwrites the last, and the lists keep their memory.</summary>
internal sealed class MarketFrame
{
    private ReadOnlyMemory<byte> _payload;
    private Range _topic;
    private Range _symbol;
    private ControlAnswer _control;

    /// <summary>What it is.</summary>
    public FrameKind Kind { get; private set; }

    /// <summary>The topic as it stands in the message.</summary>
    public ReadOnlySpan<byte> Topic => _payload.Span[_topic];

    /// <summary>The venue's name of the market as the data says it; empty where it does not, as in candles.</summary>
    public ReadOnlySpan<byte> VenueSymbol => _payload.Span[_symbol];

    /// <summary>True when the message replaces what came before.</summary>
    public bool IsSnapshot { get; private set; }

    /// <summary>When the venue made the message.</summary>
    public Timestamp? Time { get; private set; }

    /// <summary>When the matching engine did what the message tells.</summary>
    public Timestamp? EngineTime { get; private set; }

    /// <summary>Update id of a book; -1 where there is none.</summary>
    public long UpdateId { get; private set; }

    /// <summary>Cross sequence of a book.</summary>
    public long Sequence { get; private set; }

    /// <summary>Changed or all bids.</summary>
    public List<PriceLevel> Bids { get; } = [];

    /// <summary>Changed or all asks.</summary>
    public List<PriceLevel> Asks { get; } = [];

    /// <summary>Trades, oldest first.</summary>
    public List<TradeRow> Trades { get; } = [];

    /// <summary>Candles.</summary>
    public List<CandleRow> Candles { get; } = [];

    /// <summary>The answer, when it is one.</summary>
    public ControlAnswer Control => _control;

    /// <summary>Reads a message.</summary>
    /// <param name="payload">Must stay unchanged while the frame is used.</param>
    /// <returns>Null, or why the message must be put aside as a whole.</returns>
    public string? Decode(ReadOnlyMemory<byte> payload)
    {
        Clear(payload);
        if (!Utf8.IsValid(payload.Span))
        {
            return "it is no UTF-8";
        }

        try
        {
            var cursor = new JsonCursor(payload.Span);
            return cursor.EnterObject() ? Read(ref cursor) : "it is no JSON object";
        }
        catch (JsonException)
        {
            return "it is no JSON";
        }
    }

    private static FrameKind KindOf(ReadOnlySpan<byte> topic)
    {
        if (topic.StartsWith("orderbook."u8))
        {
            return topic.StartsWith("orderbook.rpi."u8) ? FrameKind.Other : FrameKind.Book;
        }

        return topic.StartsWith("publicTrade."u8) ? FrameKind.Trades : topic.StartsWith("kline."u8) ? FrameKind.Candles : FrameKind.Other;
    }

    private void Clear(ReadOnlyMemory<byte> payload)
    {
        _payload = payload;
        _topic = default(Index)..default(Index);
        _symbol = _topic;
        _control = default;
        Kind = FrameKind.Control;
        IsSnapshot = false;
        Time = null;
        EngineTime = null;
        UpdateId = -1;
        Sequence = 0;
        Bids.Clear();
        Asks.Clear();
        Trades.Clear();
        Candles.Clear();
    }

    private string? Read(ref JsonCursor cursor)
    {
        // The order of fields is not fixed. The topic nearly always precedes the data; where it does not, the data are read in a second pass.
        var skipped = false;
        while (cursor.NextField())
        {
            if (cursor.Is("topic"u8))
            {
                _topic = RangeOf(cursor.RawText());
                Kind = KindOf(Topic);
            }
            else if (cursor.Is("data"u8))
            {
                skipped |= !TryReadData(ref cursor);
            }
            else
            {
                ReadEnvelopeField(ref cursor);
            }
        }

        cursor.AtEnd();
        if (skipped && Kind is not (FrameKind.Control or FrameKind.Other))
        {
            ReadDataAgain(ref cursor);
        }

        return cursor.Problem ?? Missing();
    }

    private void ReadEnvelopeField(ref JsonCursor cursor)
    {
        if (cursor.Is("ts"u8))
        {
            Time = cursor.Time();
        }
        else if (cursor.Is("cts"u8))
        {
            EngineTime = cursor.Time();
        }
        else if (cursor.Is("type"u8))
        {
            IsSnapshot = cursor.RawText().SequenceEqual("snapshot"u8);
        }
        else
        {
            ControlReader.ReadField(ref cursor, ref _control);
        }
    }

    private bool TryReadData(ref JsonCursor cursor)
    {
        switch (Kind)
        {
            case FrameKind.Book:
                ReadBook(ref cursor);
                return true;
            case FrameKind.Trades:
                _symbol = TradeReader.Read(ref cursor, _payload.Span, Trades);
                return true;
            case FrameKind.Candles:
                CandleReader.Read(ref cursor, Candles);
                return true;
            default:
                cursor.Skip();
                return false;
        }
    }

    private void ReadDataAgain(ref JsonCursor first)
    {
        var cursor = new JsonCursor(_payload.Span);
        cursor.EnterObject();
        while (cursor.NextField())
        {
            if (cursor.Is("data"u8))
            {
                TryReadData(ref cursor);
            }
            else
            {
                cursor.Skip();
            }
        }

        if (cursor.Problem is { } problem)
        {
            first.Fail(problem);
        }
    }

    private void ReadBook(ref JsonCursor cursor)
    {
        if (!cursor.EnterObject())
        {
            cursor.Fail("the book is no object");
            return;
        }

        while (cursor.NextField())
        {
            if (cursor.Is("b"u8))
            {
                LevelReader.Read(ref cursor, Bids);
            }
            else if (cursor.Is("a"u8))
            {
                LevelReader.Read(ref cursor, Asks);
            }
            else if (cursor.Is("u"u8))
            {
                UpdateId = cursor.Integer() ?? -1;
            }
            else if (cursor.Is("seq"u8))
            {
                Sequence = cursor.Integer() ?? 0;
            }
            else if (cursor.Is("s"u8))
            {
                _symbol = RangeOf(cursor.RawText());
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    private string? Missing() => Kind switch
    {
        FrameKind.Book when UpdateId < 0 => "a book has no update id",
        FrameKind.Trades when Trades.Count == 0 => "a trade message has no trades",
        FrameKind.Candles when Candles.Count == 0 => "a candle message has no candles",
        FrameKind.Control when _control.Operation is null && _control.Success is null && _control.Code is null => "it is neither data nor an answer",
        _ => null,
    };

    private Range RangeOf(ReadOnlySpan<byte> text) => Slices.RangeOf(_payload.Span, text);
}
