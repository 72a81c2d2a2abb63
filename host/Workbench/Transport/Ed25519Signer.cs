using NSec.Cryptography;
using Workbench.Sdk;
using SignatureAlgorithm = Workbench.Sdk.SignatureAlgorithm;

namespace Workbench.Transport;

/// <summary>Signs with Ed25519. The key lives in libsodium's guarded memory, which wipes it on disposal. Safe on any thread.</summary>
internal sealed class Ed25519Signer(string apiKey, Key key) : ISigner, IDisposable
{
    /// <inheritdoc />
    public string ApiKey { get; } = apiKey;

    /// <inheritdoc />
    public SignatureAlgorithm Algorithm => SignatureAlgorithm.Ed25519;

    /// <inheritdoc />
    public int Sign(ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        var ed25519 = NSec.Cryptography.SignatureAlgorithm.Ed25519;
        ed25519.Sign(key, payload, destination[..ed25519.SignatureSize]);
        return ed25519.SignatureSize;
    }

    public void Dispose() => key.Dispose();

    /// <summary>The algorithm only.</summary>
    public override string ToString() => "Ed25519 signer";
}
