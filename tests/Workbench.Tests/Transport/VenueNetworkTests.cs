using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Tests.Transport;

public sealed class VenueNetworkTests : HttpTransportRig
{
    private readonly FakeResolver _resolver = new();
    private readonly VenueNetwork _network;

    public VenueNetworkTests() => _network = new VenueNetwork(Time, _resolver);

    [Fact]
    public async Task N02_black_hole_on_connect_ends_at_the_connect_timeout_and_is_not_sent()
    {
        // A listener whose queue is full drops every further SYN: this is what a black hole looks like.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(1);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using var first = new TcpClient();
        using var second = new TcpClient();
        await first.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await second.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        using var transport = Create(pools: new HttpPools(_network));

        var sending = SendAsync(new Uri($"http://venue.test:{port}/"), HttpMethod.Post, RequestLane.Order, transport);
        await _resolver.Asked.WaitAsync(Patience);
        Time.Advance(TimeSpan.FromMilliseconds(4_999));
        sending.IsCompleted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var reply = await sending.WaitAsync(Patience);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        (reply.Error!.Kind, reply.Error.Message).ShouldBe((VenueErrorKind.Timeout, $"no connection to venue.test:{port} within the connect timeout"));
        (reply.EndedAt - reply.SentAt).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(SocketError.HostNotFound)]
    [InlineData(SocketError.NoData)]
    [InlineData(SocketError.TryAgain)]
    [InlineData(SocketError.NoRecovery)]
    public async Task N09_resolver_that_fails_is_our_side_and_nothing_is_sent(SocketError error)
    {
        _resolver.Answer = _ => Task.FromException<IPAddress[]>(new SocketException((int)error));
        using var transport = Create(pools: new HttpPools(_network));

        var reply = await SendAsync(new Uri("https://venue.test/order"), HttpMethod.Post, RequestLane.Order, transport).WaitAsync(Patience);

        (reply.Kind, reply.Error).ShouldBe((HttpReplyKind.NotSent, new VenueError(VenueErrorKind.Local, "DNS does not resolve venue.test", "dns")));
    }

    [Fact]
    public async Task N09_name_without_addresses_is_our_side()
    {
        _resolver.Answer = _ => Task.FromResult<IPAddress[]>([]);
        using var transport = Create(pools: new HttpPools(_network));

        var reply = await SendAsync(new Uri("https://venue.test/"), HttpMethod.Post, RequestLane.Order, transport).WaitAsync(Patience);

        (reply.Kind, reply.Error!.Code).ShouldBe((HttpReplyKind.NotSent, "dns"));
    }

    [Fact]
    public async Task N09_resolver_that_never_answers_ends_at_the_connect_timeout_as_our_side()
    {
        _resolver.Answer = _ => new TaskCompletionSource<IPAddress[]>().Task;
        using var transport = Create(pools: new HttpPools(_network));

        var sending = SendAsync(new Uri("http://venue.test/"), HttpMethod.Post, RequestLane.Order, transport);
        await _resolver.Asked.WaitAsync(Patience);
        Time.Advance(TimeSpan.FromSeconds(5));
        var reply = await sending.WaitAsync(Patience);

        (reply.Kind, reply.Error!.Kind, reply.Error.Code).ShouldBe((HttpReplyKind.NotSent, VenueErrorKind.Local, "dns"));
    }

    [Fact]
    public async Task N09_sockets_that_are_open_stay_when_the_resolver_fails()
    {
        var server = Serve(AnswerAll);
        using var transport = Create(pools: new HttpPools(_network));
        (await SendAsync(Named(server, "/1"), HttpMethod.Post, RequestLane.Order, transport)).Status.ShouldBe(200);
        _resolver.Answer = _ => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.TryAgain));

        (await SendAsync(Named(server, "/2"), HttpMethod.Post, RequestLane.Order, transport)).Status.ShouldBe(200);
        (await SendAsync(Named(server, "/3"), HttpMethod.Post, RequestLane.Cancel, transport)).Error!.Code.ShouldBe("dns", "another lane has no connection yet");
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task N09_websocket_whose_name_does_not_resolve_is_our_side()
    {
        _resolver.Answer = _ => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
        await using var sockets = new WebSocketTransport(_network, new WebSocketOptions(), Budget, Time, NullLogger.Instance);

        var error = (await sockets.ConnectAsync(new Uri("wss://venue.test/ws"), TestContext.Current.CancellationToken).WaitAsync(Patience)).Error!;

        (error.Kind, error.Code).ShouldBe((VenueErrorKind.Local, "dns"));
    }

    [Fact]
    public async Task N10_new_connections_follow_a_venue_that_moves()
    {
        var old = Serve(AnswerAll);
        await using var moved = new RawServer(AnswerAll, new IPEndPoint(IPAddress.Parse("127.0.0.2"), old.Port));
        using var transport = Create(HttpPoolOptions.Of(PoolRole.Primary) with { ConnectionLifetime = TimeSpan.FromMilliseconds(1) }, new HttpPools(_network));
        await SendAsync(Named(old), HttpMethod.Post, RequestLane.Order, transport);
        _resolver.Answer = _ => Task.FromResult(new[] { IPAddress.Parse("127.0.0.2") });

        for (var i = 0; i < 100_000 && moved.Requests.IsEmpty; i++)
        {
            (await SendAsync(Named(old), HttpMethod.Post, RequestLane.Order, transport)).Status.ShouldBe(200);
        }

        moved.Requests.ShouldNotBeEmpty();
        var before = old.Requests.Count;
        await SendAsync(Named(old), HttpMethod.Post, RequestLane.Order, transport);
        old.Requests.Count.ShouldBe(before, "the old address is left for good");
    }

    [Fact]
    public void N10_connections_live_no_longer_than_five_minutes() => HttpPoolOptions.Of(PoolRole.Primary).ConnectionLifetime.ShouldBe(TimeSpan.FromMinutes(5));

    [Fact]
    public async Task N10_websocket_that_is_opened_again_follows_a_venue_that_moves()
    {
        await using var moved = new RawServer(async c => await (await RawWebSocket.AcceptAsync(c)).SendAsync("here"), new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        _resolver.Answer = _ => Task.FromResult(new[] { IPAddress.Parse("127.0.0.2") });
        await using var sockets = new WebSocketTransport(_network, new WebSocketOptions(), Budget, Time, NullLogger.Instance);

        var opened = await sockets.ConnectAsync(new Uri($"ws://venue.test:{moved.Port}/ws"), TestContext.Current.CancellationToken).WaitAsync(Patience);

        opened.IsOk.ShouldBeTrue();
        moved.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Address_that_does_not_answer_gives_way_to_the_next_one()
    {
        var server = Serve(AnswerAll);
        _resolver.Answer = _ => Task.FromResult(new[] { IPAddress.Parse("127.0.0.9"), IPAddress.Loopback }); // Nothing listens at the first.
        using var transport = Create(pools: new HttpPools(_network));

        (await SendAsync(Named(server), HttpMethod.Post, RequestLane.Order, transport).WaitAsync(Patience)).Status.ShouldBe(200);
    }

    private static Uri Named(RawServer server, string path = "/") => new($"http://venue.test:{server.Port}{path}");
}
