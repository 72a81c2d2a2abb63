using System.Buffers;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Signing;

/// <summary>Asks the host for a signature and writes it as the venue wants it: hexadecimal for HMAC, base64 for Ed25519.</summary>
internal static class SignatureText
{
    private const int MaxSignatureLength = 64;

    /// <summary>The signature over a REST request: query and body run together with nothing between them.</summary>
    public static string OfRest(ISigner signer, ReadOnlySpan<byte> query, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty || query.IsEmpty)
        {
            return Of(signer, body.IsEmpty ? query : body);
        }

        var payload = new ArrayBufferWriter<byte>(query.Length + body.Length);
        payload.Write(query);
        payload.Write(body);
        return Of(signer, payload.WrittenSpan);
    }

    /// <summary>The signature as text, not percent-encoded.</summary>
    public static string Of(ISigner signer, ReadOnlySpan<byte> payload)
    {
        Span<byte> signature = stackalloc byte[MaxSignatureLength];
        var raw = signature[..signer.Sign(payload, signature)];
        return signer.Algorithm == SignatureAlgorithm.HmacSha256 ? Convert.ToHexStringLower(raw) : Convert.ToBase64String(raw);
    }
}
