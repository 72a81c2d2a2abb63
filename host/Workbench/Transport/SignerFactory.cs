using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Workbench.Sdk;
using SignatureAlgorithm = Workbench.Sdk.SignatureAlgorithm;

namespace Workbench.Transport;

/// <summary>Makes signers from credentials; what it refuses it explains without repeating it.</summary>
internal static class SignerFactory
{
    private const string PemStart = "-----BEGIN";

    /// <summary>A PEM text is an Ed25519 key, anything else an HMAC secret.</summary>
    public static SignatureAlgorithm AlgorithmOf(string secret) =>
        secret.AsSpan().TrimStart().StartsWith(PemStart, StringComparison.Ordinal) ? SignatureAlgorithm.Ed25519 : SignatureAlgorithm.HmacSha256;

    /// <summary>Makes a signer; the caller disposes it.</summary>
    /// <param name="apiKey">The public half, as it goes on the wire.</param>
    /// <param name="secret">An HMAC secret, or a PKCS#8 Ed25519 private key in PEM form; <c>\n</c> written as two characters is taken as a line break.</param>
    public static ReadResult<ISigner> Create(string apiKey, string secret)
    {
        if (apiKey.Length == 0 || apiKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return Refused("the API key is empty or holds blanks or characters that are not ASCII");
        }

        if (secret.Trim().Length == 0)
        {
            return Refused("the API secret is empty");
        }

        return AlgorithmOf(secret) == SignatureAlgorithm.Ed25519 ? CreateEd25519(apiKey, secret) : CreateHmac(apiKey, secret);
    }

    private static ReadResult<ISigner> CreateHmac(string apiKey, string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var signer = new HmacSigner(apiKey, bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return signer;
    }

    private static ReadResult<ISigner> CreateEd25519(string apiKey, string pem)
    {
        // A .env file or a container's environment often cannot hold line breaks.
        var blob = Encoding.UTF8.GetBytes(pem.Replace("\\n", "\n", StringComparison.Ordinal).Trim() + "\n");
        var known = Key.TryImport(NSec.Cryptography.SignatureAlgorithm.Ed25519, blob, KeyBlobFormat.PkixPrivateKeyText, out var key);
        CryptographicOperations.ZeroMemory(blob);
        return known ? new Ed25519Signer(apiKey, key!) : Refused("the API secret is not a PKCS#8 Ed25519 private key in PEM form");
    }

    private static VenueError Refused(string why) => new(VenueErrorKind.Authentication, why);
}
