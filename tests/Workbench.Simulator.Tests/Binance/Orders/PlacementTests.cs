using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>What becomes of a new order at once: the reply, its shape, and what is left behind.</summary>
public sealed class PlacementTests
{
    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_18_limit_maker_that_would_cross_is_refused_and_changes_nothing(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var before = await bench.BalanceAsync("USDT");

        (await bench.PlaceAsync(OrderBench.Text($"side=BUY&type=LIMIT_MAKER&quantity=0.001&price={bench.Ask}")))
            .ShouldRefuse(-2010, "Order would immediately match and take.");

        (await bench.BalanceAsync("USDT")).ShouldBe(before);
        (await bench.CallAsync("openOrders.status", $"symbol={OrderBench.Symbol}")).Body.GetArrayLength().ShouldBe(0);
        (await bench.CallAsync("allOrders", $"symbol={OrderBench.Symbol}")).Body.GetArrayLength().ShouldBe(0);
        (await bench.CountsAsync()).ShouldBe((0, 0));
        (await bench.PlaceAsync(OrderBench.Text($"side=BUY&type=LIMIT_MAKER&quantity=0.001&price={bench.Ask - 0.01m}"))).Ok();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S20_18_a_switch_sends_an_event_for_the_refusal(bool isOn)
    {
        await using var bench = await OrderBench.StartAsync(change: o => o with { Binance = o.Binance with { HasRejectionEvents = isOn } });
        await bench.ListenAsync();

        (await bench.PlaceAsync("side=BUY&type=LIMIT_MAKER&quantity=0.001&price=90000&newClientOrderId=refused")).Status.ShouldBe(400);
        (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=next")).Ok();

        var first = (await bench.StepAsync())[0];
        if (isOn)
        {
            (first.Str("x"), first.Str("X"), first.Str("r"), first.Str("c")).ShouldBe(("REJECTED", "REJECTED", "WOULD_MATCH_IMMEDIATELY", "refused"));
        }
        else
        {
            first.Str("c").ShouldBe("next");
        }
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_19_market_order_that_exhausts_the_book_expires_with_what_it_got(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        bench.Other(Side.Buy, 5000, 900_000m, TimeInForce.Ioc);
        bench.Other(Side.Sell, 0.3m, 62_000m);
        bench.Other(Side.Sell, 0.2m, 62_100m);

        var reply = (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.9")).Ok().Body;

        (reply.Str("status"), reply.Str("expiryReason"), reply.Dec("executedQty"), reply.Dec("cummulativeQuoteQty"))
            .ShouldBe(("EXPIRED", "INSUFFICIENT_LIQUIDITY", 0.5m, (0.3m * 62_000m) + (0.2m * 62_100m)));
        reply.GetProperty("fills").EnumerateArray().Select(f => (f.Dec("price"), f.Dec("qty"))).ShouldBe([(62_000m, 0.3m), (62_100m, 0.2m)]);
        var empty = (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.9")).Ok().Body;
        (empty.Str("status"), empty.Dec("executedQty"), empty.GetProperty("fills").GetArrayLength()).ShouldBe(("EXPIRED", 0m, 0));
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_19_immediate_or_cancel_keeps_its_part_and_fill_or_kill_is_all_or_nothing(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var price = bench.Ask - 0.01m;
        bench.Other(Side.Sell, 0.01m, price);

        var fok = (await bench.PlaceAsync(OrderBench.Text($"side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.02&price={price}"))).Ok().Body;
        var ioc = (await bench.PlaceAsync(OrderBench.Text($"side=BUY&type=LIMIT&timeInForce=IOC&quantity=0.02&price={price}&newClientOrderId=ioc"))).Ok().Body;
        bench.Other(Side.Sell, 0.02m, price);
        var full = (await bench.PlaceAsync(OrderBench.Text($"side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.02&price={price}"))).Ok().Body;

        (fok.Str("status"), fok.Str("expiryReason"), fok.Dec("executedQty")).ShouldBe(("EXPIRED", "UNFILLED_FOK_ORDER_EXPIRED", 0m));
        (ioc.Str("status"), ioc.Str("expiryReason"), ioc.Dec("executedQty")).ShouldBe(("EXPIRED", "UNFILLED_IOC_QUANTITY_EXPIRED", 0.01m));
        (full.Str("status"), full.Has("expiryReason")).ShouldBe(("FILLED", false));
        (await bench.OrderAsync("ioc")).Str("expiryReason").ShouldBe("UNFILLED_IOC_QUANTITY_EXPIRED");
    }

    [Fact]
    public async Task S20_19_taking_stops_at_the_price_range_around_the_reference()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.Other(Side.Buy, 5000, 900_000m, TimeInForce.Ioc);
        bench.Other(Side.Sell, 0.3m, 62_000m);
        bench.Other(Side.Sell, 0.3m, 62_100.01m);
        bench.ChangeSpot(s => s with { ReferencePrice = 62_100m, BidLimitMultiplierUp = 1m });

        var reply = (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.5")).Ok().Body;

        (reply.Str("status"), reply.Str("expiryReason"), reply.Dec("executedQty")).ShouldBe(("EXPIRED", "EXECUTION_RULE_PRICE_RANGE_EXCEEDED", 0.3m));
        bench.ChangeSpot(s => s with { ReferencePrice = null });
        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.1")).Ok().Body.Str("status").ShouldBe("FILLED");
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_20_quote_sized_orders_stay_within_the_amount_and_on_the_step(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var price = bench.Ask - 0.01m;
        bench.Other(Side.Sell, 1, price);
        var before = await bench.BalanceAsync("USDT");

        var buy = (await bench.PlaceAsync("side=BUY&type=MARKET&quoteOrderQty=123.45")).Ok().Body;

        var quantity = decimal.Floor(123.45m / price / 0.00001m) * 0.00001m;
        (buy.Str("status"), buy.Dec("executedQty"), buy.Dec("cummulativeQuoteQty"), buy.Dec("origQuoteOrderQty"))
            .ShouldBe(("FILLED", quantity, quantity * price, 123.45m));
        (await bench.BalanceAsync("USDT")).ShouldBe((before.Free - (quantity * price), 0m));
        (await bench.PlaceAsync("side=BUY&type=MARKET&quoteOrderQty=0.5")).ShouldRefuse(-1013, "Filter failure: NOTIONAL");
        bench.Change(i => i with { MinQuantity = 0.01m });
        (await bench.PlaceAsync("side=BUY&type=MARKET&quoteOrderQty=20"))
            .ShouldRefuse(-2010, "Order book liquidity is less than `LOT_SIZE` filter minimum quantity.");
        var sell = (await bench.PlaceAsync("side=SELL&type=MARKET&quoteOrderQty=1000")).Ok().Body;
        sell.Dec("cummulativeQuoteQty").ShouldBeLessThanOrEqualTo(1000m);
        (sell.Dec("executedQty") % 0.00001m).ShouldBe(0m);
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_21_client_id_is_unique_among_open_orders_only(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var first = (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=same")).Ok().Body;

        (await bench.LimitAsync("BUY", 0.001m, 31_000m, "newClientOrderId=same")).ShouldRefuse(-2010, "Duplicate order sent.");
        (await bench.CallAsync("order.place", "symbol=ETHUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=2000&newClientOrderId=same")).Ok();
        (await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId=same")).Ok();
        var second = (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.001&newClientOrderId=same")).Ok().Body;
        var third = (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.001&newClientOrderId=same")).Ok().Body;

        new[] { first.Num("orderId"), second.Num("orderId"), third.Num("orderId") }.ShouldBeUnique();
        (await bench.OrderAsync("same")).Num("orderId").ShouldBe(third.Num("orderId"));
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_22_reply_shape_follows_the_type_unless_asked_otherwise(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        string[] ack = ["symbol", "orderId", "orderListId", "clientOrderId", "transactTime"];
        string[] result = [.. ack, "price", "origQty", "executedQty", "origQuoteOrderQty", "cummulativeQuoteQty", "status", "timeInForce", "type", "side", "workingTime", "selfTradePreventionMode"];
        var full = result.Append("fills").ToArray();
        (string Order, string[] Fields)[] cases =
        [
            ("type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000", full),
            ("type=MARKET&quantity=0.001", full),
            ("type=LIMIT_MAKER&quantity=0.001&price=30000", ack),
            ("type=STOP_LOSS&quantity=0.001&stopPrice=80000", ack),
            ("type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.001&stopPrice=80000&price=80000", ack),
            ("type=TAKE_PROFIT&quantity=0.001&stopPrice=30000", ack),
            ("type=TAKE_PROFIT_LIMIT&timeInForce=GTC&quantity=0.001&stopPrice=30000&price=30000", ack),
            ("type=MARKET&quantity=0.001&newOrderRespType=ACK", ack),
            ("type=MARKET&quantity=0.001&newOrderRespType=RESULT", result),
            ("type=LIMIT_MAKER&quantity=0.001&price=30000&newOrderRespType=FULL", full),
            ("type=STOP_LOSS&quantity=0.001&stopPrice=80000&newOrderRespType=RESULT", [.. result, "stopPrice"]),
        ];

        foreach (var (order, fields) in cases)
        {
            var reply = (await bench.PlaceAsync("side=BUY&" + order)).Ok();
            reply.Body.EnumerateObject().Select(p => p.Name).ShouldBe(fields, ignoreOrder: true, order);
        }
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_22_labels_icebergs_and_pegs_are_echoed_wherever_the_order_shows(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        await bench.ListenAsync();
        var bid = bench.Bid;

        var placed = (await bench.PlaceAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&icebergQty=0.002&pegPriceType=PRIMARY_PEG&strategyId=7&strategyType=1000001&newClientOrderId=rich")).Ok().Body;
        var queried = await bench.OrderAsync("rich");
        var report = (await bench.StepAsync())[0];

        foreach (var order in new[] { placed, queried })
        {
            (order.Num("strategyId"), order.Num("strategyType"), order.Dec("icebergQty")).ShouldBe((7, 1_000_001, 0.002m));
            (order.Str("pegPriceType"), order.Dec("peggedPrice"), order.Dec("price")).ShouldBe(("PRIMARY_PEG", bid, bid));
        }

        (report.Num("j"), report.Num("J"), report.Dec("F"), report.Str("gP"), report.Dec("gp")).ShouldBe((7, 1_000_001, 0.002m, "PRIMARY_PEG", bid));
        var deeper = (await bench.PlaceAsync("side=SELL&type=LIMIT_MAKER&quantity=0.01&pegPriceType=PRIMARY_PEG&pegOffsetType=PRICE_LEVEL&pegOffsetValue=2&newOrderRespType=RESULT")).Ok().Body;
        deeper.Dec("price").ShouldBe(bench.Venue.Venue.Execute(engine => engine.Books[OrderBench.Symbol].Asks[2].Price));
        (deeper.Str("pegOffsetType"), deeper.Num("pegOffsetValue")).ShouldBe(("PRICE_LEVEL", 2));
    }

    [Fact]
    public async Task S20_22_iceberg_shows_its_tip_and_refills_behind_the_queue()
    {
        await using var bench = await OrderBench.StartAsync();
        var price = bench.Bid + 0.01m;
        (await bench.LimitAsync("BUY", 0.01m, price, "icebergQty=0.002&newClientOrderId=ice")).Ok();
        bench.Other(Side.Buy, 0.001m, price);

        bench.Venue.Venue.Execute(engine => engine.Books[OrderBench.Symbol].Top.BidQuantity).ShouldBe(0.003m);
        bench.Other(Side.Sell, 0.0025m, price, who: 1);

        (await bench.OrderAsync("ice")).Dec("executedQty").ShouldBe(0.002m);
        bench.Venue.Venue.Execute(engine => engine.Books[OrderBench.Symbol].Top.BidQuantity).ShouldBe(0.0025m);
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_16_test_order_checks_and_leaves_no_trace(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        const string Order = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000";

        (await bench.CallAsync("order.test", Order)).Ok().Body.EnumerateObject().ShouldBeEmpty();
        var rates = (await bench.CallAsync("order.test", Order + "&computeCommissionRates=true")).Ok().Body;
        (await bench.CallAsync("order.test", Order + "&stopPrice=1")).Code.ShouldBe(-1106);

        (rates.GetProperty("standardCommissionForOrder").Dec("maker"), rates.GetProperty("standardCommissionForOrder").Dec("taker")).ShouldBe((0.001m, 0.001m));
        rates.GetProperty("taxCommissionForOrder").Dec("taker").ShouldBe(0m);
        (await bench.CallAsync("openOrders.status", "symbol=BTCUSDT")).Body.GetArrayLength().ShouldBe(0);
        (await bench.CountsAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task S20_16_halted_symbol_and_key_without_trading_are_refused()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.Change(i => i with { Status = Venues.InstrumentStatus.Halted });
        (await bench.LimitAsync("BUY", 0.001m, 30_000m)).ShouldRefuse(-2010, "Market is closed.");
        bench.Change(i => i with { Status = Venues.InstrumentStatus.Trading });
        var venue = bench.Venue.Venue;
        venue.SetCredential(venue.Credentials[bench.Venue.ApiKey] with { CanTrade = false });

        (await bench.LimitAsync("BUY", 0.001m, 30_000m)).ShouldRefuse(-2015, "Invalid API-key, IP, or permissions for action.", 401);
    }
}
