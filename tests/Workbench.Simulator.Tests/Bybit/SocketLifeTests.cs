using System.Net.WebSockets;
using Workbench.Simulator.Bybit;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class SocketLifeTests
{
    [Theory]
    [InlineData("public", "allLiquidation.BTCUSDT")]
    [InlineData("linear", "orderbook.full.BTCUSDT")]
    [InlineData("status", "tickers.BTCUSDT")]
    public async Task S22_08_each_socket_has_the_topics_of_its_category_only(string name, string topic)
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync(name);
        var ack = await socket.SubscribeAsync(topic);
        (ack.Get("success"), ack.Get("ret_msg")).ShouldBe(("False", $"Invalid topic: {topic}"));
    }

    [Theory]
    [InlineData("private", "?max_active_time=30s", 30)]
    [InlineData("trade", "?max_active_time=1m", 60)]
    [InlineData("trade", "", 600)]
    [InlineData("private", "?max_active_time=29s", 600)]
    [InlineData("private", "?max_active_time=11m", 600)]
    [InlineData("public", "?max_active_time=30s", 600)]
    [InlineData("status", "", 600)]
    public async Task S22_09_silence_ends_a_connection_when_its_time_is_up(string name, string query, int seconds)
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync(name, query);
        await socket.DrainAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
        await socket.DrainAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        (await socket.ReceiveTextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task S22_09_the_idle_limit_is_a_setting()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(new BybitOptions { IdleLimit = TimeSpan.FromSeconds(5) }));
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.DrainAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        (await socket.ReceiveTextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task S22_06_rest_and_the_trade_socket_draw_on_one_window()
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        var order = BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.001\",\"price\":\"59000\"");
        for (var i = 0; i < 10; i++)
        {
            (await bench.Client.LimitAsync("Buy", "0.001", "59000")).Code.ShouldBe(0);
            (await trade.AskAsync(bench.Client.TradeMessage("order.create", order))).Get("retCode").ShouldBe("0");
        }

        var refused = await trade.AskAsync(bench.Client.TradeMessage("order.create", order));
        (refused.Get("retCode"), refused.GetProperty("header").Get("X-Bapi-Limit-Status")).ShouldBe(("10006", "0"));
        refused.GetProperty("header").Get("X-Bapi-Limit-Reset-Timestamp").ShouldBe("1700000001000");
        (await bench.Client.LimitAsync("Buy", "0.001", "59000")).Code.ShouldBe(10006);
        var eth = order.Replace("BTCUSDT", "ETHUSDT", StringComparison.Ordinal);
        (await trade.AskAsync(bench.Client.TradeMessage("order.create", eth))).Get("retCode").ShouldBe("10006", "the window is the account's, not the symbol's");
    }

    [Fact]
    public async Task S22_37_a_bad_auth_on_the_trade_socket_is_refused_and_the_socket_closed()
    {
        await using var bench = await BybitBench.StartAsync();
        foreach (var (message, code) in new[]
        {
            (bench.Client.AuthMessage(1_700_000_010_000, "00"), "10004"),
            (bench.Client.AuthMessage(1_699_999_999_999), "10004"),
            ("{\"reqId\":\"a\",\"op\":\"auth\",\"args\":[1]}", "10001"),
        })
        {
            using var socket = await bench.Client.ConnectAsync("trade");
            var answer = await socket.AskAsync(message);
            (answer.Get("retCode"), answer.Get("op"), answer.Get("reqId")).ShouldBe((code, "auth", "a"));
            (await socket.ReceiveTextAsync()).ShouldBeNull();
        }
    }

    [Fact]
    public async Task S22_37_a_second_auth_on_the_trade_socket_is_refused_and_changes_nothing()
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        (await trade.AskAsync(bench.Client.AuthMessage(1_700_000_010_000))).Get("retCode").ShouldBe("20001");
        var order = BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"");
        (await trade.AskAsync(bench.Client.TradeMessage("order.create", order))).Get("retCode").ShouldBe("0");
    }

    [Fact]
    public async Task S22_38_req_id_is_echoed_in_its_type_or_left_out_and_has_36_characters_at_most()
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        var order = BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"");
        var bare = bench.Client.TradeMessage("order.create", order, "x").Replace("\"reqId\":\"x\",", "", StringComparison.Ordinal);
        var answer = await trade.AskAsync(bare);
        answer.Get("retCode").ShouldBe("0");
        answer.TryGetProperty("reqId", out _).ShouldBeFalse();
        (await trade.AskAsync(bare)).Get("retCode").ShouldBe("0", "without an id nothing can repeat");
        var number = bench.Client.TradeMessage("order.create", order, "7").Replace("\"7\"", "7", StringComparison.Ordinal);
        (await trade.AskAsync(number)).GetProperty("reqId").GetRawText().ShouldBe("7");
        (await trade.AskAsync(bench.Client.TradeMessage("order.create", order, new string('r', 36)))).Get("retCode").ShouldBe("0");
        (await trade.AskAsync(bench.Client.TradeMessage("order.create", order, new string('s', 37)))).Get("retCode").ShouldBe("10001");
    }

    [Theory]
    [InlineData(-5000, "0")]
    [InlineData(-5001, "10002")]
    [InlineData(999, "0")]
    [InlineData(1000, "10002")]
    public async Task S22_38_the_headers_timestamp_follows_the_rule_of_rest(int offset, string code)
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        var order = BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"");
        var timestamp = (1_700_000_000_000 + offset).ToString(System.Globalization.CultureInfo.InvariantCulture);
        (await trade.AskAsync(bench.Client.TradeMessage("order.create", order, timestamp: timestamp))).Get("retCode").ShouldBe(code);
    }

    [Fact]
    public async Task S22_38_the_demo_host_has_no_trade_socket()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(new BybitOptions { IsDemo = true }));
        await Should.ThrowAsync<WebSocketException>(() => bench.Client.ConnectAsync("trade"));
        using var socket = await bench.Client.ListenAsync("order");
        (await bench.Client.LimitAsync("Buy", "0.01", "59000")).Code.ShouldBe(0);
        (await socket.DrainAsync()).Script().ShouldBe(["order New"]);
    }
}
