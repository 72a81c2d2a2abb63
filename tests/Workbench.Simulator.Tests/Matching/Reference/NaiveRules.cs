namespace Workbench.Simulator.Tests.Matching.Reference;

/// <summary>An account of the reference market.</summary>
internal sealed record NaiveAccount(long Group, decimal Maker, decimal Taker, string? DiscountAsset = null, decimal Off = 0);

/// <summary>Who is who and who pays what.</summary>
internal sealed class NaiveRules(IReadOnlyList<NaiveAccount> accounts, bool rebatesInSpentAsset)
{
    public const decimal ReferencePrice = 100;

    /// <summary>Price of the third asset, N, in B.</summary>
    public const decimal PriceOfN = 7;

    public IReadOnlyList<NaiveAccount> Accounts { get; } = accounts;

    public bool IsSelf(int one, int other) => one == other || (Accounts[one].Group > 0 && Accounts[one].Group == Accounts[other].Group);

    public (decimal Amount, string Asset) Fee(NaiveMoney money, NaiveOrder order, decimal price, decimal quantity, bool isMaker)
    {
        var account = Accounts[order.Account];
        var rate = isMaker ? account.Maker : account.Taker;
        var quote = price * quantity;
        var (received, spent) = order.Buys ? ("A", "B") : ("B", "A");
        if (rate > 0 && account.DiscountAsset is { } asset && !(order.IsMarket && asset == spent))
        {
            var worth = asset switch { "A" => price, "B" => 1, _ => PriceOfN };
            var amount = Cut(quote * rate * (1 - account.Off) / worth);
            if (amount <= money.Free(order.Account, asset))
            {
                return (amount, asset);
            }
        }

        var paidIn = rate < 0 && rebatesInSpentAsset ? spent : received;
        return (Cut((paidIn == "A" ? quantity : quote) * rate), paidIn);
    }

    private static decimal Cut(decimal amount) => Math.Truncate(amount * 100_000_000) / 100_000_000;
}
