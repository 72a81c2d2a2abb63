namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>Every filter exchangeInfo publishes is enforced, on both wires, and each right at its edge.</summary>
public sealed class FilterTests
{
    private const string Buy = "side=BUY&type=LIMIT&timeInForce=GTC&";

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_16_price_filter_refuses_a_price_off_its_range_or_tick(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        bench.Change(i => i with { MinPrice = 20_000m, MaxPrice = 60_000m });

        await ShouldFailAsync(bench, "PRICE_FILTER", Buy + "quantity=0.001&price=19999.99");
        await ShouldFailAsync(bench, "PRICE_FILTER", Buy + "quantity=0.001&price=60000.01");
        await ShouldFailAsync(bench, "PRICE_FILTER", Buy + "quantity=0.001&price=30000.001");
        await ShouldFailAsync(bench, "PRICE_FILTER", "side=BUY&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.001&price=30000&stopPrice=60000.01");
        (await bench.PlaceAsync(Buy + "quantity=0.001&price=20000")).Ok();
        (await bench.PlaceAsync(Buy + "quantity=0.001&price=30000.0100000")).Ok();
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_16_lot_size_refuses_a_quantity_off_its_range_or_step(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        bench.Change(i => i with { MinQuantity = 0.002m, MaxQuantity = 0.5m });

        await ShouldFailAsync(bench, "LOT_SIZE", Buy + "quantity=0.00199&price=30000");
        await ShouldFailAsync(bench, "LOT_SIZE", Buy + "quantity=0.50001&price=30000");
        await ShouldFailAsync(bench, "LOT_SIZE", Buy + "quantity=0.002001&price=30000");
        await ShouldFailAsync(bench, "LOT_SIZE", Buy + "quantity=0.1&price=30000&icebergQty=0.001");
        (await bench.PlaceAsync(Buy + "quantity=0.002&price=30000")).Ok();
        (await bench.PlaceAsync(Buy + "quantity=0.5&price=30000")).Ok();
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_16_percent_price_uses_the_multipliers_of_the_orders_side(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        bench.ChangeSpot(s => s with { ReferencePrice = 50_000m, BidMultiplierDown = 0.5m, BidMultiplierUp = 1.2m, AskMultiplierDown = 0.9m, AskMultiplierUp = 2m });
        const string Sell = "side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.001&price=";

        await ShouldFailAsync(bench, "PERCENT_PRICE_BY_SIDE", Buy + "quantity=0.001&price=24999.99");
        await ShouldFailAsync(bench, "PERCENT_PRICE_BY_SIDE", Buy + "quantity=0.001&price=60000.01");
        await ShouldFailAsync(bench, "PERCENT_PRICE_BY_SIDE", Sell + "44999.99");
        await ShouldFailAsync(bench, "PERCENT_PRICE_BY_SIDE", Sell + "100000.01");
        (await bench.PlaceAsync(Buy + "quantity=0.001&price=25000")).Ok();
        (await bench.PlaceAsync(Sell + "100000")).Ok();
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_16_notional_bounds_price_times_quantity(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        bench.Change(i => i with { MinNotional = 30m, MaxNotional = 600m });

        await ShouldFailAsync(bench, "NOTIONAL", Buy + "quantity=0.00099&price=30000");
        await ShouldFailAsync(bench, "NOTIONAL", Buy + "quantity=0.02001&price=30000");
        (await bench.PlaceAsync(Buy + "quantity=0.001&price=30000")).Ok();
        (await bench.PlaceAsync(Buy + "quantity=0.02&price=30000")).Ok();
    }

    [Fact]
    public async Task S20_16_order_counts_are_limited_per_symbol_and_over_the_exchange()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.Change(i => i with { MaxOpenOrders = 2 });
        bench.ChangeExchange(e => e with { MaxOrders = 3 });

        (await bench.LimitAsync("BUY", 0.001m, 30_000m)).Ok();
        (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=second")).Ok();
        await ShouldFailAsync(bench, "MAX_NUM_ORDERS", Buy + "quantity=0.001&price=30000");
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.001")).Ok();
        (await bench.CallAsync("order.place", "symbol=ETHUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=2000")).Ok();
        (await bench.CallAsync("order.place", "symbol=ETHUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=2000"))
            .ShouldRefuse(-1013, "Filter failure: EXCHANGE_MAX_NUM_ORDERS");
        (await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId=second")).Ok();
        (await bench.LimitAsync("BUY", 0.001m, 30_000m)).Ok();
    }

    [Fact]
    public async Task S20_16_algo_and_iceberg_orders_have_limits_of_their_own()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.ChangeSpot(s => s with { MaxAlgoOrders = 1, MaxIcebergOrders = 1, IcebergParts = 4 });
        const string Stop = "side=BUY&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.001&price=70000&stopPrice=70000";
        const string Iceberg = Buy + "quantity=0.04&price=30000&icebergQty=";

        (await bench.PlaceAsync(Stop)).Ok();
        await ShouldFailAsync(bench, "MAX_NUM_ALGO_ORDERS", Stop);
        await ShouldFailAsync(bench, "ICEBERG_PARTS", Iceberg + "0.009");
        (await bench.PlaceAsync(Iceberg + "0.01")).Ok();
        await ShouldFailAsync(bench, "MAX_NUM_ICEBERG_ORDERS", Iceberg + "0.01");
        bench.ChangeSpot(s => s with { MaxAlgoOrders = 0, MaxIcebergOrders = 0 });
        bench.ChangeExchange(e => e with { MaxAlgoOrders = 1, MaxIcebergOrders = 1 });
        await ShouldFailAsync(bench, "EXCHANGE_MAX_NUM_ALGO_ORDERS", Stop);
        await ShouldFailAsync(bench, "EXCHANGE_MAX_NUM_ICEBERG_ORDERS", Iceberg + "0.01");
    }

    [Fact]
    public async Task S20_16_position_counts_holdings_and_open_buys()
    {
        await using var bench = await OrderBench.StartAsync();
        var held = await bench.BalanceAsync("BTC");
        bench.ChangeSpot(s => s with { MaxPosition = held.Free + 0.01m });

        (await bench.LimitAsync("BUY", 0.006m, 30_000m)).Ok();
        await ShouldFailAsync(bench, "MAX_POSITION", Buy + "quantity=0.00401&price=30000");
        (await bench.LimitAsync("BUY", 0.004m, 30_000m)).Ok();
        (await bench.LimitAsync("SELL", 0.5m, 90_000m)).Ok();
        await ShouldFailAsync(bench, "MAX_POSITION", "side=BUY&type=MARKET&quoteOrderQty=20");
    }

    [Fact]
    public async Task S20_16_trailing_delta_has_a_range_on_each_side_of_the_market()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.ChangeSpot(s => s with { TrailingAbove = (10, 500), TrailingBelow = (20, 400) });

        await ShouldFailAsync(bench, "PRICE_FILTER", "side=BUY&type=STOP_LOSS&quantity=0.001&trailingDelta=0");
        await ShouldFailAsync(bench, "PRICE_FILTER", "side=BUY&type=STOP_LOSS&quantity=0.001&stopPrice=0");
        await ShouldFailAsync(bench, "TRAILING_DELTA", "side=BUY&type=STOP_LOSS&quantity=0.001&trailingDelta=9");
        await ShouldFailAsync(bench, "TRAILING_DELTA", "side=BUY&type=STOP_LOSS&quantity=0.001&trailingDelta=501");
        await ShouldFailAsync(bench, "TRAILING_DELTA", "side=SELL&type=STOP_LOSS&quantity=0.001&trailingDelta=19");
        await ShouldFailAsync(bench, "TRAILING_DELTA", "side=BUY&type=TAKE_PROFIT&quantity=0.001&trailingDelta=401");
        (await bench.PlaceAsync("side=BUY&type=STOP_LOSS&quantity=0.001&trailingDelta=10")).Ok();
        (await bench.PlaceAsync("side=SELL&type=STOP_LOSS&quantity=0.001&trailingDelta=400")).Ok();
    }

    [Fact]
    public async Task S20_16_assets_can_be_limited_per_order_and_only_my_filters_shows_it()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.ChangeExchange(e => e with { MaxAsset = new Dictionary<string, decimal> { ["BTC"] = 0.01m, ["JPY"] = 5m } });

        await ShouldFailAsync(bench, "MAX_ASSET", Buy + "quantity=0.01001&price=30000");
        (await bench.LimitAsync("BUY", 0.01m, 30_000m)).Ok();
        var filters = (await bench.CallAsync("myFilters", $"symbol={OrderBench.Symbol}")).Ok().Body;
        var only = filters.GetProperty("assetFilters").EnumerateArray().ShouldHaveSingleItem();
        (only.Str("filterType"), only.Str("asset"), only.Dec("limit")).ShouldBe(("MAX_ASSET", "BTC", 0.01m));
        filters.GetProperty("symbolFilters").EnumerateArray().ShouldContain(f => f.Str("filterType") == "LOT_SIZE");
        filters.GetProperty("exchangeFilters").EnumerateArray().ShouldContain(f => f.Str("filterType") == "EXCHANGE_MAX_NUM_ORDERS");
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_17_zeros_in_market_lot_size_leave_it_to_lot_size(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);

        await ShouldFailAsync(bench, "LOT_SIZE", "side=BUY&type=MARKET&quantity=0.0010001");
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.00123")).Ok();
        bench.Change(i => i with { MaxMarketQuantity = 0.5m, Spot = i.Spot with { MinMarketQuantity = 0.01m, MarketStepSize = 0.01m } });
        await ShouldFailAsync(bench, "MARKET_LOT_SIZE", "side=BUY&type=MARKET&quantity=0.00123");
        await ShouldFailAsync(bench, "MARKET_LOT_SIZE", "side=BUY&type=MARKET&quantity=0.0101");
        await ShouldFailAsync(bench, "MARKET_LOT_SIZE", "side=BUY&type=MARKET&quantity=0.51");
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.02")).Ok();
        (await bench.LimitAsync("BUY", 0.00123m, 30_000m)).Ok();
    }

    [Fact]
    public async Task S20_17_notional_of_market_orders_follows_its_flags_and_the_reference_price()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.Change(i => i with { MinNotional = 50m, MaxNotional = 500m, Spot = i.Spot with { ReferencePrice = 10_000m } });

        await ShouldFailAsync(bench, "NOTIONAL", "side=BUY&type=MARKET&quantity=0.00499");
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.005")).Ok();
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.0501")).Ok();
        await ShouldFailAsync(bench, "NOTIONAL", "side=BUY&type=MARKET&quoteOrderQty=49.99");
        bench.ChangeSpot(s => s with { AppliesMinNotionalToMarket = false, AppliesMaxNotionalToMarket = true });
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.00499")).Ok();
        await ShouldFailAsync(bench, "NOTIONAL", "side=BUY&type=MARKET&quantity=0.05001");
    }

