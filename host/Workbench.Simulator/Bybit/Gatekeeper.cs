using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Crypto;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit;

/// <summary>Who is calling, and may he: keys, signatures over the bytes as sent, and the timing rule.</summary>
internal sealed class Gatekeeper(SimulatedVenue venue, bool checksTimestamps = true)
{
    public const long DefaultRecvWindowMillis = 5000;
    private const long LeadMillis = 1000;

    /// <summary>Checks a signed request; <paramref name="payload"/> is the raw query or the raw body.</summary>
    public BybitError Check(SignedRequest request, ReadOnlySpan<byte> payload, out ApiCredential? credential)
    {
        if (!venue.Credentials.TryGetValue(request.Key, out credential) || !credential.IsActive)
        {
            return BybitError.InvalidKey;
        }

        if (!credential.IsAllowedFrom(request.From))
        {
            return BybitError.UnmatchedAddress;
        }

        var timing = CheckTime(request.Timestamp, request.RecvWindow);
        if (!timing.IsNone)
        {
            return timing;
        }

        // Without the header a client may sign nothing for it, or the default that the venue assumes.
        var signed = Signed(request, request.RecvWindow, payload);
        return Matches(credential, signed, request.Signature)
            || (request.RecvWindow.Length == 0 && Matches(credential, Signed(request, "5000", payload), request.Signature))
            ? BybitError.None
            : new BybitError(10004, $"Error sign, please check your signature generation algorithm. origin_string[{Encoding.UTF8.GetString(signed)}]");
    }

    /// <summary>Checks the arguments of a WebSocket auth: key, expiry in ms, signature.</summary>
    public BybitError CheckStream(string key, string expires, string signature, IPAddress? from, out ApiCredential? credential)
    {
        if (!venue.Credentials.TryGetValue(key, out credential) || !credential.IsActive)
        {
            return new BybitError(10003, "Invalid apikey");
        }

        if (!credential.IsAllowedFrom(from))
        {
            return BybitError.UnmatchedAddress;
        }

        if (!TryMillis(expires, out var until))
        {
            return BybitError.Parameter("Params Error");
        }

        if (checksTimestamps && until <= venue.Clock.NowMillis)
        {
            return new BybitError(10004, "Params Error: expires is in the past");
        }

        return Matches(credential, Encoding.UTF8.GetBytes("GET/realtime" + expires), signature)
            ? BybitError.None
            : new BybitError(10004, "Invalid sign");
    }

    /// <summary>Accepted when server − recvWindow ≤ timestamp &lt; server + 1000.</summary>
    public BybitError CheckTime(string timestamp, string recvWindow)
    {
        var now = venue.Clock.NowMillis;
        var window = DefaultRecvWindowMillis;
        if (!TryMillis(timestamp, out var sent) || (recvWindow.Length > 0 && !TryMillis(recvWindow, out window)))
        {
            return BybitError.Parameter("Request parameter error: timestamp or recv_window is not a number.");
        }

        return !checksTimestamps || (sent >= now - window && sent < now + LeadMillis)
            ? BybitError.None
            : new BybitError(
                10002,
                $"invalid request, please check your server timestamp or recv_window param. req_timestamp[{sent}],server_timestamp[{now}],recv_window[{window}]");
    }

    private static bool Matches(ApiCredential credential, ReadOnlySpan<byte> signed, string signature)
    {
        if (credential.Kind == CredentialKind.Rsa)
        {
            var bytes = new byte[signature.Length];
            return Convert.TryFromBase64String(signature, bytes, out var length)
                && PublicKey.VerifyRsa(credential.Secret.Span, signed, bytes.AsSpan(0, length));
        }

        if (credential.Kind != CredentialKind.Hmac)
        {
            return false;
        }

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(credential.Secret.Span, signed));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }

    private static byte[] Signed(SignedRequest request, string recvWindow, ReadOnlySpan<byte> payload) =>
        [.. Encoding.UTF8.GetBytes(string.Concat(request.Timestamp, request.Key, recvWindow)), .. payload];

    private static bool TryMillis(string text, out long millis) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out millis);
}

/// <summary>The signing headers of a request; <see cref="RecvWindow"/> is "" when not sent.</summary>
internal readonly record struct SignedRequest(string Key, string Timestamp, string RecvWindow, string Signature, IPAddress? From);
