using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>The wallet object of <c>wallet-balance</c> and of the <c>wallet</c> topic: totals in USD and some or all coins.</summary>
internal static class WalletJson
{
    private const int UsdDecimals = 8;

    public static void Write(Utf8JsonWriter writer, SimulatedVenue venue, Account account, IEnumerable<Balance> coins)
    {
        var total = BybitJson.Text(account.Balances.Values.Sum(b => Usd(venue, b.Asset, b.Total)));
        var available = BybitJson.Text(account.Balances.Values.Sum(b => Usd(venue, b.Asset, b.Free)));
        writer.WriteStartObject();
        writer.WriteString("accountType", "UNIFIED");
        writer.WriteString("accountIMRate", "0");
        writer.WriteString("accountMMRate", "0");
        writer.WriteString("accountLTV", "");
        writer.WriteString("totalEquity", total);
        writer.WriteString("totalWalletBalance", total);
        writer.WriteString("totalMarginBalance", total);
        writer.WriteString("totalAvailableBalance", available);
        writer.WriteString("totalPerpUPL", "0");
        writer.WriteString("totalInitialMargin", "0");
        writer.WriteString("totalMaintenanceMargin", "0");
        writer.WriteList("coin", coins, (w, balance) => WriteCoin(w, venue, balance));
        writer.WriteEndObject();
    }

    private static void WriteCoin(Utf8JsonWriter writer, SimulatedVenue venue, Balance balance)
    {
        writer.WriteStartObject();
        writer.WriteString("coin", balance.Asset);
        writer.WriteAmount("equity", balance.Total);
        writer.WriteAmount("usdValue", Usd(venue, balance.Asset, balance.Total));
        writer.WriteAmount("walletBalance", balance.Total);
        writer.WriteAmount("locked", balance.Locked);
        writer.WriteString("free", "");
        writer.WriteString("availableToWithdraw", "");
        writer.WriteString("availableToBorrow", "");
        writer.WriteString("borrowAmount", "0");
        writer.WriteString("spotBorrow", "0");
        writer.WriteString("accruedInterest", "0");
        writer.WriteString("totalOrderIM", "0");
        writer.WriteString("totalPositionIM", "0");
        writer.WriteString("totalPositionMM", "0");
        writer.WriteString("unrealisedPnl", "0");
        writer.WriteString("cumRealisedPnl", "0");
        writer.WriteString("bonus", "0");
        writer.WriteBoolean("marginCollateral", true);
        writer.WriteBoolean("collateralSwitch", true);
        writer.WriteString("colRes", "0");
        writer.WriteString("spotHedgingQty", "0");
        writer.WriteEndObject();
    }

    // A coin without a USDT market counts nothing.
    private static decimal Usd(SimulatedVenue venue, string asset, decimal amount)
    {
        var price = asset is "USDT" or "USDC" or "USD" ? 1 : venue.Market(asset + "USDT")?.LastPrice ?? 0;
        return decimal.Round(amount * price, UsdDecimals);
    }
}
