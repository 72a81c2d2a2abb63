using Workbench.Sdk;

namespace Workbench.Tests.Transport;

/// <summary>One call is one request on the wire, whatever the server does: counted at the server, on fresh and on used connections.</summary>
public sealed class SingleRequestTests : HttpTransportRig
{
    private const string Marker = "/attempt";

    // After the deed the connection ends, unless it says otherwise; what comes on any further connection is read and answered, so that a second request would be seen and would succeed.
    private static readonly Dictionary<string, Func<RawConnection, Task>> Deeds = new()
    {
        ["close"] = _ => Task.CompletedTask,
        ["reset"] = Sync(c => c.Reset()),
        ["end of speech"] = Sync(c => c.ShutdownSend()),
        ["half a status line"] = c => c.WriteAsync("HTTP/1."),
        ["status line only"] = c => c.WriteAsync("HTTP/1.1 200 OK\r\n"),
        ["headers, no body"] = c => c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"),
        ["half a body, reset"] = async c =>
        {
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"a\":");
            c.Reset();
        },
        ["half a chunk"] = c => c.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"a\""),
        ["100 and close"] = c => c.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"),
        ["103 and reset"] = async c =>
        {
            await c.WriteAsync("HTTP/1.1 103 Early Hints\r\n\r\n");
            c.Reset();
        },
        ["garbage"] = c => c.WriteAsync("\u0000\u0001nonsense\r\n\r\n"),
        ["http/1.0 503"] = c => c.WriteAsync("HTTP/1.0 503 Service Unavailable\r\n\r\n"),
        ["200 until close"] = c => c.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}"),
        ["301"] = c => c.AnswerAsync("", "301 Moved Permanently", "Location: /attempt\r\n"),
        ["302"] = c => c.AnswerAsync("", "302 Found", "Location: /attempt\r\n"),
        ["307"] = c => c.AnswerAsync("", "307 Temporary Redirect", "Location: /attempt\r\n"),
        ["308"] = c => c.AnswerAsync("", "308 Permanent Redirect", "Location: /attempt\r\n"),
        ["401"] = c => c.AnswerAsync("", "401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n"),
        ["407"] = c => c.AnswerAsync("", "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n"),
        ["408"] = c => c.AnswerAsync("", "408 Request Timeout", "Connection: close\r\n"),
        ["421"] = c => c.AnswerAsync("", "421 Misdirected Request"),
        ["425"] = c => c.AnswerAsync("", "425 Too Early"),
        ["429"] = c => c.AnswerAsync("", "429 Too Many Requests", "Retry-After: 0\r\n"),
        ["500"] = c => c.AnswerAsync("", "500 Internal Server Error"),
        ["502 and close"] = c => c.AnswerAsync("", "502 Bad Gateway", "Connection: close\r\n"),
        ["503"] = c => c.AnswerAsync("", "503 Service Unavailable"),
        ["503, retry after 0"] = c => c.AnswerAsync("", "503 Service Unavailable", "Retry-After: 0\r\n"),
        ["503 and reset"] = async c =>
        {
            await c.AnswerAsync("", "503 Service Unavailable");
            c.Reset();
        },
        ["504"] = c => c.AnswerAsync("", "504 Gateway Timeout"),
    };

    public static TheoryData<string> Names => [.. Deeds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task N07_one_call_is_one_wire_request_whatever_the_server_does(string deed)
    {
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Delete, HttpMethod.Put })
        {
            foreach (var isUsed in new[] { false, true })
            {
                foreach (var lane in new[] { RequestLane.Order, RequestLane.Cancel })
                {
                    await OnceAsync(deed, method, isUsed, lane);
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task N07_connection_that_ends_before_it_reads_never_gets_a_second_request(bool isReset)
    {
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Delete, HttpMethod.Put })
        {
            for (var round = 0; round < 20; round++)
            {
                var server = Serve(async c =>
                {
                    if (c.Number > 1)
                    {
                        await AnswerAll(c);
                    }
                    else if (isReset)
                    {
                        c.Reset();
                    }
                });
                using var transport = Create(venue: $"{isReset}{method}{round}");

                var reply = await SendAsync(server.Address(Marker), method, RequestLane.Order, transport).WaitAsync(Patience);

                server.Requests.Count.ShouldBe(reply.Kind == HttpReplyKind.Answered ? 1 : 0, "it went to a connection that lived, and to no other, or nowhere");
            }
        }
    }

    private static Func<RawConnection, Task> Sync(Action<RawConnection> act) => c =>
    {
        act(c);
        return Task.CompletedTask;
    };

    private async Task OnceAsync(string deed, HttpMethod method, bool isUsed, RequestLane lane)
    {
        var server = Serve(async c =>
        {
            while (c.Number == 1 && await c.ReadRequestAsync() is { } request)
            {
                if (request.Contains(Marker, StringComparison.Ordinal))
                {
                    await Deeds[deed](c);
                    return;
                }

                await c.AnswerAsync("{}");
            }

            await AnswerAll(c);
        });
        using var transport = Create(venue: $"{deed} {method} {isUsed} {lane}");
        if (isUsed)
        {
            (await SendAsync(server.Address("/first"), method, lane, transport).WaitAsync(Patience)).Status.ShouldBe(200);
        }

        var reply = await SendAsync(server.Address(Marker), method, lane, transport).WaitAsync(Patience);

        server.Requests.Count(r => r.Contains(Marker, StringComparison.Ordinal)).ShouldBe(1, $"{deed}, {method}, used {isUsed}, {lane}");
        reply.Kind.ShouldNotBe(HttpReplyKind.NotSent, $"{deed}, {method}, used {isUsed}, {lane}");
    }
}
