using System.Net;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Venues;

internal enum CredentialKind
{
    Hmac,
    Ed25519,
    Rsa,
}

/// <summary>One API key of an account: the secret of HMAC, the 32 bytes of an Ed25519 public key, or an RSA public key as SubjectPublicKeyInfo.</summary>
internal sealed record ApiCredential(string Key, CredentialKind Kind, ReadOnlyMemory<byte> Secret, Account Account)
{
    /// <summary>False once revoked; calls are then refused as if the key did not exist.</summary>
    public bool IsActive { get; init; } = true;

    public bool CanTrade { get; init; } = true;

    public bool CanWithdraw { get; init; }

    /// <summary>False when the key may be used from other addresses only.</summary>
    public bool IsAddressAllowed { get; init; } = true;

    /// <summary>Addresses the key may be used from; empty allows all.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    public bool IsAllowedFrom(IPAddress? address) =>
        IsAddressAllowed && (Addresses.Count == 0 || (address is not null && Addresses.Contains(address.MapToIPv4())));
}
