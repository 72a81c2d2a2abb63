using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>Orders that depend on one another.</summary>
public sealed class OrderListTests
{
    public const string Oco =
        "symbol=BTCUSDT&side=SELL&quantity=0.01&aboveType=LIMIT_MAKER&abovePrice=70000&belowType=STOP_LOSS_LIMIT&belowStopPrice=55000&belowPrice=54900&belowTimeInForce=GTC";

    private const string Oto =
        "symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingTimeInForce=GTC&workingClientOrderId=work&pendingSide=SELL&pendingQuantity=0.005";

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_25_oco_is_placed_queried_and_cancelled_as_one(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        await bench.ListenAsync();

        var placed = (await bench.CallAsync("orderList.place.oco", Oco + "&listClientOrderId=pair&aboveClientOrderId=up&belowClientOrderId=down")).Ok().Body;

        (placed.Str("contingencyType"), placed.Str("listStatusType"), placed.Str("listOrderStatus"), placed.Str("listClientOrderId")).ShouldBe(("OCO", "EXEC_STARTED", "EXECUTING", "pair"));
        placed.GetProperty("orders").EnumerateArray().Select(o => o.Str("clientOrderId")).ShouldBe(["up", "down"]);
        placed.GetProperty("orderReports").EnumerateArray().Select(o => (o.Str("type"), o.Num("orderListId"))).ShouldBe([("LIMIT_MAKER", placed.Num("orderListId")), ("STOP_LOSS_LIMIT", placed.Num("orderListId"))]);
        var started = await bench.StepAsync();
        started.Single(e => e.Str("e") == "listStatus").Str("l").ShouldBe("EXEC_STARTED");
        started.Where(e => e.Str("e") == "executionReport").Select(e => (e.Str("c"), e.Num("g"), e.GetProperty("w").GetBoolean()))
            .ShouldBe([("up", placed.Num("orderListId"), true), ("down", placed.Num("orderListId"), false)]);
        (await bench.BalanceAsync("BTC")).Locked.ShouldBe(0.01m);
        (await bench.CallAsync("orderList.status", "origClientOrderId=pair")).Ok().Body.Num("orderListId").ShouldBe(placed.Num("orderListId"));
        (await bench.CallAsync("openOrderLists.status")).Ok().Body.GetArrayLength().ShouldBe(1);
        (await bench.CallAsync("orderList.place.oco", Oco + "&listClientOrderId=pair")).ShouldRefuse(-2010, "Duplicate order sent.");

        var cancelled = (await bench.CallAsync("orderList.cancel", $"symbol=BTCUSDT&orderListId={placed.Num("orderListId")}")).Ok().Body;

        (cancelled.Str("listStatusType"), cancelled.Str("listOrderStatus")).ShouldBe(("ALL_DONE", "ALL_DONE"));
        cancelled.GetProperty("orderReports").EnumerateArray().Select(o => (o.Str("origClientOrderId"), o.Str("status"))).ShouldBe([("up", "CANCELED"), ("down", "CANCELED")]);
        (await bench.StepAsync()).Single(e => e.Str("e") == "listStatus").Str("L").ShouldBe("ALL_DONE");
        (await bench.CallAsync("openOrderLists.status")).Body.GetArrayLength().ShouldBe(0);
        (await bench.CallAsync("allOrderLists")).Body.GetArrayLength().ShouldBe(1);
        (await bench.BalanceAsync("BTC")).Locked.ShouldBe(0m);
        (await bench.CallAsync("orderList.cancel", $"symbol=BTCUSDT&orderListId={placed.Num("orderListId")}")).ShouldRefuse(-2011, "Unknown order sent.");
    }

    [Fact]
    public async Task S20_25_cancelling_one_leg_answers_with_the_list_and_ends_both()
    {
        await using var bench = await OrderBench.StartAsync();
        (await bench.CallAsync("orderList.place.oco", Oco + "&aboveClientOrderId=up&belowClientOrderId=down")).Ok();

        var reply = (await bench.CallAsync("order.cancel", "symbol=BTCUSDT&origClientOrderId=down")).Ok().Body;

        (reply.Str("contingencyType"), reply.GetProperty("orderReports").GetArrayLength()).ShouldBe(("OCO", 2));
        (await bench.OrderAsync("up")).Str("status").ShouldBe("CANCELED");
    }

