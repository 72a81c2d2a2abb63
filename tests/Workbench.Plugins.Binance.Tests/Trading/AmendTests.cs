using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Trading;

public sealed class AmendTests
{
    private const string Tail = "&recvWindow=5000&timestamp=1700000000000";
    private const string Cancelled = """{"symbol":"BTCUSDT","origClientOrderId":"wb-1","orderId":4,"clientOrderId":"x","transactTime":1684804350068,"price":"61000","origQty":"0.004","executedQty":"0","status":"CANCELED","type":"LIMIT","side":"BUY"}""";
    private const string Placed = """{"symbol":"BTCUSDT","orderId":5,"clientOrderId":"wb-2","transactTime":1684804350068,"price":"61001","origQty":"0.004","executedQty":"0.001","cummulativeQuoteQty":"60.9","status":"PARTIALLY_FILLED","type":"LIMIT","side":"BUY","fills":[{"price":"60900","qty":"0.001","commission":"0","commissionAsset":"BTC","tradeId":9}]}""";
    private const string NotOpen = """{"code":-2011,"msg":"Unknown order sent."}""";
    private const string NoMoney = """{"code":-2010,"msg":"Account has insufficient balance for requested action."}""";
    private static readonly AmendOrder Less = new()
    {
        Current = new NewOrder
        {
            ClientOrderId = new ClientOrderId("wb-1"), Instrument = Venue.BtcInstrument, Side = Side.Buy, Type = OrderType.Limit,
            Quantity = new Quantity(0.004m), LimitPrice = new Price(61000),
        },
        VenueOrderId = new VenueOrderId("4"),
        Filled = new Quantity(0.001m),
        Quantity = new Quantity(0.003m),
        LimitPrice = new Price(61000),
        ReplacementId = new ClientOrderId("wb-2"),
    };

    private static readonly AmendOrder Dearer = Less with { Filled = Quantity.Zero, Quantity = new Quantity(0.004m), LimitPrice = new Price(61001) };

    private readonly Venue _venue = new();

    public static TheoryData<int, string, string, string> Combinations => new()
    {
        { 200, Both("SUCCESS", "SUCCESS", Cancelled, Placed), "Accepted Cancelled 4", "Accepted PartiallyFilled 5 +1" },
        { 400, Failed(-2022, Both("FAILURE", "NOT_ATTEMPTED", NotOpen, "null")), "Rejected NotFound -2011", "Rejected InvalidRequest " },
        { 400, Failed(-2022, Both("FAILURE", "FAILURE", NotOpen, NoMoney)), "Rejected NotFound -2011", "Rejected InsufficientFunds -2010" },
        { 409, Failed(-2021, Both("SUCCESS", "FAILURE", Cancelled, NoMoney)), "Accepted Cancelled 4", "Rejected InsufficientFunds -2010" },
        { 409, Failed(-2021, Both("FAILURE", "SUCCESS", NotOpen, Placed)), "Rejected NotFound -2011", "Accepted PartiallyFilled 5 +1" },

        // The order count was exceeded after the cancel: the status says 429 and half of it happened.
        { 429, Failed(-2021, Both("SUCCESS", "FAILURE", Cancelled, """{"code":-1015,"msg":"Too many new orders."}""")), "Accepted Cancelled 4", "Rejected RateLimited -1015" },

        // A half that the venue itself does not know, or that is about another order, or is not there.
        { 409, Failed(-2021, Both("SUCCESS", "FAILURE", Cancelled, """{"code":-1007,"msg":"Timeout"}""")), "Accepted Cancelled 4", "Unknown Timeout -1007" },
        { 409, Failed(-2021, Both("SUCCESS", "FAILURE", Cancelled, "null")), "Accepted Cancelled 4", "Unknown BadResponse " },
        { 409, Failed(-2021, Both("FAILURE", "SUCCESS", "null", Placed)), "Unknown BadResponse ", "Accepted PartiallyFilled 5 +1" },
        { 409, Failed(-2021, Both("SUCCESS", "MAYBE", Cancelled, "null")), "Accepted Cancelled 4", "Unknown BadResponse " },
        { 200, Both("SUCCESS", "SUCCESS", Placed, Cancelled), "Unknown BadResponse ", "Unknown BadResponse " },
        { 200, Both("SUCCESS", "SUCCESS", Cancelled, "{}"), "Accepted Cancelled 4", "Unknown BadResponse " },
    };

