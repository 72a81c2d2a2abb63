using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;
using Workbench.Transport;
using Workbench.Transport.Budgets;

namespace Workbench.Tests.Transport;

public sealed class WebSocketTransportTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly ConnectionBudget _budget;
    private readonly WebSocketTransport _transport;

    public WebSocketTransportTests()
    {
        _budget = new VenueBudgets(new MemoryBudgetStore(), _time).For("venue", null, isRemembered: true);
        _transport = new WebSocketTransport(new VenueNetwork(_time), new WebSocketOptions { MaxMessageBytes = 100_000 }, _budget, _time, NullLogger.Instance);
    }

    [Fact]
    public async Task Message_comes_whole_with_the_time_of_its_last_byte()
    {
        var socket = await OpenAsync(async s =>
        {
            await s.SendAsync("{\"e\":\"trade\"}");
            await s.ReadAsync();
        });

        var message = await ReceiveAsync(socket);

        Encoding.UTF8.GetString(message.Payload.Span).ShouldBe("{\"e\":\"trade\"}");
        message.ReceivedAt.ShouldBe(Timestamp.Now(_time));
        message.End.ShouldBeNull();
    }

    [Fact]
    public async Task N15_fragments_split_at_every_byte_are_put_together()
    {
        var text = "{\"x\":\"äöü€\"}";
        var bytes = Encoding.UTF8.GetBytes(text);
        var socket = await OpenAsync(async s =>
        {
            for (var cut = 1; cut < bytes.Length; cut++)
            {
                await s.FrameAsync(RawWebSocket.Text, bytes[..cut], final: false);
                await s.FrameAsync(RawWebSocket.Ping, [1]);
                await s.FrameAsync(RawWebSocket.Continuation, bytes[cut..]);
            }

            while (true)
            {
                await s.ReadAsync(); // The pongs; closing with some of them unread would reset the connection.
            }
        });

        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Encoding.UTF8.GetString((await ReceiveAsync(socket)).Payload.Span).ShouldBe(text);
        }
    }

    [Fact]
    public async Task N15_many_messages_in_one_packet_and_bytes_one_by_one_come_out_alike()
    {
        byte[] packet = [.. RawWebSocket.Frame(RawWebSocket.Text, "one"u8.ToArray()), .. RawWebSocket.Frame(RawWebSocket.Text, "two"u8.ToArray())];
        var server = Serve(async c =>
        {
            var s = await RawWebSocket.AcceptAsync(c);
            await c.WriteAsync(packet);
            foreach (var b in packet)
            {
                await c.WriteAsync(new[] { b });
            }

            await s.ReadAsync();
        });
        var socket = await ConnectAsync(server);

        foreach (var expected in new[] { "one", "two", "one", "two" })
        {
            Encoding.UTF8.GetString((await ReceiveAsync(socket)).Payload.Span).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public async Task N15_message_is_bounded_in_size(int length, bool comes)
    {
        var socket = await OpenAsync(async s =>
        {
            await s.SendAsync(new string('x', length));
            await s.ReadAsync();
        });

        var message = await ReceiveAsync(socket);

        message.Payload.Length.ShouldBe(comes ? length : 0);
        message.End?.Kind.ShouldBe(VenueErrorKind.BadResponse);
        (message.End is null).ShouldBe(comes);
    }

    [Theory]
    [InlineData(1000, VenueErrorKind.Network)]
    [InlineData(1001, VenueErrorKind.Network)]
    [InlineData(1008, VenueErrorKind.Network)]
    [InlineData(1011, VenueErrorKind.Unavailable)]
    [InlineData(1012, VenueErrorKind.Unavailable)]
    [InlineData(1013, VenueErrorKind.Unavailable)]
    public async Task N17_close_code_becomes_the_end_and_stays_the_end(int code, VenueErrorKind kind)
    {
        var goodbye = new TaskCompletionSource<byte>();
        var socket = await OpenAsync(async s =>
        {
            await s.CloseAsync(code, "because\u0007");
            goodbye.SetResult((await s.ReadAsync()).Opcode);
        });

        var end = (await ReceiveAsync(socket)).End;

        end!.Kind.ShouldBe(kind);
        end.Code.ShouldBe($"{code}");
        end.Message.ShouldContain("because?");
        (await ReceiveAsync(socket)).End.ShouldBeSameAs(end);
        (await goodbye.Task.WaitAsync(Patience)).ShouldBe(RawWebSocket.Close);
    }

    [Fact]
    public async Task N17_close_without_a_frame_is_1006()
    {
        var socket = await OpenAsync(_ => Task.CompletedTask);

        var end = (await ReceiveAsync(socket)).End;

        end!.Kind.ShouldBe(VenueErrorKind.Network);
        end.Code.ShouldBe("1006");
    }

    [Fact]
    public async Task Reset_connection_is_an_end()
    {
        var server = Serve(async c =>
        {
            await RawWebSocket.AcceptAsync(c);
            c.Reset();
        });
        var socket = await ConnectAsync(server);

        (await ReceiveAsync(socket)).End!.Kind.ShouldBe(VenueErrorKind.Network);
    }

    [Fact]
    public async Task N04_peer_that_answers_no_ping_is_an_end()
    {
        var options = new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMilliseconds(50), KeepAliveTimeout = TimeSpan.FromMilliseconds(50) };
        await using var transport = new WebSocketTransport(new VenueNetwork(TimeProvider.System), options, _budget, TimeProvider.System, NullLogger.Instance);
        var server = Serve(async c =>
        {
            await RawWebSocket.AcceptAsync(c);
            await c.UntilStoppedAsync();
        });
        var socket = (await transport.ConnectAsync(WebSocketAddress(server), TestContext.Current.CancellationToken)).Value;

        var end = (await ReceiveAsync(socket)).End;

        end!.Kind.ShouldBe(VenueErrorKind.Timeout);
        end.Code.ShouldBe("ping");
    }

    [Fact]
    public async Task Ping_of_the_venue_is_answered_with_its_payload()
    {
        var pong = new TaskCompletionSource<(byte Opcode, byte[] Payload)>();
        var socket = await OpenAsync(async s =>
        {
            await s.FrameAsync(RawWebSocket.Ping, "1699999999"u8.ToArray());
            pong.SetResult(await s.ReadAsync());
        });

        _ = socket.ReceiveAsync(TestContext.Current.CancellationToken).AsTask();
        var (opcode, payload) = await pong.Task.WaitAsync(Patience);

        opcode.ShouldBe(RawWebSocket.Pong);
        Encoding.ASCII.GetString(payload).ShouldBe("1699999999");
    }

    [Fact]
    public async Task Cancelled_receive_is_the_end()
    {
        using var cancel = new CancellationTokenSource();
        var socket = await OpenAsync(s => s.ReadAsync());

        var receiving = socket.ReceiveAsync(cancel.Token);
        await cancel.CancelAsync();

        (await receiving.AsTask().WaitAsync(Patience)).End!.Kind.ShouldBe(VenueErrorKind.Cancelled);
    }

    [Fact]
    public async Task Sends_from_many_threads_arrive_as_whole_messages()
    {
        var seen = new TaskCompletionSource<string[]>();
        var socket = await OpenAsync(async s =>
        {
            var texts = new List<string>();
            while (texts.Count < 200)
            {
                texts.Add(Encoding.UTF8.GetString((await s.ReadAsync()).Payload));
            }

            seen.SetResult([.. texts]);
        });

        var errors = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() =>
            socket.SendAsync(Encoding.UTF8.GetBytes($"{i}:{new string('x', i * 50)}"), TestContext.Current.CancellationToken).AsTask())));

        errors.ShouldAllBe(e => e == null);
        (await seen.Task.WaitAsync(Patience)).ShouldBe(Enumerable.Range(0, 200).Select(i => $"{i}:{new string('x', i * 50)}"), ignoreOrder: true);
    }

    [Fact]
    public async Task Send_after_the_end_gives_a_reason()
    {
        var socket = await OpenAsync(s => s.CloseAsync(1001, ""));
        await ReceiveAsync(socket);

        (await socket.SendAsync("x"u8.ToArray(), TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Disposing_the_transport_ends_every_socket_and_refuses_new_ones()
    {
        var server = Serve(async c => await (await RawWebSocket.AcceptAsync(c)).ReadAsync());
        var sockets = new List<IVenueSocket>();
        for (var i = 0; i < 3; i++)
        {
            sockets.Add(await ConnectAsync(server));
        }

        var receiving = sockets.Select(s => ReceiveAsync(s)).ToArray();
        _transport.OpenCount.ShouldBe(3);

        await _transport.DisposeAsync();

        (await Task.WhenAll(receiving)).ShouldAllBe(m => m.End!.Kind == VenueErrorKind.Cancelled);
        _transport.OpenCount.ShouldBe(0);
        (await _transport.ConnectAsync(WebSocketAddress(server), TestContext.Current.CancellationToken)).IsOk.ShouldBeFalse();
    }

    [Fact]
    public async Task Disposed_socket_is_forgotten()
    {
        var socket = await OpenAsync(s => s.ReadAsync());

        await socket.DisposeAsync();
        await socket.DisposeAsync();

        _transport.OpenCount.ShouldBe(0);
        (await ReceiveAsync(socket)).End!.Kind.ShouldBe(VenueErrorKind.Cancelled);
    }

    [Theory]
    [InlineData("429 Too Many Requests", "Retry-After: 7\r\n", VenueErrorKind.RateLimited, 7)]
    [InlineData("429 Too Many Requests", "", VenueErrorKind.RateLimited, 5)]
    [InlineData("429 Too Many Requests", "Retry-After: 9999999\r\n", VenueErrorKind.RateLimited, 3600)]
    [InlineData("418 I'm a teapot", "Retry-After: 90\r\n", VenueErrorKind.Banned, 90)]
    [InlineData("418 I'm a teapot", "Retry-After: -1\r\n", VenueErrorKind.Banned, 120)]
    [InlineData("503 Service Unavailable", "", VenueErrorKind.Unavailable, null)]
    [InlineData("302 Found", "Location: ws://127.0.0.1:1/\r\n", VenueErrorKind.BadResponse, null)]
    public async Task Refused_upgrade_says_what_the_venue_answered(string status, string headers, VenueErrorKind kind, int? retrySeconds)
    {
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("", status, headers);
        });

        var error = (await _transport.ConnectAsync(WebSocketAddress(server), TestContext.Current.CancellationToken)).Error;

        error!.Kind.ShouldBe(kind);
        error.Message.ShouldContain(status[..3]);
        error.RetryAfter.ShouldBe(retrySeconds is { } s ? TimeSpan.FromSeconds(s) : null);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task N02_upgrade_that_is_never_answered_ends_at_the_connect_timeout()
    {
        var read = new TaskCompletionSource();
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            read.SetResult();
            await c.UntilStoppedAsync();
        });

        var connecting = _transport.ConnectAsync(WebSocketAddress(server), TestContext.Current.CancellationToken);
        await read.Task.WaitAsync(Patience);
        _time.Advance(new WebSocketOptions().ConnectTimeout);

        (await connecting.WaitAsync(Patience)).Error!.Kind.ShouldBe(VenueErrorKind.Timeout);
    }

    [Fact]
    public async Task N13_redirect_of_an_upgrade_is_refused_and_nobody_else_is_asked()
    {
        var thief = Serve(async c => await c.ReadRequestAsync());
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("", "302 Found", $"Location: {WebSocketAddress(thief)}\r\n");
        });

        var error = (await _transport.ConnectAsync(WebSocketAddress(server), TestContext.Current.CancellationToken).WaitAsync(Patience)).Error!;

        (error.Kind, error.Code, thief.Connections).ShouldBe((VenueErrorKind.BadResponse, "302", 0));
    }

    [Fact]
    public async Task N14_page_instead_of_a_websocket_is_a_bad_response()
    {
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("<html>log in</html>", headers: "Content-Type: text/html\r\n");
        });

        var error = (await _transport.ConnectAsync(WebSocketAddress(server), TestContext.Current.CancellationToken).WaitAsync(Patience)).Error!;

        (error.Kind, error.Code).ShouldBe((VenueErrorKind.BadResponse, "200"));
    }

    [Fact]
    public async Task Refused_connection_is_the_venues_fault()
    {
        var server = new RawServer(_ => Task.CompletedTask);
        var address = WebSocketAddress(server);
        await server.DisposeAsync();

        var error = (await _transport.ConnectAsync(address, TestContext.Current.CancellationToken)).Error;

        error!.Kind.ShouldBe(VenueErrorKind.Network);
        error.Code.ShouldBe("refused");
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static Uri WebSocketAddress(RawServer server) => new($"ws://127.0.0.1:{server.Port}/ws?streams=a%2Fb");

    private static Task<SocketMessage> ReceiveAsync(IVenueSocket socket) =>
        socket.ReceiveAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    private RawServer Serve(Func<RawConnection, Task> script)
    {
        var server = new RawServer(script);
        _servers.Add(server);
        return server;
    }

    private Task<IVenueSocket> OpenAsync(Func<RawWebSocket, Task> script) => ConnectAsync(Serve(async c => await script(await RawWebSocket.AcceptAsync(c))));

    private async Task<IVenueSocket> ConnectAsync(RawServer server) =>
        (await _transport.ConnectAsync(WebSocketAddress(server), TestContext.Current.CancellationToken)).Value;
}
