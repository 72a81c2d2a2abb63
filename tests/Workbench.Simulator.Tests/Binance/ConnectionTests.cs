using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance;

public sealed class ConnectionTests
{
    private const string List = """{"method":"LIST_SUBSCRIPTIONS","id":1}""";
    private const string Ping = """{"method":"ping","id":1}""";
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    // One address of each kind of socket, with a request it answers at once.
    public static TheoryData<string, string> Sockets => new()
    {
        { "/ws", List },
        { "/stream", List },
        { "/ws-api/v3", Ping },
    };

    [Theory]
    [MemberData(nameof(Sockets))]
    public async Task S20_32_a_ping_with_a_payload_comes_every_twenty_seconds_of_the_venues_time(string path, string hello)
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        using var socket = await OpenAsync(sim, path, hello);
        var payloads = new List<string>();

        for (var i = 0; i < 6; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(19));
            await socket.SendAsync(hello);
            (await socket.ReceiveAsync())!.Value.Kind.ShouldBe(RawSocket.Text, "too early a ping");
            _time.Advance(TimeSpan.FromSeconds(1));
            var ping = (await socket.ReceiveAsync())!.Value;
            ping.Kind.ShouldBe(RawSocket.Ping);
            payloads.Add(Encoding.ASCII.GetString(ping.Payload));
            await socket.SendAsync(RawSocket.Pong, ping.Payload);
            await SyncAsync(socket, hello);
        }

        payloads.Distinct().Count().ShouldBe(6);
        payloads.ShouldAllBe(p => p.Length > 0);
    }

    [Theory]
    [MemberData(nameof(Sockets))]
    public async Task S20_32_without_the_matching_pong_the_connection_is_closed_after_sixty_seconds(string path, string hello)
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        using var socket = await OpenAsync(sim, path, hello);

        _time.Advance(TimeSpan.FromSeconds(20));
        await socket.ReceiveAsync(RawSocket.Ping);

        // Neither an unasked pong nor one with another payload keeps it alive.
        await socket.SendAsync(RawSocket.Pong, []);
        await socket.SendAsync(RawSocket.Pong, "123"u8.ToArray());
        await SyncAsync(socket, hello);
        _time.Advance(TimeSpan.FromSeconds(59));
        await SyncAsync(socket, hello);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await socket.ReceiveCloseAsync()).ShouldBe((1008, "Pong timeout"));
        (await socket.ReceiveAsync()).ShouldBeNull("a peer that does not answer the close is cut off");
    }

    [Fact]
    public async Task S20_32_the_pong_to_a_late_ping_answers_the_earlier_ones()
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        using var socket = await OpenAsync(sim, "/ws", List);

        _time.Advance(TimeSpan.FromSeconds(20));
        await socket.ReceiveAsync(RawSocket.Ping);
        _time.Advance(TimeSpan.FromSeconds(20));
        await socket.SendAsync(RawSocket.Pong, await socket.ReceiveAsync(RawSocket.Ping));
        await SyncAsync(socket, List);
        _time.Advance(TimeSpan.FromSeconds(45));

        await SyncAsync(socket, List);
    }

    [Theory]
    [MemberData(nameof(Sockets))]
    public async Task S20_32_a_connection_is_closed_at_the_configured_age(string path, string hello)
    {
        await using var sim = await Simulators.StartAsync(
            v => v with { Binance = new BinanceOptions { ConnectionLifetime = TimeSpan.FromSeconds(90), PingInterval = TimeSpan.FromHours(1) } }, _time);
        using var socket = await OpenAsync(sim, path, hello);

        _time.Advance(TimeSpan.FromSeconds(89));
        await SyncAsync(socket, hello);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await socket.ReceiveCloseAsync()).Status.ShouldBe(1001);
    }

    [Fact]
    public void S20_32_the_age_is_24_hours_unless_configured_and_nonsense_is_refused()
    {
        new BinanceOptions().ConnectionLifetime.ShouldBe(TimeSpan.FromHours(24));
        new BinanceOptions().Problems().ShouldBeEmpty();
        new BinanceOptions
        {
            ConnectionLifetime = TimeSpan.Zero, PingInterval = TimeSpan.Zero, PongTimeout = TimeSpan.FromDays(1),
            MaxConnectionsPerFiveMinutes = 0, AccountEventDelay = TimeSpan.FromSeconds(-1),
        }.Problems().Count().ShouldBe(5);
    }

    [Fact]
    public async Task S20_32_a_planned_shutdown_is_announced_in_the_wrapping_of_each_socket_and_closes_after_the_notice()
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        var raw = await OpenAsync(sim, "/ws", List);
        var combined = await OpenAsync(sim, "/stream", List);
        var api = await OpenAsync(sim, "/ws-api/v3", Ping);

        var shutdown = sim["binance"].ShutDownConnectionsAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var frames = new[] { await raw.ReceiveJsonAsync(), await combined.ReceiveJsonAsync(), await api.ReceiveJsonAsync() };
        await SyncAsync(raw, List);
        using var late = await OpenAsync(sim, "/ws", List);
        _time.Advance(TimeSpan.FromSeconds(10));
        await shutdown;

        var now = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        frames[0].GetRawText().ShouldBe("""{"e":"serverShutdown","E":""" + now + "}");
        frames[1].GetRawText().ShouldBe("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":""" + now + "}}");
        frames[2].GetRawText().ShouldBe("""{"event":{"e":"serverShutdown","E":""" + now + "}}");
        foreach (var socket in (RawSocket[])[raw, combined, api])
        {
            (await socket.ReceiveCloseAsync()).Status.ShouldBe(1001);
            socket.Dispose();
        }

        await SyncAsync(late, List);
    }

    [Theory]
    [InlineData(RawSocket.Text)]
    [InlineData(RawSocket.Ping)]
    [InlineData(RawSocket.Pong)]
    public async Task S20_15_a_sixth_frame_within_a_second_closes_a_market_stream_whatever_its_kind(byte kind)
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        using var socket = await RawSocket.ConnectAsync(sim["binance"].Port, "/ws");

        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 5; i++)
            {
                await SyncAsync(socket, List);
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        for (var i = 0; i < 5; i++)
        {
            await SyncAsync(socket, List);
        }

        _time.Advance(TimeSpan.FromMilliseconds(999));
        await socket.SendAsync(kind, Encoding.ASCII.GetBytes(List));
        (await socket.ReceiveCloseAsync()).ShouldBe((1008, "Too many requests"));
    }

    [Fact]
    public async Task S20_15_the_1025th_stream_is_refused_and_the_others_stay()
    {
        await using var sim = await Simulators.StartAsync();
        using var socket = await RawSocket.ConnectAsync(sim["binance"].Port, "/ws");

        await socket.SendAsync(Subscribe(0, 1024));
        (await socket.ReceiveJsonAsync()).GetProperty("result").ValueKind.ShouldBe(JsonValueKind.Null);
        await socket.SendAsync(Subscribe(5, 1));
        (await socket.ReceiveJsonAsync()).TryGetProperty("error", out _).ShouldBeFalse("it is there already");
        await socket.SendAsync(Subscribe(1024, 1));
        var refused = await socket.ReceiveJsonAsync();

        refused.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(2);
        refused.GetProperty("id").GetInt32().ShouldBe(1);
        await socket.SendAsync(List);
        (await socket.ReceiveJsonAsync()).GetProperty("result").GetArrayLength().ShouldBe(1024);
    }

    [Fact]
    public async Task S20_34_more_than_300_connects_in_five_minutes_are_refused_until_the_window_ends()
    {
        await using var sim = await Simulators.StartAsync(v => v with { Binance = new BinanceOptions { MaxConnectionsPerFiveMinutes = 20 } }, _time);
        new BinanceOptions().MaxConnectionsPerFiveMinutes.ShouldBe(300);
        using var client = new BinanceTestClient(sim["binance"]);
        for (var i = 0; i < 20; i++)
        {
            using var socket = await client.ConnectAsync(i % 2 == 0 ? "/ws" : "/ws-api/v3");
        }

        var refused = await client.GetAsync("/api/v3/ping");
        refused.Status.ShouldBe(200, "only sockets are counted");
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => client.ConnectAsync("/stream"));
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => client.ConnectAsync("/ws-api/v3"));
        _time.Advance(TimeSpan.FromMinutes(5));
        using var again = await client.ConnectAsync("/ws");
    }

    [Fact]
    public async Task Messages_in_parts_with_pings_between_and_long_ones_are_read()
    {
        await using var sim = await Simulators.StartAsync(v => v with { RateLimits = false });
        using var socket = await RawSocket.ConnectAsync(sim["binance"].Port, "/ws");
        await socket.SendAsync(RawSocket.Text, """{"method":"LIST_SUB"""u8.ToArray(), isFinal: false);
        await socket.SendAsync(RawSocket.Ping, "between"u8.ToArray());
        await socket.SendAsync(0, """SCRIPTIONS","id":1}"""u8.ToArray());

        (await socket.ReceiveAsync(RawSocket.Pong)).ShouldBe("between"u8.ToArray());
        (await socket.ReceiveJsonAsync()).GetProperty("id").GetInt32().ShouldBe(1);
        var padded = """{"method":"LIST_SUBSCRIPTIONS","id":2""" + new string(' ', 50_000) + "}";
        await socket.SendAsync(padded);
        (await socket.ReceiveJsonAsync()).GetProperty("id").GetInt32().ShouldBe(2);
        await socket.SendAsync(3, []);
        (await socket.ReceiveCloseAsync()).Status.ShouldBe(1002);
    }

    private static string Subscribe(int first, int count) =>
        $$"""{"method":"SUBSCRIBE","params":[{{string.Join(',', Enumerable.Range(first, count).Select(i => $"\"nosuch{i}@trade\""))}}],"id":1}""";

    private static async Task<RawSocket> OpenAsync(SimulatorHost sim, string path, string hello)
    {
        var socket = await RawSocket.ConnectAsync(sim["binance"].Port, path);
        await SyncAsync(socket, hello);
        return socket;
    }

    // Everything sent before has been handled when the answer is here.
    private static async Task SyncAsync(RawSocket socket, string hello)
    {
        await socket.SendAsync(hello);
        await socket.ReceiveAsync(RawSocket.Text);
    }
}
