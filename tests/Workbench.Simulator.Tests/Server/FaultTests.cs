using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;
using Workbench.Simulator.Tests.Binance;

namespace Workbench.Simulator.Tests.Server;

public sealed class FaultTests
{
    private const string Order = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000&newClientOrderId=lost";

    [Fact]
    public async Task N01_refuse_resets_sockets_refuses_connections_and_returns_on_the_same_port()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws/btcusdt@bookTicker");
        await socket.ReceiveAsync();
        await client.OrderAsync(Order);
        var port = venue.Port;

        await venue.Faults.InjectAsync(FaultNames.Refuse);

        await Should.ThrowAsync<WebSocketException>(async () =>
        {
            while (await socket.ReceiveTextAsync() is not null)
            {
                // What was sent before the reset.
            }
        });
        using var tcp = new TcpClient();
        (await Should.ThrowAsync<SocketException>(() => tcp.ConnectAsync(IPAddress.Loopback, port))).SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);

        await venue.Faults.ClearAsync(FaultNames.Refuse);
        venue.Port.ShouldBe(port);
        using var after = new BinanceTestClient(venue);
        (await after.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lost")).Status.ShouldBe(200, "state survives");
        using var again = await after.ConnectAsync("/ws/btcusdt@bookTicker");
        await again.ReceiveAsync();
    }

    [Fact]
    public async Task N18_stalled_streams_are_silent_while_requests_are_answered()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws/btcusdt@bookTicker");
        await socket.ReceiveAsync();

        await venue.Faults.InjectAsync(FaultNames.StallStreams);
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":99}""");
        await socket.ReceiveAsync(m => m.TryGetProperty("id", out _));
        (await client.GetAsync("/api/v3/ping")).Status.ShouldBe(200);
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":100}""");

        // Nothing but the answer lies between two answers.
        (await socket.ReceiveAsync()).TryGetProperty("id", out _).ShouldBeTrue();
        await venue.Faults.ClearAllAsync();
        (await socket.ReceiveAsync()).GetProperty("s").GetString().ShouldBe("BTCUSDT");
    }

    [Fact]
    public async Task N03_black_hole_never_answers_and_never_executes()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        await venue.Faults.InjectAsync(FaultNames.BlackHole);

        var order = client.OrderAsync(Order);
        (await Task.WhenAny(order, Task.Delay(300))).ShouldNotBe(order);
        await venue.Faults.ClearAllAsync();

        await Should.ThrowAsync<HttpRequestException>(() => order);
        (await client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lost")).Code.ShouldBe(-2013);
    }

    [Fact]
    public async Task E04_answer_lost_executes_and_breaks_the_connection()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        await venue.Faults.InjectAsync(FaultNames.AnswerLost, new FaultOptions { Count = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => client.OrderAsync(Order));

        (await client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lost")).Json.GetProperty("status").GetString().ShouldBe("NEW");
        venue.Faults.Active.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, -2013)]
    [InlineData(false, 0)]
    public async Task E04_E05_5xx_before_or_after_execution_look_the_same(bool before, int queryCode)
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        await venue.Faults.InjectAsync(FaultNames.Error5xx, new FaultOptions { Count = 1, BeforeExecution = before });

        var reply = await client.OrderAsync(Order);

        (reply.Status, reply.Code).ShouldBe((503, -1000));
        var query = await client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lost");
        (query.Status == 200 ? 0 : query.Code).ShouldBe(queryCode);
    }

    [Fact]
    public async Task E11_query_lag_hides_a_fresh_order()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        await venue.Faults.InjectAsync(FaultNames.QueryLag, new FaultOptions { Delay = TimeSpan.FromHours(1) });
        (await client.OrderAsync(Order)).Status.ShouldBe(200);

        (await client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lost")).Code.ShouldBe(-2013);
        await venue.Faults.ClearAllAsync();
        (await client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lost")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Taken_port_is_named()
    {
        await using var sim = await Simulators.StartAsync();
        var port = sim["binance"].Port;

        var error = await Should.ThrowAsync<PortInUseException>(() => Simulators.StartAsync(v => v with { Port = port }));

        error.Port.ShouldBe(port);
        error.Message.ShouldContain("in use");
    }

    [Fact]
    public async Task Many_symbols_start_fast_and_are_listed()
    {
        await using var sim = await Simulators.StartAsync(v => v with { SymbolCount = 200 });
        using var client = new BinanceTestClient(sim["binance"]);

        var info = await client.GetAsync("/api/v3/exchangeInfo");

        info.Json.GetProperty("symbols").GetArrayLength().ShouldBe(200);
        var tops = (await client.GetAsync("/api/v3/ticker/bookTicker")).Json;
        tops.EnumerateArray().ShouldAllBe(t => t.GetProperty("bidPrice").GetString() != "0.00000000");
    }
}
