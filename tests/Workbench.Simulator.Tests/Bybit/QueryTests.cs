using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class QueryTests
{
    [Fact]
    public async Task Realtime_lists_open_orders_newest_first_and_finds_closed_ones_by_id()
    {
        await using var bench = await BybitBench.StartAsync();
        var filled = await bench.Client.LimitAsync("Buy", "0.1", "60001", ",\"orderLinkId\":\"done\"");
        await bench.Client.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"a\"");
        await bench.Client.LimitAsync("Buy", "0.1", "59001", ",\"orderLinkId\":\"b\"");
        (await LinksAsync(bench, "category=spot")).ShouldBe(["b", "a"]);
        (await LinksAsync(bench, "category=spot&symbol=ETHUSDT")).ShouldBeEmpty();
        (await LinksAsync(bench, "category=spot&openOnly=1")).ShouldBe(["b", "a", "done"]);
        (await LinksAsync(bench, "category=spot&orderLinkId=done")).ShouldBe(["done"]);
        (await LinksAsync(bench, $"category=spot&symbol=BTCUSDT&orderId={filled.OrderId}")).ShouldBe(["done"]);
        (await LinksAsync(bench, "category=spot&orderLinkId=never")).ShouldBeEmpty();
        (await LinksAsync(bench, "category=linear&symbol=BTCUSDT")).ShouldBeEmpty();
        (await bench.Client.PrivateGetAsync("/v5/order/realtime")).Code.ShouldBe(10001);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_follow_the_cursor_raw_or_escaped_again(bool escapes)
    {
        await using var bench = await BybitBench.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await bench.Client.LimitAsync("Buy", "0.001", "59000", $",\"orderLinkId\":\"{i}\"");
        }

        var seen = new List<string>();
        var cursor = "";
        do
        {
            var query = "category=spot&limit=2" + (cursor.Length == 0 ? "" : "&cursor=" + (escapes ? Uri.EscapeDataString(cursor) : cursor));
            var page = await bench.Client.PrivateGetAsync("/v5/order/realtime", query);
            seen.AddRange(page.List.EnumerateArray().Select(o => o.Get("orderLinkId")));
            cursor = page.Result.Get("nextPageCursor");
        }
        while (cursor.Length > 0);

        seen.ShouldBe(["4", "3", "2", "1", "0"]);
    }

    [Fact]
    public async Task S22_32_history_forgets_unfilled_orders_after_a_day_and_keeps_filled_ones()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Client.LimitAsync("Buy", "0.1", "60001", ",\"orderLinkId\":\"filled\"");
        await bench.Client.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"cancelled\"");
        await bench.Client.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"open\"");
        await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot("\"orderLinkId\":\"cancelled\""));
        (await LinksAsync(bench, "category=spot", "history")).ShouldBe(["cancelled", "filled"]);
        (await LinksAsync(bench, "category=spot&orderStatus=Filled", "history")).ShouldBe(["filled"]);
        bench.Time.Advance(TimeSpan.FromHours(25));
        (await LinksAsync(bench, "category=spot", "history")).ShouldBe(["filled"]);
        bench.Time.Advance(TimeSpan.FromDays(8));
        (await LinksAsync(bench, "category=spot", "history")).ShouldBeEmpty("without bounds the last seven days are meant");
        (await LinksAsync(bench, "category=spot&startTime=1699999999000&endTime=1700000001000", "history")).ShouldBe(["filled"]);
    }

    [Fact]
    public async Task S22_33_executions_page_newest_first_and_spans_over_seven_days_are_refused()
    {
        await using var bench = await BybitBench.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await bench.Client.LimitAsync("Buy", "0.1", "60001", $",\"orderLinkId\":\"{i}\"");
        }

        var first = await bench.Client.PrivateGetAsync("/v5/execution/list", "category=spot&limit=2");
        first.List.EnumerateArray().Select(f => f.Get("orderLinkId")).ShouldBe(["2", "1"]);
        var second = await bench.Client.PrivateGetAsync("/v5/execution/list", "category=spot&limit=2&cursor=" + first.Result.Get("nextPageCursor"));
        second.List.EnumerateArray().Select(f => f.Get("orderLinkId")).ShouldBe(["0"]);
        second.Result.Get("nextPageCursor").ShouldBe("");
        var one = await bench.Client.PrivateGetAsync("/v5/execution/list", "category=spot&orderLinkId=1");
        one.List.GetArrayLength().ShouldBe(1);
        (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=spot&startTime=1&endTime=604800002")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task Queries_tell_the_same_as_the_pushes()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "execution");
        await bench.Client.LimitAsync("Buy", "0.7", "60001");
        var pushes = await socket.DrainAsync();
        var order = (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot")).List[0];
        var fill = (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=spot")).List[0];
        foreach (var (rest, push) in new[] { (fill, pushes[0].First()), (order, pushes[1].First()) })
        {
            foreach (var member in rest.EnumerateObject())
            {
                member.Value.ToString().ShouldBe(push.Get(member.Name), member.Name);
            }
        }
    }

    [Fact]
    public async Task Account_endpoints_answer_what_clients_ask_first()
    {
        await using var bench = await BybitBench.StartAsync();
        (await bench.Client.PrivateGetAsync("/v5/account/info")).Result.Get("unifiedMarginStatus").ShouldBe("5");
        var key = (await bench.Client.PrivateGetAsync("/v5/user/query-api")).Result;
        Recorded.Read("REST/GET_v5_user_query-api/response_01_jkorf.json").GetProperty("result").EnumerateObject()
            .Select(m => m.Name).Except(key.EnumerateObject().Select(m => m.Name)).ShouldBeEmpty();
        var fees = await bench.Client.PrivateGetAsync("/v5/account/fee-rate", "category=spot&symbol=BTCUSDT");
        (fees.List[0].Get("takerFeeRate"), fees.Header("X-Bapi-Limit")).ShouldBe(("0.001", "5"));
        (await bench.Client.PrivateGetAsync("/v5/position/list", "category=linear&settleCoin=USDT")).List.GetArrayLength().ShouldBe(0);
        (await bench.Client.GetAsync("/v5/system/status")).List.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Money_is_conserved_over_a_session()
    {
        await using var bench = await BybitBench.StartAsync();
        decimal Total(string asset) => bench.Venue.Execute(e => e.Accounts.Values.Sum(a => a.Balance(asset).Total) + e.Fees.Balance(asset).Total);
        var before = (Total("BTC"), Total("USDT"));
        await bench.Client.LimitAsync("Buy", "0.3", "60001");
        await bench.Client.CreateAsync("\"side\":\"Sell\",\"orderType\":\"Market\",\"qty\":\"0.2\"");
        bench.Quote(Side.Buy, 60_000m, 1m);
        await bench.Client.LimitAsync("Sell", "0.3", "60000");
        (Total("BTC"), Total("USDT")).ShouldBe(before);
    }

    private static async Task<string[]> LinksAsync(BybitBench bench, string query, string call = "realtime") =>
        [.. (await bench.Client.PrivateGetAsync("/v5/order/" + call, query)).List.EnumerateArray().Select(o => o.Get("orderLinkId"))];
}
