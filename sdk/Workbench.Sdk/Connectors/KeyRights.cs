namespace Workbench.Sdk;

/// <summary>What an API key may do, as the venue says. Immutable.</summary>
public sealed record KeyRights
{
    /// <summary>True when orders may be placed and cancelled with it in the markets that the connector trades.</summary>
    public required bool CanTrade { get; init; }

    /// <summary>True when it may move money out of the account; null where the venue does not say. A trading key should not.</summary>
    public bool? CanWithdraw { get; init; }

    /// <summary>True when it works from listed addresses only; null where the venue does not say.</summary>
    public bool? IsAddressBound { get; init; }

    /// <summary>When the key, or its right to trade, ends; null when it does not end or the venue does not say.</summary>
    public Timestamp? ExpiresAt { get; init; }
}
