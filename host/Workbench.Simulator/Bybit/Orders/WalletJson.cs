using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>The wallet object of <c>wallet-balance</c> and of the <c>wallet</c> topic: totals in USD and some or all coins.</summary>
internal static class WalletJson
{
    private const int UsdDecimals = 8;

    public static void Write(Utf8JsonWriter writer, SimulatedVenue venue, Account account, IEnumerable<Balance> coins, WalletMargin margin)
    {
        var state = margin.State;
        var total = account.Balances.Values.Sum(b => Usd(venue, b.Asset, b.Total));
        var free = account.Balances.Values.Sum(b => Usd(venue, b.Asset, b.Free));
        var equity = total + Usd(venue, margin.Coin, state.Unrealised);
        writer.WriteStartObject();
        writer.WriteString("accountType", "UNIFIED");
        writer.WriteAmount("accountIMRate", Rate(Usd(venue, margin.Coin, state.InitialMargin), equity));
        writer.WriteAmount("accountMMRate", Rate(Usd(venue, margin.Coin, state.Maintenance), equity));
        writer.WriteString("accountLTV", "");
        writer.WriteAmount("totalEquity", equity);
        writer.WriteAmount("totalWalletBalance", total);
        writer.WriteAmount("totalMarginBalance", equity);
        writer.WriteAmount("totalAvailableBalance", Math.Max(0, free + Usd(venue, margin.Coin, state.Unrealised - state.InitialMargin)));
        writer.WriteAmount("totalPerpUPL", Usd(venue, margin.Coin, state.Unrealised));
        writer.WriteAmount("totalInitialMargin", Usd(venue, margin.Coin, state.InitialMargin));
        writer.WriteAmount("totalMaintenanceMargin", Usd(venue, margin.Coin, state.Maintenance));
        writer.WriteString("accountIMRateByMp", "0");
        writer.WriteString("accountMMRateByMp", "0");
        writer.WriteString("totalInitialMarginByMp", "0");
        writer.WriteString("totalMaintenanceMarginByMp", "0");
        writer.WriteList("coin", coins, (w, balance) => WriteCoin(w, venue, balance, balance.Asset == margin.Coin ? margin : default));
        writer.WriteEndObject();
    }

    private static decimal Rate(decimal margin, decimal equity) => equity <= 0 ? 0 : decimal.Round(margin / equity, 4);

    private static void WriteCoin(Utf8JsonWriter writer, SimulatedVenue venue, Balance balance, WalletMargin margin)
    {
        var state = margin.State;
        writer.WriteStartObject();
        writer.WriteString("coin", balance.Asset);
        writer.WriteAmount("equity", balance.Total + state.Unrealised);
        writer.WriteAmount("usdValue", Usd(venue, balance.Asset, balance.Total + state.Unrealised));
        writer.WriteAmount("walletBalance", balance.Total);
        writer.WriteAmount("locked", balance.Locked);
        writer.WriteString("free", "");
        writer.WriteString("availableToWithdraw", "");
        writer.WriteString("availableToBorrow", "");
        writer.WriteString("borrowAmount", "0");
        writer.WriteString("spotBorrow", "0");
        writer.WriteString("accruedInterest", "0");
        writer.WriteAmount("totalOrderIM", state.OrderMargin);
        writer.WriteAmount("totalPositionIM", state.PositionMargin);
        writer.WriteAmount("totalPositionMM", state.Maintenance);
        writer.WriteAmount("unrealisedPnl", decimal.Round(state.Unrealised, UsdDecimals));
        writer.WriteAmount("cumRealisedPnl", decimal.Round(margin.Realised, UsdDecimals));
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
