using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Venues;

internal enum CredentialKind
{
    Hmac,
    Ed25519,
}

/// <summary>One API key of an account. For Ed25519 the venue knows the public key only.</summary>
internal sealed record ApiCredential(string Key, CredentialKind Kind, ReadOnlyMemory<byte> Secret, Account Account)
{
    /// <summary>False once revoked; calls are then refused as if the key did not exist.</summary>
    public bool IsActive { get; init; } = true;

    public bool CanTrade { get; init; } = true;

    public bool CanWithdraw { get; init; }

    /// <summary>False when the key may be used from other addresses only.</summary>
    public bool IsAddressAllowed { get; init; } = true;
}
