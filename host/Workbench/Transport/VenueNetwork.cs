using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Workbench.Transport;

/// <summary>How this host reaches venues, over HTTP and WebSockets alike: names, TCP, and whom TLS trusts. Every new connection asks for the name again, so a venue that moves is followed.</summary>
/// <param name="time">The clock of all deadlines.</param>
/// <param name="resolver">Turns names into addresses; null for the machine's own.</param>
/// <param name="authorities">Trusted instead of the machine's authorities; null for those.</param>
internal sealed class VenueNetwork(TimeProvider time, INameResolver? resolver = null, X509Certificate2Collection? authorities = null)
{
    private readonly INameResolver _resolver = resolver ?? new SystemResolver();

    /// <summary>A handler with everything that no venue connection may do switched off.</summary>
    public SocketsHttpHandler CreateHandler(Func<TimeSpan> connectTimeout) => new()
    {
        AllowAutoRedirect = false, // A redirect would carry the API key to another host (N13).
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None, // Bodies are bounded by what arrives, and none can blow up.
        ActivityHeadersPropagator = null,
        ConnectTimeout = connectTimeout(),
        SslOptions = CreateTls(),
        ConnectCallback = (context, token) => ConnectAsync(context.DnsEndPoint, connectTimeout(), token),
    };

    /// <summary>Opens a TCP connection. The timeout covers the name and all its addresses, of which each gets its share of the time.</summary>
    /// <exception cref="SocketException">There is none, and the error says why: a name that nobody answers for in time is the resolver's failure, not the venue's.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var started = time.GetTimestamp();
        var phase = SocketError.TryAgain;
        try
        {
            var addresses = await ResolveAsync(target.Host, either.Token).ConfigureAwait(false);
            phase = SocketError.TimedOut;
            for (var i = 0; i < addresses.Length - 1; i++)
            {
                var share = (timeout - time.GetElapsedTime(started)) / (addresses.Length - i);
                if (await TryDialAsync(addresses[i], target.Port, share, either.Token).ConfigureAwait(false) is { } stream)
                {
                    return stream;
                }
            }

            return addresses.Length == 0 ? throw new SocketException((int)SocketError.NoData) : await DialAsync(addresses[^1], target.Port, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SocketException((int)phase);
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => IPAddress.TryParse(host, out var literal)
        ? [literal]
        : await _resolver.ResolveAsync(host, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);

    private async Task<Stream?> TryDialAsync(IPAddress address, int port, TimeSpan share, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(share > TimeSpan.Zero ? share : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await DialAsync(address, port, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // The next address may be reachable; what the last one says is told.
        }
    }

    private static async Task<Stream> DialAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A peer that is gone is noticed while the connection rests in the pool, not by the order that would use it.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 2);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 2);
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private SslClientAuthenticationOptions CreateTls() => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = authorities is null ? null : CreatePolicy(authorities),
    };

    private static X509ChainPolicy CreatePolicy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
