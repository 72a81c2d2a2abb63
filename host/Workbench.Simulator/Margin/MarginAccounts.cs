using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Margin;

/// <summary>All accounts that trade contracts, the house's among them. State belongs to the venue's lock.</summary>
internal sealed class MarginAccounts(string settleAsset)
{
    private readonly Dictionary<string, MarginAccount> _accounts = [];

    /// <summary>What an account begins with: prices beyond the limit are moved to it instead of refused.</summary>
    public bool MovesPrices { get; init; } = true;

    public IReadOnlyCollection<MarginAccount> All => _accounts.Values;

    /// <summary>The margin side of an account of the contracts' engine.</summary>
    public MarginAccount Of(Account account)
    {
        if (!_accounts.TryGetValue(account.Id, out var margin))
        {
            margin = _accounts[account.Id] = new MarginAccount(account, account.Balance(settleAsset));
        }

        return margin;
    }

    /// <summary>Null for an account that never came near a contract.</summary>
    public MarginAccount? Find(string accountId) => _accounts.GetValueOrDefault(accountId);

    /// <summary>Gives a spot account its twin in the contracts' engine, with the same wallet.</summary>
    public MarginAccount Join(Account spot, MatchingEngine engine, FeeRates rates)
    {
        if (Find(spot.Id) is { } known)
        {
            return known;
        }

        var twin = new Account(spot.Id) { MakerRate = rates.Maker, TakerRate = rates.Taker };
        twin.Share(spot.Balance(settleAsset));
        engine.Add(twin);
        return _accounts[spot.Id] = new MarginAccount(twin, twin.Balance(settleAsset)) { Owner = spot, MovesPrices = MovesPrices };
    }
}
