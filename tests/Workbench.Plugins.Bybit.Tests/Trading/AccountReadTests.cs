using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Trading;

public sealed class AccountReadTests
{
    private const string Realtime = "/v5/order/realtime";
    private const string History = "/v5/order/history";
    private const string Executions = "/v5/execution/list";
    private const string Nothing = """{"list":[],"nextPageCursor":"","category":"spot"}""";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Order_is_looked_for_among_the_open_ones_first()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, List(Row("wb-0001", "New")));

        var found = await rig.Trading.QueryOrderAsync(rig.Reference(), None);

        found.Value!.Status.ShouldBe(OrderStatus.New);
        var call = rig.Http.Calls.ShouldHaveSingleItem();
        call.Address.Query.ShouldBe("?category=spot&symbol=BTCUSDT&orderLinkId=wb-0001&limit=50");
        call.Lane.ShouldBe(RequestLane.LookUp);
        call.Headers.Select(h => h.Key).ShouldContain("X-BAPI-SIGN");
    }

    [Fact]
    public async Task Order_is_unknown_to_the_venue_only_after_all_three_endpoints_said_so()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, Nothing).Ok(History, Nothing).Ok(Executions, Nothing);

        var found = await rig.Trading.QueryOrderAsync(rig.Reference(), None);

        found.IsOk.ShouldBeTrue();
        found.Value.ShouldBeNull();
        rig.Http.Calls.Select(c => c.Address.AbsolutePath).ShouldBe([Realtime, History, Executions]);
    }

    [Theory]
    [InlineData("PartiallyFilledCanceled", OrderStatus.Cancelled)]
    [InlineData("Filled", OrderStatus.Filled)]
    public async Task Order_in_the_history_is_found_there(string status, OrderStatus expected)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, Nothing).Ok(History, List(Row("wb-0001", status)));

        (await rig.Trading.QueryOrderAsync(rig.Reference(), None)).Value!.Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("0.01", OrderStatus.Filled)]
    [InlineData("0.02", OrderStatus.PartiallyFilled)]
    public async Task Order_that_only_its_fills_know_is_reported_from_them(string orderQuantity, OrderStatus expected)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, Nothing).Ok(History, Nothing).Ok(Executions, List(Fill("e-2", "0.004", 2, orderQuantity), Fill("e-1", "0.006", 1, orderQuantity)));

        var report = (await rig.Trading.QueryOrderAsync(rig.Reference(), None)).Value!;

        (report.Status, report.FilledQuantity!.Value.Value, report.VenueOrderId.Value).ShouldBe((expected, 0.01m, "177"));
    }

    [Fact]
    public async Task Failed_read_at_any_endpoint_is_an_error_and_never_absence()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, Nothing).Refuse(History, 10016);
        (await rig.Trading.QueryOrderAsync(rig.Reference(), None)).Error!.Kind.ShouldBe(VenueErrorKind.Unavailable);

        rig.Http.Ok(Realtime, Nothing).Ok(History, Nothing).Answer(Executions, "", 502);
        (await rig.Trading.QueryOrderAsync(rig.Reference(), None)).IsOk.ShouldBeFalse();

        rig.Http.Ok(Realtime, "{}");
        (await rig.Trading.QueryOrderAsync(rig.Reference(), None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);

        rig.Http.Ok(Realtime, List(Row("wb-0002", "New")));
        (await rig.Trading.QueryOrderAsync(rig.Reference(), None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public async Task Open_orders_are_read_to_the_last_page_with_the_cursor_as_it_came()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, PageTo("page_args%3Dabc%26symbol%3D6%26", Row("a", "New"), Row("b", "Filled")))
            .Ok(Realtime, PageTo("x=&y", Row("c", "PartiallyFilled")))
            .Ok(Realtime, PageTo("z"));

        var open = await rig.Trading.GetOpenOrdersAsync(None);

        open.Value.Select(o => o.ClientOrderId!.Value.Value).ShouldBe(["a", "c"]);
        rig.Http.Calls.Select(c => c.Address.Query).ShouldBe([
            "?category=spot&openOnly=0&limit=50",
            "?category=spot&openOnly=0&limit=50&cursor=page_args%3Dabc%26symbol%3D6%26",
            "?category=spot&openOnly=0&limit=50&cursor=x%3D%26y"]);
    }

    [Fact]
    public async Task Pages_that_turn_in_a_circle_or_fail_half_way_are_an_error()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, PageTo("again", Row("a", "New"))).Ok(Realtime, PageTo("again", Row("b", "New")));
        (await rig.Trading.GetOpenOrdersAsync(None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);

        rig.Http.Ok(Realtime, PageTo("next", Row("a", "New"))).Refuse(Realtime, 10006);
        (await rig.Trading.GetOpenOrdersAsync(None)).Error!.Kind.ShouldBe(VenueErrorKind.RateLimited);
    }

    [Fact]
    public async Task Open_order_that_cannot_be_read_fails_the_list_and_one_of_an_unlisted_market_does_not()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, List(Row("a", "New"), Row("b", "New").Replace("BTCUSDT", "GONEUSDT", StringComparison.Ordinal)));
        (await rig.Trading.GetOpenOrdersAsync(None)).Value.ShouldHaveSingleItem();

        rig.Http.Ok(Realtime, List(Row("a", "New"), Row("b", "New").Replace("\"qty\":\"1\"", "\"qty\":\"NaN\"", StringComparison.Ordinal)));
        (await rig.Trading.GetOpenOrdersAsync(None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public async Task Fills_are_trades_only_oldest_first_over_all_pages_with_our_id()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Executions, PageTo("n", Fill("e-4", "0.001", 9), Fill("e-3b", "0.001", 5), Fill("e-3a", "0.001", 5)))
            .Ok(Executions, List(Fill("f-1", "1", 3).Replace("\"Trade\"", "\"Funding\"", StringComparison.Ordinal), Fill("e-1", "0.002", 1)));

        var fills = (await rig.Trading.GetFillsAsync(rig.Reference(venueId: "177"), None)).Value;

        fills.Select(f => f.TradeId.Value).ShouldBe(["e-1", "e-3a", "e-3b", "e-4"]);
        fills.ShouldAllBe(f => f.ClientOrderId == new ClientOrderId("wb-0001"));
        (fills[0].Fee.Value, fills[0].FeeAsset).ShouldBe((0.1m, new Asset("USDT")));
        rig.Http.Calls.First().Address.Query.ShouldBe("?category=spot&symbol=BTCUSDT&orderLinkId=wb-0001&limit=100");
    }

    [Fact]
    public async Task Fill_of_another_order_in_the_answer_is_an_error()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Executions, List(Fill("e-1", "0.001", 1)));

        (await rig.Trading.GetFillsAsync(rig.Reference(venueId: "999"), None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public async Task Balances_are_free_and_locked_of_what_is_not_zero()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok("/v5/account/wallet-balance", """{"list":[{"accountType":"UNIFIED","coin":[{"coin":"BTC","walletBalance":"0.5","locked":"0.2","free":""},{"coin":"ETH","walletBalance":"0","locked":"0"},{"coin":"DEBT","walletBalance":"-3","locked":""}]}]}""");

        var balances = (await rig.Trading.GetBalancesAsync(None)).Value;

        balances.ShouldBe([new Balance(new Asset("BTC"), new Amount(0.3m), new Amount(0.2m)), new Balance(new Asset("DEBT"), new Amount(-3), Amount.Zero)]);
        rig.Http.Calls.Single().Address.Query.ShouldBe("?accountType=UNIFIED");
    }

    [Fact]
    public async Task Balance_that_cannot_be_read_fails_the_read_instead_of_counting_as_zero()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok("/v5/account/wallet-balance", """{"list":[{"coin":[{"coin":"BTC","walletBalance":"NaN"}]}]}""");

        (await rig.Trading.GetBalancesAsync(None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    private static string Row(string id, string status) =>
        $$"""{"symbol":"BTCUSDT","orderId":"177","orderLinkId":"{{id}}","side":"Buy","orderType":"Limit","price":"28000","qty":"1","cumExecQty":"0.1","orderStatus":"{{status}}","updatedTime":"1672364262457"}""";

    private static string Fill(string id, string quantity, long time, string orderQuantity = "1") =>
        $$"""{"symbol":"BTCUSDT","orderId":"177","orderLinkId":"","side":"Sell","execId":"{{id}}","execPrice":"28000","execQty":"{{quantity}}","execFee":"0.1","feeCurrency":"USDT","execType":"Trade","orderQty":"{{orderQuantity}}","isMaker":false,"execTime":"{{time}}"}""";

    private static string List(params string[] rows) => PageTo("", rows);

    private static string PageTo(string cursor, params string[] rows) => $$"""{"nextPageCursor":"{{cursor}}","category":"spot","list":[{{string.Join(",", rows)}}]}""";
}
