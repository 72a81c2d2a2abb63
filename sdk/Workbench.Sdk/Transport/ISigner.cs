namespace Workbench.Sdk;

/// <summary>How a connection's credentials sign.</summary>
public enum SignatureAlgorithm
{
    /// <summary>HMAC with SHA-256; 32 bytes.</summary>
    HmacSha256,

    /// <summary>Ed25519; 64 bytes.</summary>
    Ed25519,
}

/// <summary>Signs for one connection. The plugin asks for signatures and never holds the secret.</summary>
public interface ISigner
{
    /// <summary>The public half of the credentials, as it goes on the wire.</summary>
    string ApiKey { get; }

    /// <summary>How it signs.</summary>
    SignatureAlgorithm Algorithm { get; }

    /// <summary>Signs the exact bytes.</summary>
    /// <param name="payload">What is signed.</param>
    /// <param name="destination">Takes the raw signature; 64 bytes are always enough.</param>
    /// <returns>The number of bytes written. The dialect writes them as hexadecimal or base64 as its venue wants.</returns>
    int Sign(ReadOnlySpan<byte> payload, Span<byte> destination);
}
