using System.Text;
using Workbench.Sdk;

namespace Workbench.Tests.Transport;
public sealed class HttpTransportTests : HttpTransportRig
{
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

        await Transport.SendAsync(
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

        var reply = await Transport.SendAsync(
            new HttpCall { Method = HttpMethod.Get, Address = server.Address(), Lane = RequestLane.Read, Headers = [new("X-A", "b\r\nX-C: d")] },
            TestContext.Current.CancellationToken);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        server.Requests.ShouldBeEmpty();
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
        Budget.Declare(new RateLimit { Class = Weight, Most = 10, Window = TimeSpan.FromMinutes(1), Kind = RateWindowKind.Aligned });
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
        Transport.Dispose();

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
        server.Connections.ShouldBeLessThanOrEqualTo(6);
    }
}
