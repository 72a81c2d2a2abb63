using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Trading;

public sealed class BinanceTradingTests
{
    private const string Tail = "&recvWindow=5000&timestamp=1700000000000";
    private static readonly ClientOrderId Id = new("wb-1");
    private readonly Venue _venue = new();

    public static TheoryData<OrderType, TimeInForce, bool, string> Orders => new()
    {
        { OrderType.Limit, TimeInForce.GoodTillCancelled, false, "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=61000.5" },
        { OrderType.Limit, TimeInForce.ImmediateOrCancel, false, "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=IOC&quantity=0.001&price=61000.5" },
        { OrderType.Limit, TimeInForce.FillOrKill, false, "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.001&price=61000.5" },
        { OrderType.Limit, TimeInForce.GoodTillCancelled, true, "symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=0.001&price=61000.5" },
        { OrderType.Market, TimeInForce.GoodTillCancelled, false, "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Order_is_written_into_a_signed_body(OrderType type, TimeInForce timeInForce, bool postOnly, string expected)
    {
        var trading = await TradingAsync();
        _venue.Http.Then(200, """{"symbol":"BTCUSDT","orderId":28,"clientOrderId":"wb-1","transactTime":1507725176595,"status":"NEW","fills":[]}""");
        await trading.SubmitAsync(Order(type, timeInForce, postOnly), CancellationToken.None);
        var call = _venue.Http.Calls.ShouldHaveSingleItem();
        var signed = expected + "&newClientOrderId=wb-1&newOrderRespType=FULL" + Tail;
        FakeHttp.BodyOf(call).ShouldBe($"{signed}&signature={HmacSigner.Hex(signed)}");
        (call.Method, call.Address.AbsoluteUri, call.ContentType, call.Lane).ShouldBe((HttpMethod.Post, "http://127.0.0.1:9999/api/v3/order", "application/x-www-form-urlencoded", RequestLane.Order));
        call.Headers.ShouldBe([new KeyValuePair<string, string>("X-MBX-APIKEY", new HmacSigner().ApiKey)]);
    }

    [Fact]
    public async Task Full_answer_is_accepted_with_its_fills()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(200, """
            {"symbol":"BTCUSDT","orderId":28,"orderListId":-1,"clientOrderId":"wb-1","transactTime":1507725176595,"price":"0.00000000","origQty":"0.00300000","executedQty":"0.00300000",
            "cummulativeQuoteQty":"183.003","status":"FILLED","timeInForce":"GTC","type":"MARKET","side":"BUY","fills":[
            {"price":"61000.0","qty":"0.001","commission":"0.000001","commissionAsset":"BTC","tradeId":56},{"price":"61001.5","qty":"0.002","commission":"0.1","commissionAsset":"BNB","tradeId":57}]}
            """);
        var accepted = (await trading.SubmitAsync(Order(OrderType.Market), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Accepted>();
        var report = accepted.Report;
        (report.Symbol, report.ClientOrderId, report.VenueOrderId.Value, report.Status, report.Side, report.Type).ShouldBe((Venue.Btc, Id, "28", OrderStatus.Filled, Side.Buy, OrderType.Market));
        (report.Quantity!.Value.Value, report.FilledQuantity!.Value.Value, report.AverageFillPrice!.Value.Value, report.LimitPrice).ShouldBe((0.003m, 0.003m, 61001m, null));
        accepted.Fills.Select(f => (f.TradeId.Value, f.Price.Value, f.Quantity.Value, f.Fee.Value, f.FeeAsset!.Value.Code, f.Role, f.ClientOrderId))
            .ShouldBe([("56", 61000m, 0.001m, 0.000001m, "BTC", LiquidityRole.Taker, Id), ("57", 61001.5m, 0.002m, 0.1m, "BNB", LiquidityRole.Taker, Id)]);
        report.VenueTime.ShouldBe(Timestamp.FromUnixMilliseconds(1507725176595));
    }

    [Theory]
    [InlineData(400, """{"code":-2010,"msg":"Duplicate order sent."}""", "Rejected DuplicateClientOrderId -2010")]
    [InlineData(400, """{"code":-2010,"msg":"Account has insufficient balance for requested action."}""", "Rejected InsufficientFunds -2010")]
    [InlineData(400, """{"code":-1013,"msg":"Filter failure: LOT_SIZE"}""", "Rejected InstrumentRule -1013")]
    [InlineData(400, """{"code":-1021,"msg":"Timestamp"}""", "Rejected ClockSkew -1021")]
    [InlineData(401, """{"code":-2015,"msg":"Invalid API-key"}""", "Rejected Authentication -2015")]
    [InlineData(429, """{"code":-1015,"msg":"Too many new orders."}""", "Rejected RateLimited -1015")]
    [InlineData(418, """{"code":-1003,"msg":"banned"}""", "Rejected Banned -1003")]
    [InlineData(504, """{"code":-1007,"msg":"Timeout waiting for response from backend server."}""", "Unknown Timeout -1007")]
    [InlineData(400, """{"code":-1006,"msg":"Unexpected response"}""", "Unknown Unavailable -1006")]
    [InlineData(503, """{"code":-1008,"msg":"overloaded"}""", "Unknown Unavailable -1008")]
    [InlineData(500, """{"code":-2010,"msg":"Account has insufficient balance"}""", "Unknown Unavailable -2010")]
    [InlineData(502, "<html>bad gateway</html>", "Unknown Unavailable ")]
    [InlineData(403, "<html>WAF</html>", "Unknown Unavailable ")]
    [InlineData(200, "<html>portal</html>", "Unknown BadResponse ")]
    [InlineData(200, "{}", "Unknown BadResponse ")]
    [InlineData(200, """{"symbol":"BTCUSDT","orderId":28,"clientOrderId":"other","transactTime":1}""", "Unknown BadResponse ")]
    [InlineData(200, """{"symbol":"ETHUSDT","orderId":28,"clientOrderId":"wb-1","transactTime":1}""", "Unknown BadResponse ")]
    [InlineData(200, """{"symbol":"BTCUSDT","orderId":28,"clientOrderId":"wb-1","transactTime":1,"status":"NEW","executedQty":"-1"}""", "Unknown BadResponse ")]
    [InlineData(200, """{"symbol":"BTCUSDT","orderId":28,"clientOrderId":"wb-1","transactTime":1,"status":"FILLED","fills":[{"price":"0","qty":"1","tradeId":1}]}""", "Unknown BadResponse ")]
    public async Task Answer_is_classified_by_the_table(int status, string body, string expected)
    {
        var trading = await TradingAsync();
        _venue.Http.Then(status, body);
        var outcome = await trading.SubmitAsync(Order(OrderType.Market), CancellationToken.None);
        Text(outcome).ShouldBe(expected);
    }

    [Fact]
    public async Task Only_the_transport_can_prove_that_nothing_was_sent()
    {
        var trading = await TradingAsync();
        _venue.Http.ThenFails(HttpReplyKind.NotSent).ThenFails(HttpReplyKind.Lost, VenueErrorKind.Timeout).ThenFails(HttpReplyKind.Lost, VenueErrorKind.Cancelled);
        (await trading.SubmitAsync(Order(OrderType.Market), CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>();
        (await trading.SubmitAsync(Order(OrderType.Market), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Unknown>();
        (await trading.SubmitAsync(Order(OrderType.Market), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Unknown>();
        _venue.Http.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Too_many_orders_do_not_stop_cancels_and_reads()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(429, """{"code":-1015,"msg":"Too many new orders."}""", ("Retry-After", "5"));
        var rejected = (await trading.SubmitAsync(Order(OrderType.Market), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Rejected>();
        rejected.Error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        _venue.Budget.ShouldBe(["pause orders 00:00:05"]);
    }

    [Fact]
    public async Task Short_answer_without_a_status_leaves_the_verdict_to_come()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(200, """{"symbol":"BTCUSDT","orderId":28,"orderListId":-1,"clientOrderId":"wb-1","transactTime":1507725176595}""");
        (await trading.SubmitAsync(Order(OrderType.Market), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Accepted>().Report.Status.ShouldBe(OrderStatus.Pending);
    }

    [Fact]
    public async Task Cancel_is_a_delete_with_a_body_and_answers_for_our_id()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(200, """{"symbol":"BTCUSDT","origClientOrderId":"wb-1","orderId":4,"clientOrderId":"cancelMyOrder1","transactTime":1684804350068,"price":"2.0","origQty":"1.0","executedQty":"0.5","cummulativeQuoteQty":"1.0","status":"CANCELED","type":"LIMIT","side":"SELL"}""");
        var outcome = await trading.CancelAsync(Reference("4"), CancellationToken.None);
        var report = outcome.ShouldBeOfType<OrderOutcome.Accepted>().Report;
        (report.ClientOrderId, report.Status, report.FilledQuantity!.Value.Value, report.AverageFillPrice!.Value.Value).ShouldBe((Id, OrderStatus.Cancelled, 0.5m, 2m));
        var call = _venue.Http.Calls.ShouldHaveSingleItem();
        (call.Method, call.Address.AbsoluteUri, call.Lane).ShouldBe((HttpMethod.Delete, "http://127.0.0.1:9999/api/v3/order", RequestLane.Cancel));
        const string Signed = "symbol=BTCUSDT&orderId=4&origClientOrderId=wb-1" + Tail;
        FakeHttp.BodyOf(call).ShouldBe($"{Signed}&signature={HmacSigner.Hex(Signed)}");
    }

    [Fact]
    public async Task Cancel_of_an_order_that_is_not_open_is_not_found()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(400, """{"code":-2011,"msg":"Unknown order sent."}""");
        Text(await trading.CancelAsync(Reference(null), CancellationToken.None)).ShouldBe("Rejected NotFound -2011");
    }

    [Fact]
    public async Task Query_tells_known_unknown_and_failed_apart()
    {
        var trading = await TradingAsync();
        _venue.Http
            .Then(200, """{"symbol":"BTCUSDT","orderId":2,"clientOrderId":"wb-1","price":"1.0","origQty":"1.0","executedQty":"1.0","cummulativeQuoteQty":"-1","status":"FILLED","type":"LIMIT","side":"BUY","time":1670217090310,"updateTime":1670217090330}""")
            .Then(400, """{"code":-2013,"msg":"Order does not exist."}""")
            .Then(400, """{"code":-1021,"msg":"Timestamp"}""")
            .Then(200, """{"symbol":"BTCUSDT","orderId":2,"clientOrderId":"wb-2","status":"FILLED","time":1670217090310}""")
            .ThenFails(HttpReplyKind.Lost);
        var report = (await Query()).Value!;
        (report.Status, report.AverageFillPrice, report.VenueTime).ShouldBe((OrderStatus.Filled, null, Timestamp.FromUnixMilliseconds(1670217090330)));
        (await Query()).Value.ShouldBeNull();
        (await Query()).Error!.Kind.ShouldBe(VenueErrorKind.ClockSkew);
        (await Query()).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
        (await Query()).Error!.Kind.ShouldBe(VenueErrorKind.Network);
        const string Signed = "symbol=BTCUSDT&origClientOrderId=wb-1" + Tail;
        var call = _venue.Http.Calls[0];
        (call.Address.Query, call.Costs[0].Weight, call.Lane, call.Body.Length).ShouldBe(($"?{Signed}&signature={HmacSigner.Hex(Signed)}", 4, RequestLane.LookUp, 0));

        Task<ReadResult<OrderReport?>> Query() => trading.QueryOrderAsync(Reference(null), CancellationToken.None);
    }

    [Fact]
    public async Task Open_orders_include_foreign_ones_and_a_hole_fails_the_read()
    {
        var trading = await TradingAsync();
        _venue.Http
            .Then(200, """[{"symbol":"BTCUSDT","orderId":1,"clientOrderId":"web_123","price":"0.1","origQty":"1.0","executedQty":"0.0","status":"NEW","type":"STOP_LOSS_LIMIT","side":"BUY","time":1499827319559,"updateTime":1499827319559}]""")
            .Then(200, """[{"symbol":"NEWCOIN","orderId":1,"clientOrderId":"x","status":"NEW","time":1499827319559}]""")
            .Then(200, "[]");
        var order = (await trading.GetOpenOrdersAsync(CancellationToken.None)).Value.ShouldHaveSingleItem();
        (order.ClientOrderId!.Value.Value, order.Type, order.Status).ShouldBe(("web_123", OrderType.StopLimit, OrderStatus.New));
        (await trading.GetOpenOrdersAsync(CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
        (await trading.GetOpenOrdersAsync(CancellationToken.None)).Value.ShouldBeEmpty();
        _venue.Http.Calls[0].Costs[0].Weight.ShouldBe(80);
    }

    [Fact]
    public async Task Fills_are_read_page_by_page_after_the_venue_s_id_was_found()
    {
        var trading = await TradingAsync();
        _venue.Http
            .Then(200, """{"symbol":"BTCUSDT","orderId":9,"clientOrderId":"wb-1","status":"FILLED","time":1670217090310}""")
            .Then(200, Page(1, 1000))
            .Then(200, Page(1001, 1));
        var fills = (await trading.GetFillsAsync(Reference(null), CancellationToken.None)).Value;
        fills.Count.ShouldBe(1001);
        (fills[1000].TradeId.Value, fills[1000].Side, fills[1000].Role, fills[1000].ClientOrderId).ShouldBe(("1001", Side.Sell, LiquidityRole.Maker, Id));
        _venue.Http.Calls[1].Address.Query.ShouldStartWith("?symbol=BTCUSDT&orderId=9&limit=1000&recvWindow");
        _venue.Http.Calls[2].Address.Query.ShouldStartWith("?symbol=BTCUSDT&orderId=9&fromId=1001&limit=1000&recvWindow");
        _venue.Http.Calls[2].Costs[0].Weight.ShouldBe(5);

        static string Page(int first, int count) => "[" + string.Join(',', Enumerable.Range(first, count).Select(id =>
            $$"""{"symbol":"BTCUSDT","id":{{id}},"orderId":9,"price":"4.0","qty":"12.0","commission":"10.1","commissionAsset":"BNB","time":1499865549590,"isBuyer":false,"isMaker":true}""")) + "]";
    }

    [Fact]
    public async Task Fills_of_an_order_that_the_venue_does_not_know_are_an_error_and_not_an_empty_list()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(400, """{"code":-2013,"msg":"Order does not exist."}""");
        (await trading.GetFillsAsync(Reference(null), CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.NotFound);
    }

    [Fact]
    public async Task Balances_that_are_not_zero_are_read()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(200, """{"balances":[{"asset":"BTC","free":"1.5","locked":"0.5"},{"asset":"ETH","free":"0.0","locked":"0.0"}]}""").Then(200, "{}");
        (await trading.GetBalancesAsync(CancellationToken.None)).Value.ShouldBe([new Balance(new Asset("BTC"), new Amount(1.5m), new Amount(0.5m))]);
        (await trading.GetBalancesAsync(CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public void Without_credentials_there_is_no_trading() => new BinanceConnector(new Venue { Signer = null }.Context).Trading.ShouldBeNull();

    private static NewOrder Order(OrderType type, TimeInForce timeInForce = TimeInForce.GoodTillCancelled, bool postOnly = false) => new()
    {
        ClientOrderId = Id,
        Instrument = Venue.BtcInstrument,
        Side = Side.Buy,
        Type = type,
        Quantity = new Quantity(0.00100m),
        LimitPrice = type == OrderType.Limit ? new Price(61000.50m) : null,
        TimeInForce = timeInForce,
        PostOnly = postOnly,
    };

    private static OrderReference Reference(string? venueId) => new(Venue.BtcInstrument, Id, venueId is null ? null : new VenueOrderId(venueId));

    private static string Text(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Rejected { Error: var e } => $"Rejected {e.Kind} {e.Code}",
        OrderOutcome.Unknown { Reason: var e } => $"Unknown {e.Kind} {e.Code}",
        _ => outcome.ToString(),
    };

    private async Task<ITradingConnector> TradingAsync() => (await _venue.ConnectorAsync()).Trading.ShouldNotBeNull();
}
