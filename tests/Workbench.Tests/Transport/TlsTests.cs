using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Tests.Transport;

/// <summary>Whom TLS trusts, against real servers with real certificates.</summary>
public sealed class TlsTests : HttpTransportRig
{
    private readonly Certificates _certificates = new();
    private readonly VenueNetwork _network;
    private int _whole;

    public TlsTests() => _network = new VenueNetwork(Time, new FakeResolver(), _certificates.Trusted);

    [Fact]
    public async Task Good_certificate_is_accepted()
    {
        var server = ServeTls(_certificates.Good);

        (await SendAsync(server)).Status.ShouldBe(200);
        Volatile.Read(ref _whole).ShouldBe(1);
    }

    [Theory]
    [InlineData("expired", "its certificate has expired or does not hold yet")]
    [InlineData("wrong host", "its certificate is for another host")]
    [InlineData("self-signed", "its certificate comes from nobody this machine trusts")]
    [InlineData("unknown authority", "its certificate comes from nobody this machine trusts")]
    public async Task N12_bad_certificate_is_refused_with_its_reason_before_a_byte_of_the_request_leaves(string fault, string reason)
    {
        var server = ServeTls(_certificates.Of(fault));

        var reply = await SendAsync(server);

        (reply.Kind, reply.Error).ShouldBe((HttpReplyKind.NotSent, new VenueError(VenueErrorKind.Network, $"TLS with venue.test:{server.Port} failed: {reason}", "tls")));
        Volatile.Read(ref _whole).ShouldBe(0);
        server.Connections.ShouldBe(1, "nothing below tries again");
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("wrong host")]
    [InlineData("self-signed")]
    [InlineData("unknown authority")]
    public async Task N12_websocket_with_a_bad_certificate_is_not_opened(string fault)
    {
        var server = ServeTls(_certificates.Of(fault));
        await using var sockets = new WebSocketTransport(_network, new WebSocketOptions(), Budget, Time, NullLogger.Instance);

        var error = (await sockets.ConnectAsync(new Uri($"wss://venue.test:{server.Port}/ws"), TestContext.Current.CancellationToken).WaitAsync(Patience)).Error!;

        (error.Kind, error.Code).ShouldBe((VenueErrorKind.Network, "tls"));
        Volatile.Read(ref _whole).ShouldBe(0);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task N11_hostile_address_cannot_show_the_certificate_of_the_venue()
    {
        // DNS leads elsewhere, and whoever listens there can only sign for himself.
        var hostile = ServeTls(_certificates.Of("self-signed"));

        for (var i = 0; i < 3; i++)
        {
            (await SendAsync(hostile)).Kind.ShouldBe(HttpReplyKind.NotSent);
        }

        Volatile.Read(ref _whole).ShouldBe(0, "it never saw a request, so neither key nor signature");
    }

    [Fact]
    public async Task N11_hostile_address_without_tls_gets_nothing_in_clear_text()
    {
        var hostile = Serve(async c =>
        {
            var hello = await c.ReadAsync(1);
            hello[0].ShouldBe((byte)0x16, "a TLS handshake and not a request");
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        });

        var reply = await SendAsync(hostile);

        reply.Kind.ShouldBe(HttpReplyKind.NotSent);
        hostile.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task N12_server_that_only_speaks_tls_1_0_or_1_1_is_refused(byte minor)
    {
        // Byte for byte: the machine's OpenSSL may no longer know how to be such a server.
        var server = Serve(async c =>
        {
            await c.ReadAsync(5);
            byte[] hello = [3, minor, .. new byte[32], 0, 0, 0x2f, 0];
            byte[] record = [22, 3, minor, 0, (byte)(hello.Length + 4), 2, 0, 0, (byte)hello.Length, .. hello];
            await c.WriteAsync(record);
            await c.UntilStoppedAsync();
        });

        var reply = await SendAsync(server);

        (reply.Kind, reply.Error!.Kind, reply.Error.Code).ShouldBe((HttpReplyKind.NotSent, VenueErrorKind.Network, "tls"));
        reply.Error.Message.ShouldContain("protocol", Case.Insensitive);
    }

    private Task<HttpReply> SendAsync(RawServer server) => SendAsync(
        new Uri($"https://venue.test:{server.Port}/order?signature=secret"), HttpMethod.Post, RequestLane.Order, Create(pools: new HttpPools(_network))).WaitAsync(Patience);

    private RawServer ServeTls(X509Certificate2 certificate) => Serve(async c =>
    {
        await using var tls = new SslStream(c.Stream);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, c.Stop);
            var buffer = new byte[4096];
            var read = await tls.ReadAsync(buffer, c.Stop);
            if (read > 0)
            {
                Interlocked.Increment(ref _whole);
                await tls.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), c.Stop);
            }
        }
        catch (AuthenticationException)
        {
            // The client has refused, as it should.
        }
    });
}
