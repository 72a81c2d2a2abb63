using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.UserData;

/// <summary>Reads the coins of an account, the same in queries and events.</summary>
internal static class WalletRow
{
    /// <summary>Reads an account whose object has been entered and adds its coins, also those that are zero. A coin that cannot be read is a problem of the cursor.</summary>
    public static void Read(ref JsonCursor cursor, List<Balance> balances)
    {
        while (cursor.NextField())
        {
            if (!cursor.Is("coin"u8))
            {
                cursor.Skip();
            }
            else if (cursor.EnterArray())
            {
                while (cursor.NextObject())
                {
                    ReadCoin(ref cursor, balances);
                }
            }
        }
    }

    private static void ReadCoin(ref JsonCursor cursor, List<Balance> balances)
    {
        string? coin = null;
        decimal? total = null, locked = null;
        while (cursor.NextField())
        {
            if (cursor.Is("coin"u8))
            {
                coin = cursor.Text();
            }
            else if (cursor.Is("walletBalance"u8))
            {
                total = cursor.Number();
            }
            else if (cursor.Is("locked"u8))
            {
                locked = cursor.Number();
            }
            else
            {
                cursor.Skip();
            }
        }

        if (!Assets.TryCreate(coin, out var asset) || total is null)
        {
            cursor.Fail("a coin has no name or no balance");
            return;
        }

        // The venue's own "free" and "availableToWithdraw" have been empty since January 2025.
        balances.Add(new Balance(asset, new Amount(total.Value - (locked ?? 0)), new Amount(locked ?? 0)));
    }
}
