using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>The two accounts behind the synthetic market, rich enough never to be refused.</summary>
internal sealed class HouseAccounts
{
    private const decimal Wealth = 1_000_000_000_000_000m;

    public HouseAccounts(MatchingEngine engine)
    {
        Maker = Open(engine, "house-maker");
        Taker = Open(engine, "house-taker");
    }

    public Account Maker { get; }
    public Account Taker { get; }

    private static Account Open(MatchingEngine engine, string id)
    {
        var account = new Account(id, isHouse: true);
        engine.Add(account);
        foreach (var asset in engine.Books.Values.SelectMany(b => new[] { b.Base, b.Quote }).Distinct())
        {
            engine.Deposit(account, asset, Wealth);
        }

        return account;
    }
}
