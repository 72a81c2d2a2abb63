using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workbench.Simulator.Crypto;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>Who calls, when the call was signed, and whether the signature covers exactly what was received.</summary>
internal static class Authentication
{
    private const decimal StandardWindow = 5000;
    private const decimal LargestWindow = 60_000;
    private const int WindowDecimals = 3;
    private const long EarlyMicros = 1_000_000;

    public static ApiError? Identify(SimulatedVenue venue, string? key, out ApiCredential? credential)
    {
        credential = null;
        if (string.IsNullOrEmpty(key) || key.Any(c => !char.IsAsciiLetterOrDigit(c)))
        {
            return ApiError.KeyFormat;
        }

        return venue.Credentials.TryGetValue(key, out credential) && credential.IsActive && credential.IsAddressAllowed ? null : ApiError.KeyRefused;
    }

    /// <summary>Accepts when <c>timestamp &lt; server + 1000 ms</c> and <c>server - timestamp &lt;= recvWindow</c>.</summary>
    public static ApiError? CheckTime(Parameters parameters, long nowMicros)
    {
        if (parameters.Integer("timestamp") is not { } timestamp)
        {
            return parameters.Error ?? ApiError.Missing("timestamp");
        }

        if (ReadWindow(parameters, out var window) is { } error)
        {
            return error;
        }

        var isMicros = timestamp > 100_000_000_000_000;
        var sent = isMicros ? timestamp : timestamp * 1000;

        // A millisecond stamp is compared with the millisecond it was read in.
        var now = isMicros ? nowMicros : nowMicros - (nowMicros % 1000);
        if (sent >= now + EarlyMicros)
        {
            return ApiError.TooEarly;
        }

        return now - sent > window * 1000 ? ApiError.TooOld : null;
    }

    private static ApiError? ReadWindow(Parameters parameters, out decimal window)
    {
        window = StandardWindow;
        if (parameters.Text("recvWindow") is not { } text)
        {
            return null;
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var decimals = dot < 0 ? 0 : text.Length - dot - 1;
        if (decimals > WindowDecimals || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out window))
        {
            return ApiError.Illegal("recvWindow", @"^([0-9]{1,5})(\.[0-9]{1,3})?$");
        }

        return window > LargestWindow ? ApiError.WindowTooBig : null;
    }

    /// <summary>Checks a signature over the payload, byte for byte.</summary>
    public static ApiError? CheckSignature(ApiCredential credential, string payload, string? signature)
    {
        if (string.IsNullOrEmpty(signature))
        {
            return ApiError.Missing("signature");
        }

        var bytes = Encoding.UTF8.GetBytes(payload);
        var valid = credential.Kind switch
        {
            CredentialKind.Hmac => IsHmac(credential.Secret.Span, bytes, signature),
            CredentialKind.Rsa => IsRsa(credential.Secret.Span, bytes, signature),
            _ => IsEd25519(credential.Secret.Span, bytes, signature),
        };
        return valid ? null : ApiError.InvalidSignature;
    }

    /// <summary>A raw query or body without its <c>signature</c> pair, everything else as received.</summary>
    public static string WithoutSignature(string raw) =>
        raw.Contains("signature=", StringComparison.Ordinal)
            ? string.Join('&', raw.Split('&').Where(pair => !pair.StartsWith("signature=", StringComparison.Ordinal)))
            : raw;

    private static bool IsHmac(ReadOnlySpan<byte> secret, byte[] payload, string signature)
    {
        if (signature.Length != 64 || !signature.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, payload), Convert.FromHexString(signature));
    }

    private static bool IsRsa(ReadOnlySpan<byte> publicKey, byte[] payload, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length) && PublicKey.VerifyRsa(publicKey, payload, bytes.AsSpan(0, length));
    }

    private static bool IsEd25519(ReadOnlySpan<byte> publicKey, byte[] payload, string signature)
    {
        var bytes = new byte[64];
        return signature.Length == 88
            && Convert.TryFromBase64String(signature, bytes, out var length)
            && length == 64
            && Ed25519.Verify(publicKey, payload, bytes);
    }
}
