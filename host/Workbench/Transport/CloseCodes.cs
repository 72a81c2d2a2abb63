using System.Globalization;
using System.Net.WebSockets;
using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>What a peer's close code means to us (RFC 6455 and the IANA registry). The code goes on in <see cref="VenueError.Code"/>.</summary>
internal static class CloseCodes
{
    public static VenueError Explain(WebSocketCloseStatus? status, string? description, string host)
    {
        var code = (int)(status ?? WebSocketCloseStatus.Empty);
        var words = Words(code);
        var said = string.IsNullOrWhiteSpace(description) ? "" : $": {NetworkFailure.FirstLine(description)}";
        var number = code.ToString(CultureInfo.InvariantCulture);
        return new VenueError(Kind(code), $"{host} closed the WebSocket, {number} {words}{said}", number);
    }

    // All of them end in a reconnect; the kinds differ where the wait before it should.
    private static VenueErrorKind Kind(int code) => code switch
    {
        1011 or 1012 or 1013 or 1014 => VenueErrorKind.Unavailable,
        1002 or 1003 or 1007 or 1009 or 1010 => VenueErrorKind.BadResponse,
        _ => VenueErrorKind.Network,
    };

    private static string Words(int code) => code switch
    {
        1000 => "normal closure",
        1001 => "going away",
        1002 => "protocol error",
        1003 => "unsupported data",
        1005 => "without a code",
        1007 => "invalid payload",
        1008 => "policy violation",
        1009 => "message too big",
        1010 => "extension missing",
        1011 => "internal error",
        1012 => "service restart",
        1013 => "try again later",
        1014 => "bad gateway",
        >= 3000 => "the venue's own code",
        _ => "unknown code",
    };
}
