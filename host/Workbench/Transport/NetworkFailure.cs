using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Transport;

/// <summary>Says in words whose fault a network exception is. The text names the host only: a query may hold a signature.</summary>
internal static class NetworkFailure
{
    public static VenueError Explain(Exception exception, string host)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case ConnectRefusedException refused:
                    return refused.Error;
                case SocketException socket:
                    return ExplainSocket(socket.SocketErrorCode, host);
                case AuthenticationException:
                    return new VenueError(VenueErrorKind.Network, $"TLS with {host} failed: {TlsReason(e)}", "tls");
                case TimeoutException:
                    return new VenueError(VenueErrorKind.Timeout, $"no connection to {host} within the connect timeout");
                case HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and not HttpRequestError.ConnectionError and not HttpRequestError.SecureConnectionError } http:
                    return ExplainHttp(http.HttpRequestError, host);
                case HttpIOException io:
                    return ExplainHttp(io.HttpRequestError, host);
                case WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely }:
                    return new VenueError(VenueErrorKind.Network, $"{host} closed the connection without a close frame", "1006");
            }
        }

        return new VenueError(VenueErrorKind.Network, $"the connection to {host} broke: {FirstLine(exception.GetBaseException().Message)}");
    }

    // The framework says which rule a certificate breaks by these names, and by nothing else.
    private static string TlsReason(Exception exception) => exception.Message switch
    {
        var m when m.Contains("RemoteCertificateNameMismatch", StringComparison.Ordinal) => "its certificate is for another host",
        var m when m.Contains("NotTimeValid", StringComparison.Ordinal) => "its certificate has expired or does not hold yet",
        var m when m.Contains("UntrustedRoot", StringComparison.Ordinal) || m.Contains("PartialChain", StringComparison.Ordinal) => "its certificate comes from nobody this machine trusts",
        var m when exception.InnerException is { } inner => FirstLine($"{m} {inner.GetBaseException().Message}"),
        var m => FirstLine(m),
    };

    /// <summary>One line, bounded and without control characters: what a peer says must not write into our screen or log.</summary>
    public static string FirstLine(string text)
    {
        var line = text.AsSpan();
        var end = line.IndexOfAny('\r', '\n');
        line = end >= 0 ? line[..end] : line;
        line = line.Length > 200 ? line[..200] : line;
        return string.Create(line.Length, line, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }

    private static VenueError ExplainSocket(SocketError error, string host) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery =>
            new VenueError(VenueErrorKind.Local, $"DNS does not resolve {host}", "dns"),
        SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostUnreachable or SocketError.HostDown =>
            new VenueError(VenueErrorKind.Local, $"no route to {host}", "no-route"),
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.AddressNotAvailable or SocketError.AccessDenied =>
            new VenueError(VenueErrorKind.Local, $"this machine gives no socket for {host}: {error}", "no-socket"),
        SocketError.ConnectionRefused => new VenueError(VenueErrorKind.Network, $"connection refused by {host}", "refused"),
        SocketError.TimedOut => new VenueError(VenueErrorKind.Timeout, $"no connection to {host} within the connect timeout"),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            new VenueError(VenueErrorKind.Network, $"{host} reset the connection", "reset"),
        _ => new VenueError(VenueErrorKind.Network, $"the connection to {host} broke: {error}"),
    };

    private static VenueError ExplainHttp(HttpRequestError error, string host) => error switch
    {
        HttpRequestError.NameResolutionError => new VenueError(VenueErrorKind.Local, $"DNS does not resolve {host}", "dns"),
        HttpRequestError.ResponseEnded => new VenueError(VenueErrorKind.Network, $"{host} closed the connection before the answer was whole", "closed"),
        HttpRequestError.InvalidResponse => new VenueError(VenueErrorKind.BadResponse, $"{host} answered with something that is not HTTP"),
        HttpRequestError.ConfigurationLimitExceeded => new VenueError(VenueErrorKind.BadResponse, $"{host} answered with more than the size limit"),
        _ => new VenueError(VenueErrorKind.Network, $"the request to {host} failed: {error}"),
    };
}
