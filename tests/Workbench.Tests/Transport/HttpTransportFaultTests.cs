using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Tests.Transport;
public sealed class HttpTransportFaultTests : HttpTransportRig
{
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
        Time.Advance(Options.OrderTimeout - TimeSpan.FromMilliseconds(1));
        sending.IsCompleted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var reply = await sending.WaitAsync(Patience);

        reply.Kind.ShouldBe(HttpReplyKind.Lost);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Timeout);
        (reply.EndedAt - reply.SentAt).ShouldBe(Options.OrderTimeout);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_given_up_while_it_waits_for_a_connection_is_not_sent()
    {
        using var transport = Create(HttpPoolOptions.Of(PoolRole.Primary) with { OrderConnections = 1 }, venue: "other");
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
        Time.Advance(Options.OrderTimeout);
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
        Time.Advance(Options.OrderTimeout);
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
        Time.Advance(Options.ReadTimeout);
        var reply = await sending.WaitAsync(Patience);

        reply.Kind.ShouldBe(HttpReplyKind.Lost);
        reply.Error!.Kind.ShouldBe(VenueErrorKind.Timeout);
    }

    [Fact]
    public async Task N05_answer_of_one_byte_a_second_is_cut_at_ten_seconds_however_lively()
    {
        // Not disposed: the server may still wait for one when the test is over, and a wait in a disposed semaphore never ends, cancelled or not.
        var second = new SemaphoreSlim(0);
        var written = new SemaphoreSlim(0);
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
            while (true)
            {
                written.Release();
                await second.WaitAsync(c.Stop);
                await c.WriteAsync(" ");
            }
        });

        var sending = SendAsync(server.Address(), HttpMethod.Get, RequestLane.Read);
        for (var i = 0; i < 10; i++)
        {
            (await written.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeTrue();
            sending.IsCompleted.ShouldBeFalse();
            Time.Advance(TimeSpan.FromSeconds(1));
            second.Release();
        }

        var reply = await sending.WaitAsync(Patience);

        (reply.Kind, reply.Error!.Kind, reply.EndedAt - reply.SentAt).ShouldBe((HttpReplyKind.Lost, VenueErrorKind.Timeout, TimeSpan.FromSeconds(10)));
        Transport.PoolUse[0].InFlight.ShouldBe(0, "the lane is free again");
    }

    [Theory]
    [InlineData("301")]
    [InlineData("302")]
    [InlineData("303")]
    [InlineData("307")]
    [InlineData("308")]
    public async Task N13_redirect_of_a_signed_call_is_refused_and_its_key_goes_nowhere(string status)
    {
        var thief = Serve(AnswerAll);
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("", $"{status} Redirect", $"Location: {thief.Address("/steal")}\r\n");
        });

        var reply = await Transport.SendAsync(
            new HttpCall { Method = HttpMethod.Post, Address = server.Address("/order"), Lane = RequestLane.Order, Headers = [new("X-MBX-APIKEY", "key")] },
            TestContext.Current.CancellationToken);

        reply.Status.ShouldBe(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));
        (thief.Connections, server.Requests.Count).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Deadlines_are_used_again_and_none_reaches_into_the_next_call()
    {
        var server = Serve(AnswerAll);
        for (var i = 0; i < 50; i++)
        {
            var reply = await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order);
            reply.Status.ShouldBe(200, reply.Error?.ToString());
            Time.Advance(Options.OrderTimeout - TimeSpan.FromMilliseconds(1)); // Nearly the last call's deadline, and far past those before.
        }

        using var given = new CancellationTokenSource();
        (await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order, token: given.Token)).Status.ShouldBe(200);
        await given.CancelAsync();
        (await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order)).Status.ShouldBe(200, "a caller that gave up later has nothing to do with this one");
    }
}
