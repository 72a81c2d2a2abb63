using System.Globalization;
using System.Text.Json;
using Workbench.Plugins.Binance.Market;
using Workbench.Plugins.Binance.Streams;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Recorded;

/// <summary>Compares what was decoded with an independent reading, field by field.</summary>
internal static class Comparisons
{
    public static void Same(Quote quote, JsonElement json)
    {
        quote.Symbol.ShouldBe(Instruments.SymbolOf(json.Text("s")!));
        (quote.Bid?.Value, quote.BidQuantity.Value, quote.Ask?.Value, quote.AskQuantity.Value)
            .ShouldBe((json.TryNumber("b").NotZero(), json.Number("B"), json.TryNumber("a").NotZero(), json.Number("A")));
        quote.Stamp.Sequence.ShouldBe((long)json.Number("u"));
        quote.Stamp.VenueTime.ShouldBe(json.Time("E") ?? quote.Stamp.ReceivedAt);
    }

    public static void Same(Trade trade, JsonElement json)
    {
        trade.Symbol.ShouldBe(Instruments.SymbolOf(json.Text("s")!));
        (trade.Id.Value, trade.Price.Value, trade.Quantity.Value).ShouldBe((json.Text("t")!, json.Number("p"), json.Number("q")));
        trade.TakerSide.ShouldBe(json.GetProperty("m").GetBoolean() ? Side.Sell : Side.Buy);
        trade.Stamp.VenueTime.ShouldBe(json.Time("T")!.Value);
        trade.Stamp.Sequence.ShouldBe((long)json.Number("t"));
    }

    public static void Same(Candle candle, JsonElement json)
    {
        var bar = json.GetProperty("k");
        candle.Symbol.ShouldBe(Instruments.SymbolOf(json.Text("s")!));
        (candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Close.Value, candle.Volume.Value, candle.IsClosed)
            .ShouldBe((bar.Number("o"), bar.Number("h"), bar.Number("l"), bar.Number("c"), bar.Number("v"), bar.GetProperty("x").GetBoolean()));
        (candle.OpenTime, candle.Stamp.VenueTime).ShouldBe((bar.Time("t")!.Value, json.Time("E")!.Value));
        candle.Interval.ShouldBe(TimeSpan.FromMinutes(1));
        bar.Text("i").ShouldBe("1m");
    }

    public static void Same(DepthEvent depth, JsonElement json)
    {
        depth.Symbol.ShouldBe(Instruments.SymbolOf(json.Text("s")!));
        (depth.First, depth.Last, depth.VenueTime).ShouldBe(((long)json.Number("U"), (long)json.Number("u"), json.Time("E")!.Value));
        Pairs(depth.Bids).ShouldBe(json.Levels("b"));
        Pairs(depth.Asks).ShouldBe(json.Levels("a"));
    }

    public static void Same(DepthSnapshot snapshot, JsonElement json)
    {
        snapshot.LastUpdateId.ShouldBe((long)json.Number("lastUpdateId"));
        Pairs(snapshot.Bids).ShouldBe(json.Levels("bids"));
        Pairs(snapshot.Asks).ShouldBe(json.Levels("asks"));
    }

    public static void Same(Candle candle, JsonElement row, TimeSpan interval)
    {
        var numbers = Enumerable.Range(1, 5).Select(i => decimal.Parse(row[i].GetString()!, CultureInfo.InvariantCulture)).ToArray();
        new[] { candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Close.Value, candle.Volume.Value }.ShouldBe(numbers);
        (candle.OpenTime.UnixMilliseconds, candle.Interval).ShouldBe((row[0].GetInt64(), interval));
    }

    public static void Same(OrderReport report, JsonElement json)
    {
        var filled = json.TryNumber("executedQty");
        report.Symbol.ShouldBe(Instruments.SymbolOf(json.Text("symbol")!));
        (report.VenueOrderId.Value, report.ClientOrderId?.Value).ShouldBe((json.Text("orderId")!, json.Text("origClientOrderId") ?? json.Text("clientOrderId")));
        (report.Status.ToString(), report.Side?.ToString(), report.Type?.ToString()).ShouldBe((Reading.Status(json.Text("status"), filled)!, Reading.SideOf(json.Text("side")), Reading.TypeOf(json.Text("type"))));
        (report.Quantity?.Value, report.LimitPrice?.Value, report.FilledQuantity?.Value).ShouldBe((json.TryNumber("origQty"), json.TryNumber("price").NotZero(), filled));
        (report.AverageFillPrice?.Value).ShouldBe(Reading.Average(json.TryNumber("cummulativeQuoteQty"), filled));
        (report.VenueTime, report.Reason).ShouldBe((json.Time("transactTime", "updateTime", "time")!.Value, json.Text("expiryReason")));
    }

