using System.Net.WebSockets;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class FaultTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task S22_31_answer_lost_executes_and_resets()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Faults.InjectAsync(FaultNames.AnswerLost, new FaultOptions { Count = 1 });
        await Should.ThrowAsync<HttpRequestException>(() => bench.Client.LimitAsync("Buy", "0.01", "59000", ",\"orderLinkId\":\"lost\""));
        (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot&orderLinkId=lost")).List.GetArrayLength().ShouldBe(1);
        (await bench.Client.LimitAsync("Buy", "0.01", "59000", ",\"orderLinkId\":\"lost\"")).Code.ShouldBe(170141);
        (await bench.Client.LimitAsync("Buy", "0.01", "59000")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task S22_31_answer_lost_on_the_trade_stream_breaks_the_socket_after_executing()
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        await bench.Faults.InjectAsync(FaultNames.AnswerLost, new FaultOptions { Count = 1 });
        await trade.SendAsync(bench.Client.TradeMessage(
            "order.create", BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"")));
        await Should.ThrowAsync<WebSocketException>(() => trade.ReceiveTextAsync());
        bench.Account.OpenOrders.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false, 504, 1)]
    [InlineData(true, 503, 0)]
    public async Task S22_31_error_5xx_after_or_before_execution(bool before, int status, int orders)
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        var options = new FaultOptions { Count = 2, Status = status, BeforeExecution = before };
        await bench.Faults.InjectAsync(FaultNames.Error5xx, options);
        var reply = await bench.Client.LimitAsync("Buy", "0.01", "59000");
        (reply.Status, reply.Text[0]).ShouldBe((status, '<'), "the body is no JSON");
        bench.Account.OpenOrders.Count.ShouldBe(orders);
        var answer = await trade.AskAsync(bench.Client.TradeMessage(
            "order.create", BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"")));
        answer.Get("retCode").ShouldBe("10016");
        bench.Account.OpenOrders.Count.ShouldBe(orders * 2);
        (await bench.Client.LimitAsync("Buy", "0.01", "59000")).Code.ShouldBe(0, "both strikes are used up");
    }

    [Fact]
    public async Task S22_32_query_lag_hides_a_fresh_order_but_not_its_push()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Faults.InjectAsync(FaultNames.QueryLag, new FaultOptions { Delay = TimeSpan.FromSeconds(1) });
        await bench.Client.LimitAsync("Buy", "0.01", "60001", ",\"orderLinkId\":\"fresh\"");
        (await socket.DrainAsync()).Script().ShouldBe(["order Filled"]);
        async Task<int> CountAsync(string path) =>
            (await bench.Client.PrivateGetAsync(path, "category=spot&orderLinkId=fresh")).List.GetArrayLength();
        string[] paths = ["/v5/order/realtime", "/v5/order/history", "/v5/execution/list"];
        foreach (var path in paths)
        {
            (await CountAsync(path)).ShouldBe(0, path);
        }

        bench.Time.Advance(TimeSpan.FromSeconds(1));
        foreach (var path in paths)
        {
            (await CountAsync(path)).ShouldBe(1, path);
        }
    }

    [Fact]
    public async Task Stalled_streams_answer_pings_only_and_what_happened_is_lost()
    {
        await using var bench = await BybitBench.StartAsync();
        using var pub = await bench.Client.ConnectAsync("public");
        await pub.SubscribeAsync("orderbook.50.BTCUSDT");
        var u = (await pub.ReceiveAsync()).GetProperty("data").GetProperty("u").GetInt64();
        using var priv = await bench.Client.ListenAsync("order");
        await bench.Faults.InjectAsync(FaultNames.StallStreams);
        bench.Quote(Side.Buy, 59_999.5m, 1m);
        bench.Advance(Tick);
        (await bench.Client.LimitAsync("Buy", "0.01", "59000")).Code.ShouldBe(0);
        (await pub.DrainAsync()).ShouldBeEmpty();
        (await priv.DrainAsync()).ShouldBeEmpty();
        await bench.Faults.ClearAsync(FaultNames.StallStreams);
        bench.Quote(Side.Buy, 59_999.6m, 1m);
        bench.Advance(Tick);
        var delta = (await pub.DrainAsync()).Single();
        delta.GetProperty("data").GetProperty("u").GetInt64().ShouldBe(u + 2, "the client sees a gap");
        await bench.Client.LimitAsync("Buy", "0.01", "59000");
        (await priv.DrainAsync()).Script().ShouldBe(["order New"]);
    }

    [Fact]
    public async Task Black_hole_swallows_requests_on_every_socket_without_executing()
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        await bench.Faults.InjectAsync(FaultNames.BlackHole);
        var order = BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"");
        await trade.SendAsync(bench.Client.TradeMessage("order.create", order));
        (await trade.DrainAsync()).ShouldBeEmpty();
        using var content = new LongContent();
        var hanging = bench.Client.Http.PostAsync("/v5/order/create", content);
        await content.Sent.WaitAsync(TimeSpan.FromSeconds(20));
        hanging.IsCompleted.ShouldBeFalse();
        await bench.Faults.ClearAsync(FaultNames.BlackHole);
        await Should.ThrowAsync<HttpRequestException>(() => hanging);
        bench.Account.Orders.ShouldBeEmpty();
        (await trade.AskAsync(bench.Client.TradeMessage("order.create", order))).Get("retCode").ShouldBe("0");
    }

    [Fact]
    public async Task Refused_venue_resets_sockets_and_comes_back_on_its_port_with_its_orders()
    {
        var options = new SimulatorOptions { Seed = 3, Venues = [new VenueOptions { Name = "bybit", Dialect = "bybit" }] };
        await using var host = await SimulatorHost.StartAsync(options, TimeProvider.System);
        var venue = host["bybit"];
        using var client = new BybitTestClient(venue, venue.ApiKey, venue.ApiSecret);
        var price = (await client.GetAsync("/v5/market/tickers?category=spot&symbol=BTCUSDT")).List[0].Get("bid1Price");
        var floor = decimal.Floor(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture) * 0.9m);
        (await client.LimitAsync("Buy", "0.001", $"{floor}", ",\"orderLinkId\":\"kept\"")).Code.ShouldBe(0);
        using var socket = await client.ListenAsync("order");
        await venue.Faults.InjectAsync(FaultNames.Refuse);
        await Should.ThrowAsync<WebSocketException>(() => socket.ReceiveTextAsync());
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync("/v5/market/time"));
        await venue.Faults.ClearAsync(FaultNames.Refuse);
        (await client.PrivateGetAsync("/v5/order/realtime", "category=spot&orderLinkId=kept")).List.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_default_venue_lives_deltas_follow_and_the_book_never_crosses()
    {
        var options = new SimulatorOptions { Seed = 5, Venues = [new VenueOptions { Name = "bybit", Dialect = "bybit" }] };
        await using var host = await SimulatorHost.StartAsync(options, TimeProvider.System);
        var venue = host["bybit"];
        using var client = new BybitTestClient(venue, venue.ApiKey, venue.ApiSecret);
        using var socket = await client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.50.BTCUSDT", "orderbook.1.BTCUSDT", "publicTrade.BTCUSDT", "tickers.BTCUSDT", "kline.1.BTCUSDT");
        long? u = null;
        var seen = new HashSet<string>();
        for (var i = 0; i < 60 || seen.Count < 5; i++)
        {
            var push = await socket.ReceiveAsync();
            var topic = push.Get("topic");
            seen.Add(topic);
            if (topic == "orderbook.50.BTCUSDT")
            {
                var next = push.GetProperty("data").GetProperty("u").GetInt64();
                (u is null || next == u + 1).ShouldBeTrue($"{u} then {next}");
                u = next;
            }
            else if (topic == "orderbook.1.BTCUSDT")
            {
                var (bid, ask) = (push.GetProperty("data").GetProperty("b"), push.GetProperty("data").GetProperty("a"));
                Price(bid).ShouldBeLessThan(Price(ask));
            }
        }

        static decimal Price(System.Text.Json.JsonElement side) =>
            decimal.Parse(side[0][0].GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>More than the buffers between the two hold: once it is sent, the venue must have been reading it.</summary>
    private sealed class LongContent : HttpContent
    {
        private const int Length = 20_000_000;
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Sent => _sent.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(new byte[Length]);
            _sent.SetResult();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Length;
            return true;
        }
    }
}
