using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>Reads what the account holds.</summary>
internal static class Balances
{
    /// <summary>The balances that are not zero, or null when one cannot be read.</summary>
    public static IReadOnlyList<Balance>? Of(List<BalanceJson>? rows) =>
        All(rows)?.Where(balance => balance.Free != Amount.Zero || balance.Locked != Amount.Zero).ToList();

    /// <summary>All balances, also those that are zero, or null when one cannot be read.</summary>
    public static IReadOnlyList<Balance>? All(List<BalanceJson>? rows)
    {
        if (rows is null)
        {
            return null;
        }

        var balances = new List<Balance>(rows.Count);
        foreach (var row in rows)
        {
            if (OrderWords.Asset(row.Asset) is not { } asset || row.Free is not { } free || row.Locked is not { } locked)
            {
                return null;
            }

            balances.Add(new Balance(asset, new Amount(free), new Amount(locked)));
        }

        return balances;
    }
}