    public static void Same(FillReport fill, JsonElement json)
    {
        (fill.TradeId.Value, fill.Price.Value, fill.Quantity.Value).ShouldBe((json.Text("tradeId") ?? json.Text("id")!, json.Number("price"), json.Number("qty")));
        (fill.Fee.Value, fill.FeeAsset?.Code).ShouldBe((json.Number("commission"), json.Text("commissionAsset")));
    }

    public static void SameExecution(OrderReport report, FillReport? fill, JsonElement json)
    {
        var filled = json.TryNumber("z");
        report.Symbol.ShouldBe(Instruments.SymbolOf(json.Text("s")!));
        (report.VenueOrderId.Value, report.ClientOrderId?.Value).ShouldBe((json.Text("i")!, json.Text("C").NotEmpty() ?? json.Text("c").NotEmpty()));
        (report.Status.ToString(), report.Side?.ToString(), report.Type?.ToString()).ShouldBe((Reading.Status(json.Text("X"), filled)!, Reading.SideOf(json.Text("S")), Reading.TypeOf(json.Text("o"))));
        (report.Quantity?.Value, report.LimitPrice?.Value, report.FilledQuantity?.Value).ShouldBe((json.TryNumber("q"), json.TryNumber("p").NotZero(), filled));
        (report.AverageFillPrice?.Value).ShouldBe(Reading.Average(json.TryNumber("Z"), filled));
        (report.VenueTime, report.Reason).ShouldBe((json.Time("T", "E")!.Value, json.Text("r") is { } r && r != "NONE" ? r : json.Text("eR").NotEmpty()));
        var hasFill = json.TryNumber("t") >= 0 && json.TryNumber("l") > 0;
        (fill is not null).ShouldBe(hasFill);
        if (fill is not null)
        {
            (fill.TradeId.Value, fill.Price.Value, fill.Quantity.Value, fill.Side).ShouldBe((json.Text("t")!, json.Number("L"), json.Number("l"), report.Side!.Value));
            (fill.Fee.Value, fill.FeeAsset?.Code, fill.Role).ShouldBe((json.Number("n"), json.Text("N"), json.GetProperty("m").GetBoolean() ? LiquidityRole.Maker : LiquidityRole.Taker));
            (fill.VenueOrderId, fill.ClientOrderId, fill.Symbol, fill.VenueTime).ShouldBe((report.VenueOrderId, report.ClientOrderId, report.Symbol, report.VenueTime));
        }
    }

    public static void Same(Balance balance, JsonElement json, string asset, string free, string locked) =>
        (balance.Asset.Code, balance.Free.Value, balance.Locked.Value).ShouldBe((json.Text(asset)!, json.Number(free), json.Number(locked)));

    public static void Same(Instrument instrument, JsonElement json)
    {
        (instrument.VenueSymbol, instrument.Symbol.Base.Code, instrument.Symbol.Quote.Code).ShouldBe((json.Text("symbol")!, json.Text("baseAsset")!, json.Text("quoteAsset")!));
        var trades = json.Text("status") == "TRADING" && json.Text("isSpotTradingAllowed") != "false";
        (instrument.Status == InstrumentStatus.Trading).ShouldBe(trades);
        var filters = json.GetProperty("filters").EnumerateArray().ToLookup(f => f.Text("filterType"));
        decimal Field(string type, string name) => filters[type].Select(f => f.TryNumber(name)).FirstOrDefault() ?? 0;
        (instrument.TickSize, instrument.StepSize, instrument.MarketStepSize).ShouldBe((Field("PRICE_FILTER", "tickSize"), Field("LOT_SIZE", "stepSize"), Field("MARKET_LOT_SIZE", "stepSize")));
        (instrument.MinQuantity, instrument.MaxQuantity).ShouldBe((Field("LOT_SIZE", "minQty"), Field("LOT_SIZE", "maxQty")));
        var (lot, market) = (Field("LOT_SIZE", "maxQty"), Field("MARKET_LOT_SIZE", "maxQty"));
        instrument.MaxMarketQuantity.ShouldBe(lot > 0 && market > lot ? lot : market);
        var notional = filters["NOTIONAL"].Any() ? "NOTIONAL" : "MIN_NOTIONAL";
        (instrument.MinNotional, instrument.MaxNotional).ShouldBe((Field(notional, "minNotional"), Field(notional, "maxNotional")));
    }

    private static (decimal, decimal)[] Pairs(PriceLevel[] levels) => [.. levels.Select(l => (l.Price.Value, l.Quantity.Value))];
}
