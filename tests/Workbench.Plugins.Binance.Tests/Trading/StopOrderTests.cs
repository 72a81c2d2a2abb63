using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Trading;

public sealed class StopOrderTests
{
    private const string Tail = "&recvWindow=5000&timestamp=1700000000000";
    private static readonly NewOrder StopLimit = new()
    {
        ClientOrderId = new ClientOrderId("wb-1"),
        Instrument = Venue.BtcInstrument,
        Side = Side.Sell,
        Type = OrderType.StopLimit,
        Quantity = new Quantity(0.001m),
        StopPrice = new Price(60000),
        LimitPrice = new Price(59990.5m),
    };

    private readonly Venue _venue = new();

    public static TheoryData<NewOrder, string> Stops => new()
    {
        { StopLimit, "symbol=BTCUSDT&side=SELL&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.001&price=59990.5&stopPrice=60000" },
        { StopLimit with { TimeInForce = TimeInForce.ImmediateOrCancel }, "symbol=BTCUSDT&side=SELL&type=STOP_LOSS_LIMIT&timeInForce=IOC&quantity=0.001&price=59990.5&stopPrice=60000" },
        { StopLimit with { Type = OrderType.Stop, LimitPrice = null }, "symbol=BTCUSDT&side=SELL&type=STOP_LOSS&quantity=0.001&stopPrice=60000" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Stops))]
    public async Task Stop_is_written_in_the_venue_s_words(NewOrder order, string expected)
    {
        var trading = await TradingAsync();
        _venue.Http.Then(200, """{"symbol":"BTCUSDT","orderId":28,"clientOrderId":"wb-1","transactTime":1507725176595,"status":"NEW","fills":[]}""");
        await trading.SubmitAsync(order, CancellationToken.None);
        FakeHttp.BodyOf(_venue.Http.Calls.ShouldHaveSingleItem()).ShouldStartWith(expected + "&newClientOrderId=wb-1&newOrderRespType=FULL" + Tail);
    }

    [Theory]
    [InlineData("\"workingTime\":-1", false)]
    [InlineData("\"workingTime\":1507725176595", true)]
    [InlineData("\"isWorking\":false,\"workingTime\":-1", false)]
    [InlineData("\"isWorking\":true", true)]
    [InlineData("\"time\":1", null)]
    public async Task Stop_that_waits_is_told_from_one_that_was_started(string field, bool? isTriggered)
    {
        var trading = await TradingAsync();
        _venue.Http.Then(200, $$"""{"symbol":"BTCUSDT","orderId":28,"clientOrderId":"wb-1","transactTime":1507725176595,"status":"NEW","type":"STOP_LOSS_LIMIT","side":"SELL","price":"59990.5","stopPrice":"60000.00000000",{{field}}}""");
        var report = (await trading.SubmitAsync(StopLimit, CancellationToken.None)).ShouldBeOfType<OrderOutcome.Accepted>().Report;
        (report.Status, report.Type, report.StopPrice, report.LimitPrice, report.IsTriggered).ShouldBe((OrderStatus.New, OrderType.StopLimit, new Price(60000), new Price(59990.5m), isTriggered));
    }

    [Theory]
    [InlineData(TimeInForce.GoodTillDate, false, "the venue takes no GoodTillDate orders there")]
    [InlineData(TimeInForce.GoodTillCancelled, true, "the venue takes no reduce-only orders there")]
    public async Task What_the_venue_does_not_take_is_never_sent_as_something_else(TimeInForce timeInForce, bool reduceOnly, string reason)
    {
        var trading = await TradingAsync();
        var order = StopLimit with { TimeInForce = timeInForce, ExpiresAt = timeInForce == TimeInForce.GoodTillDate ? new Timestamp(1) : null, ReduceOnly = reduceOnly };
        (await trading.SubmitAsync(order, CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>().Proof.Message.ShouldBe(reason);
        _venue.Http.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("STOP_LOSS_LIMIT", "\"w\":false", false)]
    [InlineData("STOP_LOSS_LIMIT", "\"w\":true,\"W\":1700000000000", true)]
    [InlineData("STOP_LOSS", "\"w\":false,\"W\":1700000000000", true)] // It takes what the book offers and is never in it.
    [InlineData("LIMIT", "\"w\":true,\"W\":1700000000000", null)]
    public void Event_tells_whether_a_stop_was_started(string type, string fields, bool? isTriggered)
    {
        var json = System.Text.Json.JsonSerializer.Deserialize(
            $$"""{"s":"BTCUSDT","c":"wb-1","C":"","S":"SELL","o":"{{type}}","q":"0.001","p":"59990.5","P":"{{(type == "LIMIT" ? "0.0" : "60000.0")}}","X":"NEW","i":28,"z":"0","Z":"0","T":1700000000000,{{fields}}}""",
            Workbench.Plugins.Binance.Json.BinanceJson.Default.ExecutionJson)!;
        var report = Workbench.Plugins.Binance.UserData.ExecutionReports.ReportOf(json, Venue.Btc).ShouldNotBeNull();
        (report.IsTriggered, report.StopPrice).ShouldBe((isTriggered, type == "LIMIT" ? (Price?)null : new Price(60000)));
    }

    [Fact]
    public async Task Stop_that_would_start_at_once_is_refused()
    {
        var trading = await TradingAsync();
        _venue.Http.Then(400, """{"code":-2010,"msg":"Order would trigger immediately."}""");
        (await trading.SubmitAsync(StopLimit, CancellationToken.None)).ShouldBeOfType<OrderOutcome.Rejected>().Error.Kind.ShouldBe(VenueErrorKind.InvalidRequest);
    }

    [Fact]
    public async Task All_orders_of_a_market_are_cancelled_with_one_delete_that_has_a_body()
    {
        var trading = await TradingAsync();
        _venue.Http
            .Then(200, """[{"symbol":"BTCUSDT"}]""")
            .Then(400, """{"code":-2011,"msg":"Unknown order sent."}""")
            .Then(404, "<html>")
            .Then(504, """{"code":-1007,"msg":"Timeout"}""");
        (await CancelAll()).ShouldBeNull();
        (await CancelAll()).ShouldBeNull("nothing was open");
        (await CancelAll()).ShouldNotBeNull();
        (await CancelAll())!.Kind.ShouldBe(VenueErrorKind.Timeout);
        var call = _venue.Http.Calls[0];
        (call.Method, call.Address.AbsoluteUri, call.Lane).ShouldBe((HttpMethod.Delete, "http://127.0.0.1:9999/api/v3/openOrders", RequestLane.Cancel));
        FakeHttp.BodyOf(call).ShouldStartWith("symbol=BTCUSDT" + Tail);

        Task<VenueError?> CancelAll() => trading.CancelAllAsync(Venue.BtcInstrument, CancellationToken.None);
    }

    private async Task<ITradingConnector> TradingAsync() => (await _venue.ConnectorAsync()).Trading.ShouldNotBeNull();
}