    [Fact]
    public async Task S20_17_without_a_reference_price_the_average_counts_and_without_minutes_the_last_price()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.TradeAt(bench.Ask);
        bench.TradeAt(40_000m);
        var average = bench.Venue.Venue.Execute(_ => bench.Venue.Venue.Market(OrderBench.Symbol)!.AveragePrice(5, bench.Now));
        var between = 0.001m * decimal.Round((average + 40_000m) / 2, 2);
        average.ShouldBeGreaterThan(45_000m);
        bench.Change(i => i with { MinNotional = between });

        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.001")).Ok();
        bench.ChangeSpot(s => s with { AveragePriceMinutes = 0 });
        bench.TradeAt(40_000m);
        await ShouldFailAsync(bench, "NOTIONAL", "side=BUY&type=MARKET&quantity=0.001");
    }

    [Fact]
    public async Task S20_16_exchange_info_publishes_the_filters_that_are_enforced()
    {
        await using var bench = await OrderBench.StartAsync();
        using var http = new HttpClient { BaseAddress = bench.Venue.Rest };
        bench.ChangeSpot(s => s with { MaxPosition = 12m });

        using var info = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("/api/v3/exchangeInfo?symbol=BTCUSDT"));
        var symbol = info.RootElement.GetProperty("symbols")[0];

        symbol.GetProperty("filters").EnumerateArray().Select(f => f.Str("filterType")).ShouldBe(
        [
            "PRICE_FILTER", "LOT_SIZE", "ICEBERG_PARTS", "MARKET_LOT_SIZE", "TRAILING_DELTA", "PERCENT_PRICE_BY_SIDE", "NOTIONAL",
            "MAX_NUM_ORDERS", "MAX_NUM_ORDER_LISTS", "MAX_NUM_ALGO_ORDERS", "MAX_NUM_ICEBERG_ORDERS", "MAX_NUM_ORDER_AMENDS", "MAX_POSITION",
        ]);
        symbol.GetProperty("orderTypes").GetArrayLength().ShouldBe(7);
        symbol.GetProperty("allowedSelfTradePreventionModes").GetArrayLength().ShouldBe(6);
    }

    private static async Task ShouldFailAsync(OrderBench bench, string filter, string order)
    {
        (await bench.PlaceAsync(order)).ShouldRefuse(-1013, "Filter failure: " + filter);

        // A test order is held against the same filters.
        (await bench.CallAsync("order.test", $"symbol={OrderBench.Symbol}&{order}")).ShouldRefuse(-1013, "Filter failure: " + filter);
    }
}