    [Fact]
    public async Task S20_19_filling_one_leg_of_an_oco_expires_the_other()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.TradeAt(62_000m);
        (await bench.CallAsync("orderList.place.oco", Oco + "&aboveClientOrderId=up&belowClientOrderId=down")).Ok();
        await bench.ListenAsync();

        bench.Other(Side.Buy, 1000, 70_000m, TimeInForce.Ioc);

        (await bench.OrderAsync("up")).Str("status").ShouldBe("FILLED");
        (await bench.OrderAsync("down")).Str("status").ShouldBe("EXPIRED");
        var events = await bench.StepAsync();
        events.Where(e => e.Str("e") == "executionReport").Select(e => (e.Str("c"), e.Str("x"))).ShouldBe([("down", "EXPIRED"), ("up", "TRADE")]);
        events.Single(e => e.Str("e") == "listStatus").Str("l").ShouldBe("ALL_DONE");
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_19_oto_places_its_pending_order_once_the_working_one_is_filled(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var price = bench.Bid + 0.01m;
        await bench.ListenAsync();

        var placed = (await bench.CallAsync("orderList.place.oto", OrderBench.Text($"{Oto}&workingQuantity=0.01&workingPrice={price}&pendingType=LIMIT&pendingPrice=70000&pendingTimeInForce=GTC&pendingClientOrderId=wait"))).Ok().Body;

        placed.Str("contingencyType").ShouldBe("OTO");
        placed.GetProperty("orderReports").EnumerateArray().Select(o => (o.Str("clientOrderId"), o.Str("status"), o.Num("workingTime") > 0))
            .ShouldBe([("work", "NEW", true), ("wait", "PENDING_NEW", false)]);
        await bench.StepAsync();
        bench.Other(Side.Sell, 0.004m, price);
        (await bench.OrderAsync("wait")).Str("status").ShouldBe("PENDING_NEW");
        await bench.StepAsync();
        bench.Other(Side.Sell, 0.006m, price);

        var pending = await bench.OrderAsync("wait");
        (pending.Str("status"), pending.GetProperty("isWorking").GetBoolean(), pending.Dec("origQty")).ShouldBe(("NEW", true, 0.005m));
        var events = await bench.StepAsync();
        events.Where(e => e.Str("e") == "executionReport").Select(e => (e.Str("c"), e.Str("x"), e.Str("X"))).ShouldBe([("work", "TRADE", "FILLED"), ("wait", "NEW", "NEW")]);
        events.Single(e => e.Str("e") == "listStatus").Str("l").ShouldBe("UPDATED");
    }

