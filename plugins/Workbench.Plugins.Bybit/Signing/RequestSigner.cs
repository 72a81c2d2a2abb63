using System.Globalization;
using System.Text;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Signing;

/// <summary>Signs requests and logins in the venue's scheme: HMAC-SHA256 over the bytes exactly as sent, as lower-case hexadecimal.</summary>
internal sealed class RequestSigner(ISigner signer, TimeSpan receiveWindow)
{
    private readonly string _receiveWindow = ((long)receiveWindow.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>The key as it goes on the wire.</summary>
    public string ApiKey => signer.ApiKey;

    /// <summary>Why the credentials cannot be used here, or null.</summary>
    public VenueError? Problem => signer.Algorithm == SignatureAlgorithm.HmacSha256
        ? null
        : new VenueError(VenueErrorKind.Authentication, $"Bybit does not take {signer.Algorithm} keys; create a system-generated (HMAC) key and configure its secret.");

    /// <summary>Makes the headers of a signed request.</summary>
    /// <param name="at">The moment at the venue.</param>
    /// <param name="payload">The query without its question mark, or the body, byte for byte as sent.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Headers(Timestamp at, ReadOnlySpan<byte> payload)
    {
        var timestamp = at.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);
        return
        [
            new("X-BAPI-API-KEY", signer.ApiKey),
            new("X-BAPI-TIMESTAMP", timestamp),
            new("X-BAPI-RECV-WINDOW", _receiveWindow),
            new("X-BAPI-SIGN", Sign(timestamp + signer.ApiKey + _receiveWindow, payload)),
            new("X-BAPI-SIGN-TYPE", "2"),
        ];
    }

    /// <summary>Signs the login of a socket.</summary>
    /// <param name="expires">Milliseconds since 1970 until which the login may be used.</param>
    public string SignLogin(long expires) => Sign("GET/realtime" + expires.ToString(CultureInfo.InvariantCulture), []);

    private string Sign(string head, ReadOnlySpan<byte> payload)
    {
        var headLength = Encoding.UTF8.GetByteCount(head);
        var length = headLength + payload.Length;
        Span<byte> text = length <= 1024 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(head, text);
        payload.CopyTo(text[headLength..]);
        Span<byte> signature = stackalloc byte[64];
        return Convert.ToHexStringLower(signature[..signer.Sign(text, signature)]);
    }
}