    [Fact]
    public async Task Less_of_an_order_is_amended_in_place_under_its_own_id()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(200, """
            {"transactTime":1741926410255,"executionId":75,"amendedOrder":{"symbol":"BTCUSDT","orderId":4,"orderListId":-1,"origClientOrderId":"wb-1","clientOrderId":"wb-1","price":"61000.00",
            "qty":"0.003","executedQty":"0.001","preventedQty":"0","quoteOrderQty":"0","cumulativeQuoteQty":"60.9","status":"PARTIALLY_FILLED","timeInForce":"GTC","type":"LIMIT","side":"BUY","workingTime":1741926410242}}
            """);
        var report = (await trading.AmendAsync(Less, CancellationToken.None)).ShouldBeOfType<OrderOutcome.Accepted>().Report;
        (report.ClientOrderId!.Value.Value, report.VenueOrderId.Value, report.Status, report.Quantity!.Value.Value, report.FilledQuantity!.Value.Value)
            .ShouldBe(("wb-1", "4", OrderStatus.PartiallyFilled, 0.003m, 0.001m));
        (report.AverageFillPrice, report.VenueTime).ShouldBe((new Price(60900), Timestamp.FromUnixMilliseconds(1741926410255)));
        var call = _venue.Http.Calls.ShouldHaveSingleItem();
        (call.Method, call.Address.AbsoluteUri, call.Lane).ShouldBe((HttpMethod.Put, "http://127.0.0.1:9999/api/v3/order/amend/keepPriority", RequestLane.Order));
        FakeHttp.BodyOf(call).ShouldStartWith("symbol=BTCUSDT&orderId=4&origClientOrderId=wb-1&newClientOrderId=wb-1&newQty=0.003" + Tail);
    }

    [Theory]
    [InlineData(400, """{"code":-2038,"msg":"The requested action would change no state; rejecting."}""", "Rejected InvalidRequest -2038")]
    [InlineData(400, """{"code":-2038,"msg":"Unknown order sent."}""", "Rejected NotFound -2038")]
    [InlineData(400, """{"code":-1021,"msg":"Timestamp"}""", "Rejected ClockSkew -1021")]
    [InlineData(504, """{"code":-1007,"msg":"Timeout"}""", "Unknown Timeout -1007")]
    [InlineData(200, """{"transactTime":1,"amendedOrder":{"symbol":"BTCUSDT","orderId":4,"clientOrderId":"other"}}""", "Unknown BadResponse ")]
    [InlineData(200, """{"transactTime":1}""", "Unknown BadResponse ")]
    [InlineData(200, "<html>", "Unknown BadResponse ")]
    public async Task Answer_to_a_reduction_is_classified_by_the_table(int status, string body, string expected)
    {
        var trading = await TradingAsync();
        _venue.Http.Then(status, body);
        Text(await trading.AmendAsync(Less, CancellationToken.None)).ShouldBe(expected);
    }

    [Fact]
    public async Task Anything_else_is_replaced_under_a_new_id_provided_that_nothing_is_filled_by_then()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(200, Both("SUCCESS", "SUCCESS", Cancelled, Placed));
        await trading.AmendAsync(Dearer, CancellationToken.None);
        var call = _venue.Http.Calls.ShouldHaveSingleItem();
        (call.Method, call.Address.AbsoluteUri, call.Lane).ShouldBe((HttpMethod.Post, "http://127.0.0.1:9999/api/v3/order/cancelReplace", RequestLane.Order));
        FakeHttp.BodyOf(call).ShouldStartWith(
            "cancelReplaceMode=STOP_ON_FAILURE&cancelRestrictions=ONLY_NEW&cancelOrderId=4&cancelOrigClientOrderId=wb-1"
            + "&symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.004&price=61001&newClientOrderId=wb-2&newOrderRespType=FULL" + Tail);
        call.Costs.Sum(c => c.Class.Name == "orders" ? c.Weight : 0).ShouldBe(1);
    }

    [Fact]
    public async Task E21_Order_with_fills_is_not_replaced_in_one_step_because_what_fills_meanwhile_would_come_on_top()
    {
        var trading = await TradingAsync();
        (await trading.AmendAsync(Dearer with { Filled = new Quantity(0.001m) }, CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>();
        _venue.Http.Calls.ShouldBeEmpty();
    }

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Combinations))]
    public async Task E23_Halves_of_a_cancel_replace_are_classified_apart(int status, string body, string cancel, string placement)
    {
        var trading = await TradingAsync();
        _venue.Http.Then(status, body);
        var replaced = (await trading.AmendAsync(Dearer, CancellationToken.None)).ShouldBeOfType<OrderOutcome.Replaced>();
        (Text(replaced.Cancel), Text(replaced.Placement)).ShouldBe((cancel, placement));
    }

    [Theory]
    [InlineData(400, """{"code":-1013,"msg":"Filter failure: PRICE_FILTER"}""", "Rejected InstrumentRule -1013")]
    [InlineData(429, """{"code":-1015,"msg":"Too many new orders."}""", "Rejected RateLimited -1015")]
    [InlineData(409, """{"code":-2021,"msg":"Order cancel-replace partially failed."}""", "Unknown InvalidRequest -2021")]
    [InlineData(409, "<html>", "Unknown InvalidRequest ")]
    [InlineData(400, """{"code":-2022,"msg":"Order cancel-replace failed.","data":"soon"}""", "Unknown InvalidRequest -2022")]
    [InlineData(504, """{"code":-1007,"msg":"Timeout"}""", "Unknown Timeout -1007")]
    [InlineData(500, """{"code":-2021,"msg":"x","data":{"cancelResult":"SUCCESS","newOrderResult":"FAILURE","cancelResponse":null,"newOrderResponse":null}}""", "Unknown Unavailable -2021")]
    [InlineData(200, "<html>", "Unknown BadResponse ")]
    public async Task E23_Answer_without_halves_is_about_the_whole(int status, string body, string expected)
    {
        var trading = await TradingAsync();
        _venue.Http.Then(status, body);
        Text(await trading.AmendAsync(Dearer, CancellationToken.None)).ShouldBe(expected);
    }

    [Fact]
    public async Task E23_Lost_answer_leaves_both_halves_unknown_and_only_the_transport_proves_that_nothing_was_sent()
    {
        var trading = await TradingAsync();
        _venue.Http.ThenFails(HttpReplyKind.Lost, VenueErrorKind.Timeout).ThenFails(HttpReplyKind.NotSent);
        (await trading.AmendAsync(Dearer, CancellationToken.None)).ShouldBeOfType<OrderOutcome.Unknown>();
        (await trading.AmendAsync(Dearer, CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>();
    }

    private static string Both(string cancel, string placement, string cancelResponse, string newOrderResponse) =>
        $$"""{"cancelResult":"{{cancel}}","newOrderResult":"{{placement}}","cancelResponse":{{cancelResponse}},"newOrderResponse":{{newOrderResponse}}}""";

    private static string Failed(int code, string data) => $$"""{"code":{{code}},"msg":"Order cancel-replace failed.","data":{{data}}}""";

    private static string Text(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Accepted { Report: var r, Fills: var f } => $"Accepted {r.Status} {r.VenueOrderId}{(f.Count > 0 ? $" +{f.Count}" : "")}",
        OrderOutcome.Rejected { Error: var e } => $"Rejected {e.Kind} {e.Code}",
        OrderOutcome.Unknown { Reason: var e } => $"Unknown {e.Kind} {e.Code}",
        _ => outcome.ToString(),
    };

    private async Task<ITradingConnector> TradingAsync() => (await _venue.ConnectorAsync()).Trading.ShouldNotBeNull();
}
