using Workbench.Core.Connections;
using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Tests.Transport;

public sealed class HttpPoolTests : HttpTransportRig
{
    [Fact]
    public void Primary_has_twenty_connections_and_a_backup_half_of_each_lane()
    {
        var primary = HttpPoolOptions.Of(PoolRole.Primary);
        var backup = HttpPoolOptions.Of(PoolRole.Backup);
        (primary.ReadConnections, primary.OrderConnections, primary.CancelConnections, primary.TotalConnections).ShouldBe((10, 6, 4, 20));
        (backup.ReadConnections, backup.OrderConnections, backup.CancelConnections, backup.TotalConnections).ShouldBe((5, 3, 2, 10));
        (primary.ConnectTimeout, primary.ConnectionIdleTimeout, primary.ConnectionLifetime).ShouldBe((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5)));
        new HttpTransportOptions().OrderTimeout.ShouldBeGreaterThan(TimeSpan.FromSeconds(10), "the venue gives its own engine ten seconds");
    }

    [Theory]
    [InlineData(true, 10)]
    [InlineData(false, 5)]
    public async Task Flood_of_reads_never_holds_up_an_order_or_a_cancel(bool isPrimary, int reads)
    {
        var role = isPrimary ? PoolRole.Primary : PoolRole.Backup;
        var arrived = new SemaphoreSlim(0);
        var server = Serve(async c =>
        {
            while (await c.ReadRequestAsync() is { } request)
            {
                if (request.StartsWith("GET", StringComparison.Ordinal))
                {
                    arrived.Release();
                    await c.UntilStoppedAsync();
                }

                await c.AnswerAsync("{}");
            }
        });
        using var transport = Create(HttpPoolOptions.Of(role), venue: "flooded");
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 200).Select(_ => SendAsync(server.Address("/read"), HttpMethod.Get, RequestLane.Read, transport, token: stop.Token)).ToList();
        for (var i = 0; i < reads; i++)
        {
            (await arrived.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeTrue();
        }

        (await SendAsync(server.Address("/order"), HttpMethod.Post, RequestLane.Order, transport).WaitAsync(Patience)).Status.ShouldBe(200);
        (await SendAsync(server.Address("/order"), HttpMethod.Delete, RequestLane.Cancel, transport).WaitAsync(Patience)).Status.ShouldBe(200);
        transport.PoolUse[0].ShouldBe(new HttpLaneUse(RequestLane.Read, reads, reads, reads, 200 - reads));
        transport.PoolUse[1].ShouldBe(new HttpLaneUse(RequestLane.Order, HttpPoolOptions.Of(role).OrderConnections, 1, 0, 0));
        server.Connections.ShouldBe(reads + 2);
        await stop.CancelAsync();
        var ended = await Task.WhenAll(flood).WaitAsync(Patience);
        ended.Count(r => r.Kind == HttpReplyKind.NotSent).ShouldBe(200 - reads, "what waited for a turn provably was not sent");
        (transport.PoolUse[0].InFlight, transport.PoolUse[0].Queued).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Connections_to_one_venue_in_one_role_share_its_pool_and_others_have_their_own()
    {
        var release = new SemaphoreSlim(0);
        var arrived = new SemaphoreSlim(0);
        var server = Serve(async c =>
        {
            while (await c.ReadRequestAsync() is not null)
            {
                arrived.Release();
                await release.WaitAsync(c.Stop);
                await c.AnswerAsync("{}");
            }
        });
        using var first = Create(venue: "binance");
        using var second = Create(venue: "binance");
        using var other = Create(venue: "bybit");
        var calls = Enumerable.Range(0, 20).Select(i => SendAsync(server.Address(), HttpMethod.Get, RequestLane.Read, i % 2 == 0 ? first : second)).ToList();
        for (var i = 0; i < 10; i++)
        {
            await arrived.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }

        first.PoolUse.ShouldBe(second.PoolUse);
        (first.PoolUse[0].InFlight, first.PoolUse[0].Queued, other.PoolUse[0].InFlight).ShouldBe((10, 10, 0));
        server.Connections.ShouldBe(10);
        release.Release(20);
        (await Task.WhenAll(calls).WaitAsync(Patience)).ShouldAllBe(r => r.Status == 200);
        server.Connections.ShouldBe(10);
    }

    [Fact]
    public async Task Transport_that_ends_takes_its_own_calls_along_and_leaves_those_of_others()
    {
        var release = new SemaphoreSlim(0);
        var arrived = new SemaphoreSlim(0);
        var server = Serve(async c =>
        {
            while (await c.ReadRequestAsync() is not null)
            {
                arrived.Release();
                await release.WaitAsync(c.Stop);
                await c.AnswerAsync("{}");
            }
        });
        var ending = Create(venue: "binance");
        using var staying = Create(venue: "binance");
        var lost = SendAsync(server.Address("/lost"), HttpMethod.Post, RequestLane.Order, ending);
        var kept = SendAsync(server.Address("/kept"), HttpMethod.Post, RequestLane.Order, staying);
        await arrived.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await arrived.WaitAsync(Patience, TestContext.Current.CancellationToken);

        ending.Dispose();
        (await lost.WaitAsync(Patience)).Error!.Message.ShouldBe("the connection is being closed");
        (await lost).Kind.ShouldBe(HttpReplyKind.Lost);
        (await SendAsync(server.Address("/late"), HttpMethod.Post, RequestLane.Order, ending)).Kind.ShouldBe(HttpReplyKind.NotSent);
        release.Release(10);
        (await kept.WaitAsync(Patience)).Status.ShouldBe(200);
        (await SendAsync(server.Address("/more"), HttpMethod.Post, RequestLane.Order, staying).WaitAsync(Patience)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Last_one_out_closes_the_connections_and_the_next_one_opens_new_ones()
    {
        var closed = new TaskCompletionSource();
        var server = Serve(async c =>
        {
            await AnswerAll(c);
            closed.TrySetResult();
        });
        var first = Create(venue: "binance");
        var second = Create(venue: "binance");
        await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order, first);
        first.Dispose();
        first.Dispose();
        (await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order, second)).Status.ShouldBe(200);
        server.Connections.ShouldBe(1);
        closed.Task.IsCompleted.ShouldBeFalse();
        second.Dispose();
        await closed.Task.WaitAsync(Patience);
        second.PoolUse.Sum(l => l.Open).ShouldBe(0);

        using var third = Create(venue: "binance");
        (await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order, third)).Status.ShouldBe(200);
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Headers_beyond_their_limit_are_a_bad_answer()
    {
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync($"HTTP/1.1 200 OK\r\nX: {new string('x', 70 << 10)}\r\nContent-Length: 2\r\n\r\n{{}}");
        });

        var reply = await SendAsync(server.Address(), HttpMethod.Post, RequestLane.Order);

        (reply.Kind, reply.Error!.Kind).ShouldBe((HttpReplyKind.Lost, VenueErrorKind.BadResponse));
    }

    [Fact]
    public async Task Compressed_answer_is_not_asked_for_and_not_unpacked()
    {
        var server = Serve(async c =>
        {
            await c.ReadRequestAsync();
            await c.AnswerAsync("bytes", headers: "Content-Encoding: gzip\r\n");
        });

        var reply = await SendAsync(server.Address(), HttpMethod.Get, RequestLane.Read);

        reply.Body.ToArray().ShouldBe("bytes"u8.ToArray());
        server.Requests.Single().ShouldNotContain("Accept-Encoding", Case.Insensitive);
    }
}
