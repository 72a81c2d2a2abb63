using System.Text;
using System.Text.Json;
using Workbench.Plugins.Bybit.Rest;
using Workbench.Plugins.Bybit.Streams;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Data;

/// <summary>Compares a decoded market frame, field by field, with a second reading of the same text.</summary>
internal static class FrameComparer
{
    /// <summary>Decodes and compares.</summary>
    /// <returns>False when the message was rightly put aside, because something is missing that no event can do without.</returns>
    public static bool Check(MarketFrame frame, byte[] payload)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        var problem = frame.Decode(payload);
        if (problem is not null)
        {
            IsComplete(root).ShouldBeFalse(problem);
            return false;
        }

        CheckEnvelope(frame, root);
        switch (frame.Kind)
        {
            case FrameKind.Book:
                CheckBook(frame, root.GetProperty("data"));
                break;
            case FrameKind.Trades:
                CheckTrades(frame, root.RowsOf("data").ToArray());
                break;
            case FrameKind.Candles:
                CheckCandles(frame, root.RowsOf("data").ToArray());
                break;
        }

        return true;
    }

    private static bool IsComplete(JsonElement root) => root.TextOf("topic")?.Split('.')[0] switch
    {
        "orderbook" => root.GetProperty("data").Field("u") is not null,
        "publicTrade" => root.RowsOf("data").All(r => r.Field("p") is not null && r.Field("v") is not null && r.Field("i") is not null && r.Field("S") is not null),
        "kline" => root.RowsOf("data").All(r => r.Field("open") is not null && r.Field("confirm") is not null),
        _ => true,
    };

    private static void CheckEnvelope(MarketFrame frame, JsonElement root)
    {
        Encoding.UTF8.GetString(frame.Topic).ShouldBe(root.TextOf("topic") ?? "");
        frame.IsSnapshot.ShouldBe(root.TextOf("type") == "snapshot");
        frame.Time?.UnixMilliseconds.ShouldBe(root.MillisecondsOf("ts")!.Value);
        frame.Time.HasValue.ShouldBe(root.MillisecondsOf("ts").HasValue);
        frame.EngineTime?.UnixMilliseconds.ShouldBe(root.MillisecondsOf("cts")!.Value);
        frame.EngineTime.HasValue.ShouldBe(root.MillisecondsOf("cts").HasValue);
    }

    private static void CheckBook(MarketFrame frame, JsonElement data)
    {
        Encoding.UTF8.GetString(frame.VenueSymbol).ShouldBe(data.TextOf("s"));
        frame.UpdateId.ShouldBe(data.GetProperty("u").GetInt64());
        frame.Sequence.ShouldBe(data.MillisecondsOf("seq") ?? 0);
        Levels(frame.Bids).ShouldBe(data.RowsOf("b").Select(r => (r.NumberAt(0), r.NumberAt(1))));
        Levels(frame.Asks).ShouldBe(data.RowsOf("a").Select(r => (r.NumberAt(0), r.NumberAt(1))));
    }

    private static IEnumerable<(decimal, decimal)> Levels(List<PriceLevel> levels) => levels.Select(l => (l.Price.Value, l.Quantity.Value));

    private static void CheckTrades(MarketFrame frame, JsonElement[] rows)
    {
        Encoding.UTF8.GetString(frame.VenueSymbol).ShouldBe(rows[0].TextOf("s"));
        frame.Trades.Select(t => (t.Id.Value, t.Price.Value, t.Quantity.Value, t.TakerSide.ToString(), t.Time?.UnixMilliseconds, t.Sequence))
            .ShouldBe(rows.Select(r => (r.TextOf("i")!, r.NumberOf("p")!.Value, r.NumberOf("v")!.Value, r.TextOf("S")!, r.MillisecondsOf("T"), r.MillisecondsOf("seq") ?? 0)));
    }

    private static void CheckCandles(MarketFrame frame, JsonElement[] rows)
    {
        frame.Candles.Select(c => (c.Start.UnixMilliseconds, CandleIntervals.Text(c.Interval), c.IsClosed, c.Time?.UnixMilliseconds))
            .ShouldBe(rows.Select(r => (r.MillisecondsOf("start")!.Value, r.TextOf("interval"), r.GetProperty("confirm").GetBoolean(), r.MillisecondsOf("timestamp"))));
        frame.Candles.Select(c => (c.Open.Value, c.High.Value, c.Low.Value, c.Close.Value, c.Volume.Value))
            .ShouldBe(rows.Select(r => (r.NumberOf("open")!.Value, r.NumberOf("high")!.Value, r.NumberOf("low")!.Value, r.NumberOf("close")!.Value, r.NumberOf("volume")!.Value)));
    }
}
