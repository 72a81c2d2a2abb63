using System.Text.Json;
using Workbench.Simulator.Binance;

namespace Workbench.Simulator.Tests.Binance;

public sealed class StreamProtocolTests
{
    [Theory]
    [InlineData("/ws/btcusdt@bookTicker", false)]
    [InlineData("/ws/btcusdt%40bookTicker", false)]
    [InlineData("/ws/btcusdt@bookTicker/ethusdt@trade", false)]
    [InlineData("/stream?streams=btcusdt@bookTicker", true)]
    [InlineData("/stream?streams=btcusdt%40bookTicker/ethusdt@bookTicker", true)]
    public async Task S20_30_streams_of_the_address_come_raw_or_wrapped_by_path(string path, bool isWrapped)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync(path);

        (await socket.ReceiveAsync()).TryGetProperty("stream", out var stream).ShouldBe(isWrapped);
        if (isWrapped)
        {
            stream.GetString().ShouldBeOneOf("btcusdt@bookTicker", "ethusdt@bookTicker");
        }
    }

    [Theory]
    [InlineData("/ws", false)]
    [InlineData("/ws/0", false)]
    [InlineData("/ws/whatever", false)]
    [InlineData("/stream", true)]
    [InlineData("/stream/ws/0", false)]
    public async Task S20_30_sockets_without_streams_subscribe_later(string path, bool isWrapped)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync(path);

        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"result":[],"id":1}""");
        await socket.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@bookTicker"],"id":2}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"result":null,"id":2}""");
        (await socket.ReceiveAsync()).TryGetProperty("stream", out _).ShouldBe(isWrapped);
    }

    [Fact]
    public async Task S20_30_set_property_switches_the_wrapping_both_ways()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws/btcusdt@bookTicker");

        await socket.SendAsync("""{"method":"SET_PROPERTY","params":["combined",true],"id":1}""");
        await AnswerAsync(socket);
        (await socket.ReceiveAsync()).GetProperty("stream").GetString().ShouldBe("btcusdt@bookTicker");
        await socket.SendAsync("""{"method":"GET_PROPERTY","params":["combined"],"id":2}""");
        (await AnswerAsync(socket)).GetRawText().ShouldBe("""{"result":true,"id":2}""");
        await socket.SendAsync("""{"method":"SET_PROPERTY","params":["combined",false],"id":3}""");
        await AnswerAsync(socket);
        (await socket.ReceiveAsync()).TryGetProperty("stream", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task S20_30_upper_case_names_are_acknowledged_and_stay_silent()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/stream?streams=BTCUSDT@bookTicker");

        await socket.SendAsync("""{"method":"SUBSCRIBE","params":["ETHUSDT@bookTicker","ethusdt@bookTicker","!ticker@arr"],"id":1}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"result":null,"id":1}""");
        for (var i = 0; i < 20; i++)
        {
            (await socket.ReceiveAsync()).GetProperty("stream").GetString().ShouldBe("ethusdt@bookTicker");
        }
    }

    [Fact]
    public async Task S20_31_an_unknown_stream_is_acknowledged()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws");

        await socket.SendAsync("""{"method":"SUBSCRIBE","params":["nosuch@trade","btcusdt@nosuch"],"id":1}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"result":null,"id":1}""");
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"result":["nosuch@trade","btcusdt@nosuch"],"id":2}""");
        await socket.SendAsync("""{"method":"UNSUBSCRIBE","params":["nosuch@trade","never@there"],"id":3}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"result":null,"id":3}""");
    }

    [Theory]
    [InlineData("{not json", 3)]
    [InlineData("""{"method":"NOPE","id":7}""", 2)]
    [InlineData("""{"id":7}""", 2)]
    [InlineData("""{"method":"SUBSCRIBE","id":7}""", 2)]
    [InlineData("""{"method":"SUBSCRIBE","params":[1],"id":7}""", 2)]
    [InlineData("""{"method":"SUBSCRIBE","params":[],"id":{"a":1}}""", 2)]
    [InlineData("""{"method":"SET_PROPERTY","params":["colour",true],"id":7}""", 0)]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined","yes"],"id":7}""", 1)]
    public async Task S20_31_errors_have_the_documented_numbers_in_either_form_and_keep_the_connection(string request, int code)
    {
        foreach (var isNested in (bool[])[true, false])
        {
            await using var sim = await Simulators.StartAsync(v => v with { Binance = new BinanceOptions { HasNestedStreamErrors = isNested } });
            using var client = new BinanceTestClient(sim["binance"]);
            using var socket = await client.ConnectAsync("/ws");

            await socket.SendAsync(request);
            var reply = await socket.ReceiveAsync();
            (isNested ? reply.GetProperty("error") : reply).GetProperty("code").GetInt32().ShouldBe(code);
            reply.GetProperty("id").GetRawText().ShouldBe(request.EndsWith("\"id\":7}", StringComparison.Ordinal) ? "7" : "null");
            await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":8}""");
            (await socket.ReceiveTextAsync()).ShouldBe("""{"result":[],"id":8}""");
        }
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-7")]
    [InlineData("\"7\"")]
    [InlineData("null")]
    public async Task S20_10_ids_are_echoed_with_their_type_on_both_kinds_of_socket(string id)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var streams = await client.ConnectAsync("/ws");
        using var api = await client.ConnectAsync("/ws-api/v3");

        await streams.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":""" + id + "}");
        (await streams.ReceiveAsync()).GetProperty("id").GetRawText().ShouldBe(id);
        foreach (var method in (string[])["ping", "v3/ping", "nosuch", "v3/nosuch"])
        {
            await api.SendAsync($$"""{"id":{{id}},"method":"{{method}}"}""");
            var reply = await api.ReceiveAsync();
            reply.GetProperty("id").GetRawText().ShouldBe(id);
            reply.GetProperty("status").GetInt32().ShouldBe(method.EndsWith("ping", StringComparison.Ordinal) ? 200 : 400);
        }
    }

    [Theory]
    [InlineData("/ws/btcusdt@trade?timeUnit=MICROSECOND", "")]
    [InlineData("/stream?streams=btcusdt@trade&timeUnit=microsecond", "data")]
    public async Task Times_of_events_are_told_in_the_unit_of_the_address(string path, string wrapper)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync(path);
        using var plain = await client.ConnectAsync("/ws/btcusdt@trade");

        var micros = await socket.ReceiveAsync();
        (wrapper.Length == 0 ? micros : micros.GetProperty(wrapper)).GetProperty("T").GetInt64().ShouldBeGreaterThan(1_000_000_000_000_000);
        (await plain.ReceiveAsync()).GetProperty("T").GetInt64().ShouldBeLessThan(10_000_000_000_000);
    }

    [Theory]
    [InlineData("/ws?timeUnit=NANOSECOND")]
    [InlineData("/ws-api/v3?timeUnit=NANOSECOND")]
    [InlineData("/ws-api/v3?responseFormat=sbe&sbeSchemaId=3&sbeSchemaVersion=4")]
    public async Task Addresses_that_ask_for_what_is_not_there_are_refused(string path)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        var refused = await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => client.ConnectAsync(path));
        refused.Message.ShouldContain("400");
    }

    private static async Task<JsonElement> AnswerAsync(TestSocket socket) => await socket.ReceiveAsync(m => m.TryGetProperty("result", out _));
}
