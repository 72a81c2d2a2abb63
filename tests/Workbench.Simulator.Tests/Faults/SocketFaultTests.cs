using Workbench.Simulator.Faults;
using Workbench.Simulator.Tests.Binance;

namespace Workbench.Simulator.Tests.Faults;

public sealed class SocketFaultTests
{
    public static TheoryData<string> Both => ["binance", "bybit"];

    private static FaultOptions With(params (string Name, string Value)[] options) => new() { More = options.ToDictionary(o => o.Name, o => o.Value) };

    public static TheoryData<string, int, string> Closings()
    {
        var all = new TheoryData<string, int, string>();
        foreach (var dialect in (string[])["binance", "bybit"])
        {
            foreach (var phase in (string[])["connect", "subscribe", "live"])
            {
                foreach (var code in (int[])[1000, 1001, 1006, 1008, 1011, 1012, 1013])
                {
                    all.Add(dialect, code, phase);
                }
            }
        }

        all.Add("bybit", 1008, "auth");
        all.Add("bybit", 1006, "auth");
        return all;
    }

    [Theory, MemberData(nameof(Closings))]
    public async Task N17_close_socket_with_each_code_in_each_phase(string dialect, int code, string phase)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        RawSocket? socket = phase == "live" ? await bench.Client.ListenAsync("best") : null;
        await bench.Faults.InjectAsync("close-socket", With(("code", $"{code}"), ("phase", phase), ("reason", "tested")));
        try
        {
            socket ??= phase == "auth" ? await bench.Client.OpenTradeAsync() : await bench.Client.ListenAsync("best", awaitsAnswer: phase == "subscribe");
        }
        catch (Exception e) when (code == 1006 && e is IOException or InvalidOperationException)
        {
            // Reset before the client had its answer.
            return;
        }

        using (socket)
        {
            if (code == 1006)
            {
                while (await socket.ReceiveAsync() is { } frame)
                {
                    frame.Kind.ShouldNotBe(RawSocket.Close);
                }
            }
            else
            {
                (await socket.ReceiveCloseAsync()).ShouldBe((code, "tested"));
            }
        }

        bench.Faults.Active.ShouldBe(phase == "live" ? [] : ["close-socket"]);
    }

    [Fact]
    public async Task N20_planned_shutdown_of_binance_is_announced_and_closes_after_its_notice()
    {
        await using var bench = await FaultBench.StartAsync("binance");
        using var socket = await bench.Client.ListenAsync("best");

        await bench.Faults.InjectAsync("planned-shutdown", With(("notice", "3s")));

        while (!(await socket.ReceiveJsonAsync()).ToString().Contains("serverShutdown", StringComparison.Ordinal))
        {
        }

        bench.Time.Advance(TimeSpan.FromSeconds(3));
        (await socket.ReceiveCloseAsync()).Status.ShouldBe(1001);
        using var next = await bench.Client.ListenAsync("best");
    }

    [Fact]
    public async Task N20_planned_shutdown_of_bybit_ends_early_when_it_is_cleared()
    {
        await using var bench = await FaultBench.StartAsync("bybit");
        using var socket = await bench.Client.OpenTradeAsync();
        await bench.Faults.InjectAsync("planned-shutdown", With(("notice", "10s")));

        await bench.Faults.ClearAsync("planned-shutdown");

        await socket.ReceiveCloseAsync();
        bench.Faults.Active.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N04_no_pongs_leaves_pings_unanswered(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await bench.Client.ListenAsync("best");
        await bench.Faults.InjectAsync("no-pongs");

        await socket.SendAsync(RawSocket.Ping, [1]);
        await socket.SendAsync("""{"op":"ping","req_id":"2"}""");
        if (dialect == "binance")
        {
            // It knows no such message and says so: by then it has read the ping.
            (await socket.ReceiveAsync())!.Value.Kind.ShouldBe(RawSocket.Text, "no pong comes before it");
        }

        await RequestFaultTests.EventuallyAsync(() => dialect == "binance" || bench.Faults.Live.All.Single().Hits > 0);
        await bench.Faults.ClearAllAsync();
        await socket.SendAsync(RawSocket.Ping, [9]);

        while (true)
        {
            var (kind, payload) = (await socket.ReceiveAsync())!.Value;
            if (kind == RawSocket.Pong)
            {
                payload.ShouldBe([9], "the first pong is that to the ping after the fault");
                return;
            }
        }
    }

    [Fact]
    public async Task N04_no_pings_stops_the_pings_of_the_venue()
    {
        await using var bench = await FaultBench.StartAsync("binance");
        using var socket = await bench.Client.ListenAsync("best");
        await bench.Faults.InjectAsync("no-pings");
        bench.Time.Advance(TimeSpan.FromSeconds(20));
        await socket.SendAsync(RawSocket.Ping, [1]);
        (await socket.ReceiveAsync())!.Value.Kind.ShouldBe(RawSocket.Pong);
        await bench.Faults.ClearAllAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(20));
        (await socket.ReceiveAsync())!.Value.Kind.ShouldBe(RawSocket.Ping);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N21_subscribe_silent_acknowledges_and_sends_nothing(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var old = await bench.Client.ListenAsync("best");
        await bench.Faults.InjectAsync("subscribe-silent");
        using var fresh = await bench.Client.ListenAsync("best");

        bench.Stir();
        await old.ReceiveJsonAsync();
        await fresh.SendAsync(RawSocket.Ping, [1]);

        (await fresh.ReceiveAsync())!.Value.Kind.ShouldBe(RawSocket.Pong, "acknowledged, and then nothing");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N21_subscribe_unanswered_sends_data_without_the_acknowledgement(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("subscribe-unanswered", new FaultOptions { Count = 1 });
        using var socket = await bench.Client.ListenAsync("best", awaitsAnswer: false);
        await RequestFaultTests.StruckAsync(bench, 1);

        // Bybit's first message is a snapshot, which may come before the change.
        bench.Stir();
        var first = await socket.ReceiveJsonAsync();

        bench.Client.Bid(first).ShouldStartWith("59999");
        using var second = await bench.Client.ListenAsync("best");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N24_connection_limit_refuses_the_one_too_many(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("connection-limit", With(("max", "1"), ("requests", "streams")));
        using var first = await bench.Client.ListenAsync("best");

        const string Upgrade = "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        await using var second = await RawHttp.GetAsync(bench.Handle.Port, dialect == "binance" ? "/ws" : "/v5/public/spot", Upgrade);
        second.Status.ShouldBe(429);
        (await bench.Client.GetAsync(bench.Client.TimePath)).Status.ShouldBe(200);
        using var trade = await bench.Client.OpenTradeAsync();
    }
}
