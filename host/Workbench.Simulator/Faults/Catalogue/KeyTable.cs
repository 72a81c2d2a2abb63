using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of API keys. They come back as they were.</summary>
internal static class KeyTable
{
    private static readonly FaultOption<string?> Key = FaultOption.Text("key", "api key", null, "Only this key; otherwise all of them.");

    public static IEnumerable<FaultDefinition> All =>
    [
        Change("expired-key", "E08, N22", "Keys are no longer known.", static key => key with { IsActive = false }),
        Change("bad-signature", "E08", "Signatures do not fit: the venue has another secret for the key.", static key => key with { Secret = Other(key) }),
        Change("permission-lost", "E08", "Keys may read and no longer trade.", static key => key with { CanTrade = false }),
        Change("ip-not-allowed", "E08", "Keys may not be used from this address.", static key => key with { IsAddressAllowed = false }),
        Change("withdrawals-enabled", "X20", "Keys may withdraw, as the permissions that the venue tells say.", static key => key with { CanWithdraw = true }),
    ];

    private static FaultDefinition Change(string name, string ids, string summary, Func<ApiCredential, ApiCredential> change) => new(name, ids, summary)
    {
        Own = [Key],
        IsSteady = true,
        HasSymbol = false,
        Check = static (fault, targets) => targets.Venue is null ? "the venue has no keys"
            : fault.Get(Key) is { } key && !targets.Venue.Credentials.ContainsKey(key) ? $"the venue has no key '{key}'"
            : null,
        Start = (fault, targets, _) =>
        {
            var only = fault.Get(Key);
            targets.Venue!.AlterKeys(fault, key => only is null || key.Key == only ? change(key) : key);
            return FaultDefinition.Undo(() => targets.Venue.AlterKeys(fault, null));
        },
    };

    private static byte[] Other(ApiCredential key)
    {
        var secret = key.Secret.ToArray();
        secret[0] ^= 1;
        return secret;
    }
}
