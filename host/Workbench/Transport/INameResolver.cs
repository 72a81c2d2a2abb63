using System.Net;
using System.Net.Sockets;

namespace Workbench.Transport;

/// <summary>Turns a venue's name into addresses.</summary>
internal interface INameResolver
{
    /// <summary>Asks for all addresses of a name.</summary>
    /// <exception cref="SocketException">It does not exist, or nobody answers for it.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>The machine's own resolver.</summary>
internal sealed class SystemResolver : INameResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
