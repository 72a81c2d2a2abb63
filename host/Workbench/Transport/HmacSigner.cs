using System.Security.Cryptography;
using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>Signs with HMAC-SHA256. The secret lives in one pinned array that is wiped on disposal. Safe on any thread.</summary>
internal sealed class HmacSigner : ISigner, IDisposable
{
    private readonly byte[] _secret;
    private volatile bool _disposed;

    public HmacSigner(string apiKey, ReadOnlySpan<byte> secret)
    {
        ApiKey = apiKey;
        _secret = GC.AllocateUninitializedArray<byte>(secret.Length, pinned: true); // Pinned: the collector leaves no copies behind.
        secret.CopyTo(_secret);
    }

    /// <inheritdoc />
    public string ApiKey { get; }

    /// <inheritdoc />
    public SignatureAlgorithm Algorithm => SignatureAlgorithm.HmacSha256;

    /// <inheritdoc />
    public int Sign(ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return HMACSHA256.HashData(_secret, payload, destination);
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <summary>The algorithm only.</summary>
    public override string ToString() => "HMAC-SHA256 signer";
}
