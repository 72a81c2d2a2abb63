using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Tests.Transport;

public sealed class HttpTransportTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly HttpTransportOptions _options = new() { MaxResponseBytes = 64 << 10 };
    private readonly RateBudget _budget;
    private readonly HttpTransport _transport;

    public HttpTransportTests()
    {
        _budget = new RateBudget(_time);
        _transport = new HttpTransport(_options, _budget, _time, NullLogger.Instance);
    }

    [Fact]
    public async Task Answer_is_read_whole_with_status_headers_and_body()
    {
        var server = Serve(async c =>
        {
            while (await c.ReadRequestAsync() is not null)
            {
                await c.AnswerAsync("{\"a\":1}", headers: "X-MBX-USED-WEIGHT-1M: 12\r\nContent-Type: application/json\r\n");
            }
        });

        var reply = await SendAsync(server.Address("/api/v3/time"), HttpMethod.Get, RequestLane.Read);

        reply.Kind.ShouldBe(HttpReplyKind.Answered);
        reply.Status.ShouldBe(200);
        Encoding.UTF8.GetString(reply.Body.Span).ShouldBe("{\"a\":1}");
        reply.Headers["x-mbx-used-weight-1m"].ShouldBe("12");
        reply.Headers["content-type"].ShouldBe("application/json");
        reply.Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("/api/v3/order?symbol=BTCUSDT&a=%2D%7E%41&signature=ab%2Bc%3D")]
    [InlineData("/a/../b/%2e%2e/c?x=%zz&y=1+2")]
    [InlineData("/?newClientOrderId=%EF%BC%91")]
    public async Task Address_goes_on_the_wire_byte_for_byte(string pathAndQuery)
    {
        var server = Serve(AnswerAll);

        await SendAsync(server.Address(pathAndQuery), HttpMethod.Get, RequestLane.Read);

        server.Requests.ShouldHaveSingleItem().ShouldStartWith($"GET {pathAndQuery} HTTP/1.1\r\n");
    }

    [Fact]
    public async Task Address_put_together_from_base_and_relative_goes_on_the_wire_as_written()
    {
        var server = Serve(AnswerAll);

        await SendAsync(new Uri(server.Address(), "/api/v3/order?a=%2D&b=%41"), HttpMethod.Get, RequestLane.Read);

        server.Requests.ShouldHaveSingleItem().ShouldStartWith("GET /api/v3/order?a=%2D&b=%41 HTTP/1.1\r\n");
    }

    [Fact]
    public async Task Address_that_is_not_escaped_is_refused_before_it_is_sent()
    {
        var server = Serve(AnswerAll);

        var reply = await SendAsync(server.Address("/?symbol=１２３"), HttpMethod.Get, RequestLane.Read);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.InvalidRequest);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task N07_request_without_a_body_still_carries_empty_content(string method)
    {
        var server = Serve(AnswerAll);

        await SendAsync(server.Address(), new HttpMethod(method), RequestLane.Order);

        server.Requests.ShouldHaveSingleItem().ShouldContain("Content-Length: 0\r\n");
    }

    [Fact]
    public async Task Request_carries_body_content_type_and_headers_and_nothing_of_our_own()
    {
        var server = Serve(AnswerAll);

        await _transport.SendAsync(
            new HttpCall
            {
                Method = HttpMethod.Post,
                Address = server.Address("/v5/order/create"),
                Lane = RequestLane.Order,
                Body = "{\"x\":1}"u8.ToArray(),
                ContentType = "application/json",
                Headers = [new("X-BAPI-SIGN", "abc")],
            },
            TestContext.Current.CancellationToken);

        server.Requests.ShouldHaveSingleItem().ShouldBe(
            $"POST /v5/order/create HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nX-BAPI-SIGN: abc\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{{\"x\":1}}");
    }

    [Fact]
    public async Task Header_with_a_line_break_is_refused_before_it_is_sent()
    {
        var server = Serve(AnswerAll);

        var reply = await _transport.SendAsync(
            new HttpCall { Method = HttpMethod.Get, Address = server.Address(), Lane = RequestLane.Read, Headers = [new("X-A", "b\r\nX-C: d")] },
            TestContext.Current.CancellationToken);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RequestLane.Read)]
    [InlineData(RequestLane.Order)]
    [InlineData(RequestLane.Cancel)]
    public async Task N01_refused_connection_is_not_sent_and_the_venues_fault(RequestLane lane)
    {
        var reply = await SendAsync(new Uri($"http://127.0.0.1:{FreePort()}/"), HttpMethod.Post, lane);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Network);
        reply.Error.Code.ShouldBe("refused");
    }

    [Fact]
    public async Task N09_name_that_does_not_resolve_is_not_sent_and_our_side()
    {
        var reply = await SendAsync(new Uri("http://no-such-host.invalid/"), HttpMethod.Post, RequestLane.Order);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Local);
        reply.Error.Message.ShouldContain("no-such-host.invalid");
    }

    [Fact]
    public async Task N12_server_that_speaks_no_tls_is_not_sent()
    {
        var server = Serve(async c => await c.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"));

        var reply = await SendAsync(new Uri($"https://127.0.0.1:{server.Port}/"), HttpMethod.Post, RequestLane.Order);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Network);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task N03_request_that_is_never_answered_is_lost_at_the_deadline()
    {
        var read = new TaskCompletionSource();
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            read.SetResult();
            await c.UntilStoppedAsync();
        });

        var sending = SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order);
        await read.Task.WaitAsync(Patience);
        _time.Advance(_options.OrderTimeout - TimeSpan.FromMilliseconds(1));
        sending.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var reply = await sending.WaitAsync(Patience);

        reply.Kind.ShouldBe(HttpReplyKind.Lost);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Timeout);
        (reply.EndedAt - reply.SentAt).ShouldBe(_options.OrderTimeout);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_given_up_while_it_waits_for_a_connection_is_not_sent()
    {
        using var transport = new HttpTransport(_options with { MaxConnectionsPerServer = 1 }, _budget, _time, NullLogger.Instance);
        using var cancel = new CancellationTokenSource();
        var read = new TaskCompletionSource();
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            read.TrySetResult();
            await c.UntilStoppedAsync();
        });
        var first = SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order, transport);
        await read.Task.WaitAsync(Patience);

        var second = SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order, transport, token: cancel.Token);
        await cancel.CancelAsync();

        (await second.WaitAsync(Patience)).Kind.ShouldBe(HttpReplyKind.NotSent);
        (await second).Error!.Kind.ShouldBe(VenueErrorKind.Cancelled);
        server.Requests.Count.ShouldBe(1);
        _time.Advance(_options.OrderTimeout);
        (await first.WaitAsync(Patience)).Kind.ShouldBe(HttpReplyKind.Lost);
    }

    [Fact]
    public async Task N02_deadline_before_the_first_byte_is_not_sent()
    {
        // TLS that is never answered: the connection stands, and not one byte of the request may leave.
        var hello = new TaskCompletionSource();
        var server = Serve(async c =>
        {
            await c.ReadAsync(1);
            hello.SetResult();
            await c.UntilStoppedAsync();
        });

        var sending = SendAsync(new Uri($"https://127.0.0.1:{server.Port}/"), HttpMethod.Post, RequestLane.Order);
        await hello.Task.WaitAsync(Patience);
        _time.Advance(_options.OrderTimeout);
        var reply = await sending.WaitAsync(Patience);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Timeout);
    }

    [Fact]
    public async Task Cancelled_call_that_has_left_is_lost_and_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await cancel.CancelAsync();
            await c.UntilStoppedAsync();
        });

        var reply = await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order, token: cancel.Token);

        reply.Kind.ShouldBe(HttpReplyKind.Lost);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Cancelled);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_cancelled_beforehand_is_not_sent()
    {
        var server = Serve(AnswerAll);

        var reply = await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order, token: new CancellationToken(canceled: true));

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", RequestLane.Read)]
    [InlineData("POST", RequestLane.Order)]
    [InlineData("DELETE", RequestLane.Cancel)]
    public async Task N07_close_after_reading_gives_one_wire_request(string method, RequestLane lane)
    {
        var server = Serve(async c => await c.ReadRequestAsync());

        var reply = await SendAsync(server.Address(), new HttpMethod(method), lane);

        reply.Kind.ShouldBe(HttpReplyKind.Lost);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Network);
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("GET", RequestLane.Read)]
    [InlineData("POST", RequestLane.Order)]
    [InlineData("DELETE", RequestLane.Cancel)]
    public async Task N07_close_after_reading_on_a_reused_connection_gives_one_wire_request(string method, RequestLane lane)
    {
        // The case in which the HTTP stack re-sends by itself: the connection has served a request before.
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("first");
            await c.ReadRequestAsync();
        });
        await SendAsync(server.Address("/first"), new HttpMethod(method), lane);

        var reply = await SendAsync(server.Address("/second"), new HttpMethod(method), lane);

        reply.Kind.ShouldBe(HttpReplyKind.Lost);
        server.Requests.Count(r => r.Contains("/second", StringComparison.Ordinal)).ShouldBe(1);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task N08_connection_closed_while_idle_is_replaced_and_the_call_is_sent_once()
    {
        var closed = new TaskCompletionSource();
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("ok", headers: c.Number == 1 ? "Connection: close\r\n" : "");
            closed.TrySetResult();
        });
        await SendAsync(server.Address("/first"), HttpMethod.Post, RequestLane.Order);
        await closed.Task.WaitAsync(Patience);

        var reply = await SendAsync(server.Address("/second"), HttpMethod.Post, RequestLane.Order);

        reply.Kind.ShouldBe(HttpReplyKind.Answered);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task N08_connection_closed_by_the_peer_without_warning_never_doubles_a_call()
    {
        // The close races with our next send: replaced connection, or lost; never twice on the wire, and "not sent" only if it was not.
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("ok");
        });
        for (var i = 0; i < 200; i++)
        {
            var reply = await SendAsync(server.Address($"/n{i}-"), HttpMethod.Post, RequestLane.Order);
            var seen = server.Requests.Count(r => r.Contains($"/n{i}-", StringComparison.Ordinal));
            seen.ShouldBeLessThanOrEqualTo(1);
            if (reply.Kind != HttpReplyKind.Lost)
            {
                seen.ShouldBe(reply.Kind == HttpReplyKind.Answered ? 1 : 0);
            }
        }
    }

    [Fact]
    public async Task N06_reset_after_any_number_of_bytes_is_lost_and_sent_once()
    {
        const string answer = "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"orderId\":1234}";
        for (var bytes = 0; bytes < answer.Length; bytes++)
        {
            var server = Serve(async c =>
            {
                await c.ReadRequestAsync();
                await c.WriteAsync(answer[..bytes]);
                c.Reset();
            });

            var reply = await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order);

            reply.Kind.ShouldBe(HttpReplyKind.Lost, $"after {bytes} bytes");
            reply.Body.IsEmpty.ShouldBeTrue();
            server.Requests.Count.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"orderId\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ord\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Enc")]
    [InlineData("HTTP/1.1 2")]
    public async Task N06_half_an_answer_is_lost_and_sent_once(string half)
    {
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync(half);
        });

        var reply = await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order);

        reply.Kind.ShouldBe(HttpReplyKind.Lost);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task N05_slow_answer_is_cut_by_the_total_deadline()
    {
        var half = new TaskCompletionSource();
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            half.SetResult();
            while (true)
            {
                await Task.Delay(5, c.Stop);
                await c.WriteAsync(" ");
                await c.UntilStoppedAsync();
            }
        });

        var sending = SendAsync(server.Address(), HttpMethod.Get, RequestLane.Read);
        await half.Task.WaitAsync(Patience);
        _time.Advance(_options.ReadTimeout);
        var reply = await sending.WaitAsync(Patience);

        reply.Kind.ShouldBe(HttpReplyKind.Lost);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Timeout);
    }

    [Theory]
    [InlineData("Content-Length: 65537\r\n")]
    [InlineData("")]
    public async Task Answer_beyond_the_size_limit_is_a_bad_response(string length)
    {
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync($"HTTP/1.1 200 OK\r\n{length}\r\n{new string('x', (64 << 10) + 1)}");
        });

        var reply = await SendAsync(server.Address(), HttpMethod.Get, RequestLane.Read);

        reply.Kind.ShouldBe(HttpReplyKind.Lost);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public async Task Answer_of_exactly_the_size_limit_is_read()
    {
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync($"HTTP/1.1 200 OK\r\n\r\n{new string('x', 64 << 10)}");
        });

        (await SendAsync(server.Address(), HttpMethod.Get, RequestLane.Read)).Body.Length.ShouldBe(64 << 10);
    }

    [Fact]
    public async Task N13_redirect_is_handed_back_and_not_followed()
    {
        var other = Serve(AnswerAll);
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("", "302 Found", $"Location: {other.Address("/steal")}\r\n");
        });

        var reply = await SendAsync(server.Address(), HttpMethod.Get, RequestLane.Read);

        reply.Status.ShouldBe(302);
        other.Requests.ShouldBeEmpty();
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task N14_html_is_an_answer_whose_meaning_the_dialect_judges()
    {
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("<html>login</html>", headers: "Content-Type: text/html\r\n");
        });

        var reply = await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order);

        reply.Kind.ShouldBe(HttpReplyKind.Answered);
        Encoding.UTF8.GetString(reply.Body.Span).ShouldBe("<html>login</html>");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Bytes_that_are_not_http_are_lost_and_sent_once()
    {
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("SSH-2.0-OpenSSH\r\n\r\n");
        });

        (await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order)).Kind.ShouldBe(HttpReplyKind.Lost);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Used_up_budget_is_not_sent_and_says_when()
    {
        _budget.Declare(10, TimeSpan.FromMinutes(1));
        var server = Serve(AnswerAll);

        (await SendAsync(server.Address(), HttpMethod.Get, RequestLane.Read, weight: 9)).Kind.ShouldBe(HttpReplyKind.Answered);
        var refused = await SendAsync(server.Address(), HttpMethod.Get, RequestLane.Read, weight: 1);
        var cancel = await SendAsync(server.Address(), HttpMethod.Delete, RequestLane.Cancel, weight: 1);

        refused.Kind.ShouldBe(HttpReplyKind.NotSent);
        refused.Error!.Kind.ShouldBe(VenueErrorKind.RateLimited);
        refused.Error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(55));
        cancel.Kind.ShouldBe(HttpReplyKind.Answered);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Call_on_a_disposed_transport_is_a_value_too()
    {
        _transport.Dispose();

        var reply = await SendAsync(new Uri("http://127.0.0.1:1/"), HttpMethod.Get, RequestLane.Read);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Cancelled);
    }

    [Fact]
    public async Task Error_text_never_holds_the_query()
    {
        var server = Serve(async c => await c.ReadRequestAsync());

        var reply = await SendAsync(server.Address("/api?signature=topsecret"), HttpMethod.Post, RequestLane.Order);

        reply.Error!.ToString().ShouldNotContain("topsecret");
    }

    [Fact]
    public async Task Many_calls_at_once_are_each_sent_once_and_answered_by_their_own_answer()
    {
        var server = Serve(async c =>
        {
            while (await c.ReadRequestAsync() is { } request)
            {
                await c.AnswerAsync(request.Split(' ')[1]);
            }
        });

        var replies = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => SendAsync(server.Address($"/{i}"), HttpMethod.Post, RequestLane.Order)));

        replies.Select(r => Encoding.UTF8.GetString(r.Body.Span)).ShouldBe(Enumerable.Range(0, 300).Select(i => $"/{i}"));
        server.Requests.Count.ShouldBe(300);
        server.Connections.ShouldBeLessThanOrEqualTo(_options.MaxConnectionsPerServer);
    }

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    private static async Task AnswerAll(RawConnection connection)
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            await connection.AnswerAsync("{}");
        }
    }

    private static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    private RawServer Serve(Func<RawConnection, Task> script)
    {
        var server = new RawServer(script);
        _servers.Add(server);
        return server;
    }

    private Task<HttpReply> SendAsync(Uri address, HttpMethod method, RequestLane lane, HttpTransport? transport = null, int weight = 1, CancellationToken? token = null) =>
        (transport ?? _transport).SendAsync(
            new HttpCall { Method = method, Address = address, Lane = lane, Weight = weight },
            token ?? TestContext.Current.CancellationToken).AsTask();
}