    [Fact]
    public async Task S20_25_cancelling_the_working_order_ends_the_pending_ones()
    {
        await using var bench = await OrderBench.StartAsync();
        (await bench.CallAsync("orderList.place.oto", Oto + "&workingQuantity=0.01&workingPrice=50000&pendingType=MARKET&pendingClientOrderId=wait")).Ok();

        (await bench.CallAsync("order.cancel", "symbol=BTCUSDT&origClientOrderId=work")).Ok().Body.Str("listOrderStatus").ShouldBe("ALL_DONE");

        (await bench.OrderAsync("wait")).Str("status").ShouldBe("CANCELED");
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_19_otoco_brackets_a_filled_entry(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        bench.TradeAt(62_000m);
        const string Bracket = Oto + "&workingQuantity=0.005&workingPrice=61000&pendingAboveType=TAKE_PROFIT_LIMIT&pendingAboveStopPrice=63000&pendingAbovePrice=62900&pendingAboveTimeInForce=GTC&pendingAboveClientOrderId=tp"
            + "&pendingBelowType=STOP_LOSS&pendingBelowStopPrice=60000&pendingBelowClientOrderId=sl";

        var placed = (await bench.CallAsync("orderList.place.otoco", Bracket)).Ok().Body;
        placed.GetProperty("orders").GetArrayLength().ShouldBe(3);
        (await bench.CountsAsync()).ShouldBe((3, 3));
        bench.TradeAt(61_000m);
        (await bench.OrderAsync("tp")).Str("status").ShouldBe("NEW");
        (await bench.OrderAsync("sl")).Str("status").ShouldBe("NEW");
        bench.Other(Side.Buy, 1, 59_900m);
        bench.TradeAt(60_000m);

        (await bench.OrderAsync("sl")).Str("status").ShouldBe("FILLED");
        (await bench.OrderAsync("tp")).Str("status").ShouldBe("EXPIRED");
    }

    [Fact]
    public async Task S20_19_opo_sells_what_the_working_order_received()
    {
        await using var bench = await OrderBench.StartAsync();
        var price = bench.Ask;

        (await bench.CallAsync("orderList.place.opo", OrderBench.Text($"symbol=BTCUSDT&workingType=LIMIT&workingSide=BUY&workingTimeInForce=GTC&workingQuantity=0.01&workingPrice={price}&pendingSide=SELL&pendingType=LIMIT&pendingPrice=70000&pendingTimeInForce=GTC&pendingClientOrderId=wait"))).Ok();

        var pending = await bench.OrderAsync("wait");
        (pending.Str("status"), pending.Dec("origQty")).ShouldBe(("NEW", 0.00999m));
    }

    [Theory]
    [InlineData("aboveType=LIMIT_MAKER&abovePrice=70000&belowType=LIMIT_MAKER&belowPrice=60000", "Unsupported order combination")]
    [InlineData("aboveType=STOP_LOSS&aboveStopPrice=70000&belowType=STOP_LOSS&belowStopPrice=55000", "Unsupported order combination")]
    [InlineData("aboveType=LIMIT_MAKER&abovePrice=50000&belowType=STOP_LOSS&belowStopPrice=55000", "The relationship of the prices for the orders is not correct.")]
    [InlineData("aboveType=LIMIT_MAKER&abovePrice=70000&belowType=STOP_LOSS&belowStopPrice=65000", "Order would trigger immediately.")]
    [InlineData("aboveType=LIMIT_MAKER&abovePrice=60000&belowType=STOP_LOSS&belowStopPrice=55000", "Order would immediately match and take.")]
    public async Task S20_16_pairs_that_make_no_sense_are_refused_whole(string legs, string message)
    {
        await using var bench = await OrderBench.StartAsync();

        (await bench.CallAsync("orderList.place.oco", "symbol=BTCUSDT&side=SELL&quantity=0.01&" + legs)).ShouldRefuse(-2010, message);

        (await bench.CallAsync("openOrders.status")).Body.GetArrayLength().ShouldBe(0);
        (await bench.CountsAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task S20_16_lists_have_a_limit_and_legs_name_their_own_parameters()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.ChangeSpot(s => s with { MaxOrderLists = 1, MaxAlgoOrders = 1 });
        (await bench.CallAsync("orderList.place.oco", "symbol=BTCUSDT&side=SELL&quantity=0.01&aboveType=TAKE_PROFIT&aboveStopPrice=70000&belowType=STOP_LOSS&belowStopPrice=55000"))
            .ShouldRefuse(-1013, "Filter failure: MAX_NUM_ALGO_ORDERS");
        bench.ChangeSpot(s => s with { MaxAlgoOrders = 5 });

        (await bench.CallAsync("orderList.place.oco", Oco.Replace("&belowTimeInForce=GTC", "")))
            .ShouldRefuse(-1102, "Mandatory parameter 'belowTimeInForce' was not sent, was empty/null, or malformed.");
        (await bench.CallAsync("orderList.place.oco", Oco + "&aboveStopPrice=1")).ShouldRefuse(-1106, "Parameter 'aboveStopPrice' sent when not required.");
        (await bench.CallAsync("orderList.place.oco", Oco)).Ok();
        (await bench.CallAsync("orderList.place.oco", Oco)).ShouldRefuse(-1013, "Filter failure: MAX_NUM_ORDER_LISTS");
    }
}
