using System.Security.Cryptography;
using System.Text;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Fakes;

/// <summary>The public key pair of the venue's documentation.</summary>
internal sealed class HmacSigner : ISigner
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j");

    public string ApiKey => "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";

    public SignatureAlgorithm Algorithm => SignatureAlgorithm.HmacSha256;

    public int Sign(ReadOnlySpan<byte> payload, Span<byte> destination) => HMACSHA256.HashData(Secret, payload, destination);

    public static string Hex(string payload) => Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(payload)));
}

/// <summary>Ed25519 is deterministic: this signer knows the signatures of the payloads that the notes list, and no others.</summary>
internal sealed class Ed25519VectorSigner(string apiKey, Dictionary<string, string> signatures) : ISigner
{
    public string ApiKey => apiKey;

    public SignatureAlgorithm Algorithm => SignatureAlgorithm.Ed25519;

    public int Sign(ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        var signature = Convert.FromBase64String(signatures[Encoding.UTF8.GetString(payload)]);
        signature.CopyTo(destination);
        return signature.Length;
    }
}
