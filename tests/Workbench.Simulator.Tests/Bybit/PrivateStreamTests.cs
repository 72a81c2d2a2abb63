using System.Net.WebSockets;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class PrivateStreamTests
{
    [Fact]
    public async Task S22_37_bad_signature_or_past_expiry_is_refused_and_the_socket_closed()
    {
        await using var bench = await BybitBench.StartAsync();
        string[] bad =
        [
            bench.Client.AuthMessage(1_700_000_010_000, "00"),
            bench.Client.AuthMessage(1_700_000_000_000),
            "{\"op\":\"auth\",\"args\":[\"unknown\",1700000010000,\"00\"]}",
            "{\"op\":\"auth\",\"args\":[]}",
        ];
        foreach (var message in bad)
        {
            using var socket = await bench.Client.ConnectAsync("private");
            var answer = await socket.AskAsync(message);
            (answer.Get("success"), answer.Get("op")).ShouldBe(("False", "auth"));
            answer.Get("ret_msg").ShouldNotBeEmpty();
            (await socket.ReceiveTextAsync()).ShouldBeNull();
        }
    }

    [Fact]
    public async Task S22_37_expires_may_be_a_string_and_subscribing_before_auth_is_refused()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("private");
        (await socket.SubscribeAsync("order")).Get("success").ShouldBe("False");
        var text = bench.Client.AuthMessage(1_700_000_010_000).Replace("1700000010000", "\"1700000010000\"", StringComparison.Ordinal);
        (await socket.AskAsync(text)).Get("success").ShouldBe("True");
        (await socket.SubscribeAsync("order", "order.spot")).Get("success").ShouldBe("False");
        (await socket.SubscribeAsync("orders")).Get("success").ShouldBe("False");
        (await socket.SubscribeAsync("order", "execution", "wallet", "position")).Get("success").ShouldBe("True");
    }

    [Fact]
    public async Task S21_1_limit_that_crosses_fully_tells_fills_then_filled_then_wallet()
    {
        await using var bench = await BybitBench.StartAsync();
        bench.Quote(Side.Sell, 60_002m, 0.5m);
        using var socket = await bench.Client.ListenAsync("order", "execution", "wallet");
        var reply = await bench.Client.LimitAsync("Buy", "0.7", "60002", ",\"orderLinkId\":\"x\"");
        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["execution", "order Filled", "wallet"]);
        var fills = pushes[0].GetProperty("data");
        fills.EnumerateArray().Select(f => $"{f.Get("execQty")}@{f.Get("execPrice")} left {f.Get("leavesQty")}").ShouldBe(["0.5@60001 left 0.2", "0.2@60002 left 0"]);
        (fills[0].Get("orderId"), fills[0].Get("orderLinkId"), fills[0].Get("category")).ShouldBe((reply.OrderId, "x", "spot"));
        var order = pushes[1].First();
        (order.Get("cumExecQty"), order.Get("cumExecValue"), order.Get("leavesQty")).ShouldBe(("0.7", "42000.9", "0"));
    }

    [Fact]
    public async Task S22_33_buys_pay_the_fee_in_base_sells_in_quote_and_makers_are_marked()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("execution", "order");
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        await bench.Client.LimitAsync("Sell", "0.1", "59999");
        await bench.Client.LimitAsync("Buy", "0.2", "60000");
        bench.Quote(Side.Sell, 60_000m, 0.2m);
        var pushes = await socket.DrainAsync();
        var fills = pushes.Where(p => p.Get("topic") == "execution").Select(p => p.First()).ToList();
        fills.ConvertAll(f => $"{f.Get("side")} {f.Get("execFee")} {f.Get("feeCurrency")} {f.Get("isMaker")}").ShouldBe(
            ["Buy 0.0001 BTC False", "Sell 5.9999 USDT False", "Buy 0.0002 BTC True"]);
        fills.Select(f => f.Get("execId")).Distinct().Count().ShouldBe(3);
        var seqs = fills.ConvertAll(f => f.GetProperty("seq").GetInt64());
        seqs.ShouldBe(seqs.Order());
        pushes.Last(p => p.Get("topic") == "order").First().GetProperty("cumFeeDetail").Get("BTC").ShouldBe("0.0002");
    }

    [Fact]
    public async Task S22_33_a_trade_with_oneself_has_two_execution_ids()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Client.LimitAsync("Sell", "0.1", "60000");
        await bench.Client.LimitAsync("Buy", "0.1", "60000");
        var list = (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=spot")).List;
        list.EnumerateArray().Select(f => f.Get("execId")).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task S22_34_wallet_pushes_only_changed_coins_and_locked_grows_with_orders()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("wallet");
        (await socket.DrainAsync()).ShouldBeEmpty("no snapshot on subscribe");
        await bench.Client.LimitAsync("Buy", "0.1", "59000");
        var coins = (await socket.DrainAsync()).Single().First().GetProperty("coin");
        coins.GetArrayLength().ShouldBe(1);
        (coins[0].Get("coin"), coins[0].Get("walletBalance"), coins[0].Get("locked")).ShouldBe(("USDT", "1000000", "5900"));
        coins[0].Get("availableToWithdraw").ShouldBe("");

        var wallet = (await bench.Client.PrivateGetAsync("/v5/account/wallet-balance", "accountType=UNIFIED&coin=BTC,USDT")).List[0];
        wallet.GetProperty("coin").EnumerateArray().Select(c => $"{c.Get("coin")} {c.Get("locked")}").ShouldBe(["BTC 0", "USDT 5900"]);
        wallet.Get("totalEquity").ShouldBe("2500000");
        (await bench.Client.PrivateGetAsync("/v5/account/wallet-balance", "accountType=SPOT")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task Fast_executions_have_no_fee_and_makers_do_not_learn_their_client_id()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("execution.fast", "execution.spot");
        await bench.Client.LimitAsync("Buy", "0.1", "60000", ",\"orderLinkId\":\"m\"");
        bench.Quote(Side.Sell, 60_000m, 0.1m);
        var pushes = await socket.DrainAsync();
        pushes.ConvertAll(p => p.Get("topic")).ShouldBe(["execution.spot", "execution.fast"]);
        var fast = pushes[1].First();
        fast.TryGetProperty("execFee", out _).ShouldBeFalse();
        (fast.Get("orderLinkId"), pushes[0].First().Get("orderLinkId")).ShouldBe(("", "m"));
    }

    [Fact]
    public async Task Nothing_of_one_account_reaches_another()
    {
        await using var bench = await BybitBench.StartAsync();
        var other = bench.Venue.OpenAccount("other", 0, 0, []);
        bench.Venue.SetCredential(bench.Venue.Credentials[BybitBench.Key] with { Key = "other", Account = other });
        using var client = new BybitTestClient(bench.Handle, "other", BybitBench.Secret);
        using var socket = await client.ListenAsync("order", "execution", "wallet");
        var mine = await bench.Client.LimitAsync("Buy", "0.1", "59000");
        (await socket.DrainAsync()).ShouldBeEmpty();
        (await client.PrivateGetAsync("/v5/order/realtime", "category=spot&orderId=" + mine.OrderId)).List.GetArrayLength().ShouldBe(0);
        (await client.PostAsync("/v5/order/cancel", BybitTestClient.Spot($"\"orderId\":\"{mine.OrderId}\""))).Code.ShouldBe(170213);
    }

    [Fact]
    public async Task S22_38_trade_stream_echoes_req_id_and_carries_limit_headers()
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        using var pushes = await bench.Client.ListenAsync("order");
        var order = BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\",\"orderLinkId\":\"t-1\"");
        var create = await trade.AskAsync(bench.Client.TradeMessage("order.create", order, "q-1"));
        (create.Get("reqId"), create.Get("retCode"), create.Get("op")).ShouldBe(("q-1", "0", "order.create"));
        create.GetProperty("data").Get("orderLinkId").ShouldBe("t-1");
        create.GetProperty("header").Get("X-Bapi-Limit-Status").ShouldBe("19");
        var recorded = Recorded.Read("WS-TRADE/order.create/response_04_docs.json");
        recorded.EnumerateObject().Select(m => m.Name).ShouldBe(create.EnumerateObject().Select(m => m.Name), ignoreOrder: true);

        var amend = await trade.AskAsync(bench.Client.TradeMessage("order.amend", BybitTestClient.Spot("\"orderLinkId\":\"t-1\",\"qty\":\"0.02\"")));
        amend.Get("retCode").ShouldBe("0");
        var cancel = await trade.AskAsync(bench.Client.TradeMessage("order.cancel", BybitTestClient.Spot("\"orderLinkId\":\"t-1\"")));
        cancel.Get("retCode").ShouldBe("0");
        (await trade.AskAsync(bench.Client.TradeMessage("order.cancel", BybitTestClient.Spot("\"orderLinkId\":\"t-1\"")))).Get("retCode").ShouldBe("170213");
        (await pushes.DrainAsync()).Script().ShouldBe(["order New", "order New", "order Cancelled"]);
        (await bench.Client.LimitAsync("Buy", "0.01", "59000")).Header("X-Bapi-Limit-Status").ShouldBe("18", "REST and stream share the window");
    }

    [Fact]
    public async Task S22_38_trade_stream_refuses_what_is_malformed()
    {
        await using var bench = await BybitBench.StartAsync();
        using var stranger = await bench.Client.ConnectAsync("trade");
        var order = BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"");
        (await stranger.AskAsync(bench.Client.TradeMessage("order.create", order))).Get("retCode").ShouldNotBe("0");

        using var trade = await bench.Client.LoginAsync("trade");
        async Task<string> CodeAsync(string message) => (await trade.AskAsync(message)).Get("retCode");
        (await CodeAsync(bench.Client.AuthMessage(1_700_000_010_000))).ShouldBe("20001");
        (await CodeAsync(bench.Client.TradeMessage("order.create", order, "same"))).ShouldBe("0");
        (await CodeAsync(bench.Client.TradeMessage("order.create", order, "same"))).ShouldBe("20006");
        (await CodeAsync(bench.Client.TradeMessage("order.dance", order))).ShouldBe("10404");
        (await CodeAsync(bench.Client.TradeMessage("order.create", order, timestamp: "1699999990000"))).ShouldBe("10002");
        (await CodeAsync(bench.Client.TradeMessage("order.create", ""))).ShouldBe("10001");
        bench.Account.OpenOrders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_closed_private_socket_leaves_the_feed()
    {
        await using var bench = await BybitBench.StartAsync();
        using (var gone = await bench.Client.ListenAsync("order"))
        {
            await gone.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }

        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", "0.01", "59000");
        (await socket.DrainAsync()).Script().ShouldBe(["order New"]);
    }
}
