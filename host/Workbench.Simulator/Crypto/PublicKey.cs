using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Crypto;

/// <summary>A client's public key as it is registered with a venue: Ed25519, or RSA of 2048 to 4096 bits.</summary>
internal sealed record PublicKey(CredentialKind Kind, ReadOnlyMemory<byte> Bytes)
{
    // SubjectPublicKeyInfo of Ed25519 is this and the 32 bytes of the key (RFC 8410).
    private static readonly byte[] Ed25519Prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>Reads a PEM or bare base64 SubjectPublicKeyInfo; false with a reason when it is none or too weak.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out PublicKey? key, out string problem)
    {
        key = null;
        problem = "it is neither PEM nor base64";
        var der = new byte[text.Length];
        var body = PemEncoding.TryFind(text, out var fields) ? text[fields.Base64Data] : text.Trim();
        if (!Convert.TryFromBase64String(body, der, out var length))
        {
            return false;
        }

        der = der[..length];
        if (der.Length == Ed25519Prefix.Length + 32 && der.AsSpan().StartsWith(Ed25519Prefix))
        {
            key = new PublicKey(CredentialKind.Ed25519, der[Ed25519Prefix.Length..]);
            return true;
        }

        return TryReadRsa(der, ref key, ref problem);
    }

    /// <summary>PKCS#1 v1.5 with SHA-256.</summary>
    public static bool VerifyRsa(ReadOnlySpan<byte> publicKeyInfo, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKeyInfo, out _);
        return rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static bool TryReadRsa(byte[] der, ref PublicKey? key, ref string problem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(der, out _);
            if (rsa.KeySize is < 2048 or > 4096)
            {
                problem = "an RSA key must have 2048 to 4096 bits";
                return false;
            }
        }
        catch (CryptographicException)
        {
            problem = "it is neither an Ed25519 nor an RSA public key";
            return false;
        }

        key = new PublicKey(CredentialKind.Rsa, der);
        return true;
    }
}
