using System.Text.Json;
using Workbench.Simulator.Bybit.Linear;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>The account as its owner sees it: wallet, mode, fees, key.</summary>
internal sealed class AccountEndpoints(SimulatedVenue venue, OrderGateway gateway, Ledgers ledgers, LinearVenue linear)
{
    public IEnumerable<RestRoute> All =>
    [
        RestRoute.Private("/v5/account/wallet-balance", Limit.Wallet, Wallet),
        RestRoute.Private("/v5/account/info", Limit.AccountInfo, _ => Info()),
        RestRoute.Private("/v5/account/fee-rate", Limit.FeeRate, FeeRate),
        RestRoute.Private("/v5/user/query-api", Limit.QueryApi, new KeyReport(venue).Of),
        RestRoute.Private("/v5/account/user-setting-config", Limit.AccountInfo, Settings),
        RestRoute.Command("/v5/account/set-limit-px-action", call => gateway.Change(call.Credential!, Limit.PriceAction, () => SetPriceAction(call))),
        RestRoute.Private("/v5/account/transaction-log", Limit.TransactionLog, new TransactionLog(venue, ledgers).List),
        RestRoute.Private("/v5/asset/coin/query-info", Limit.CoinInfo, Coins),
    ];

    private Reply Wallet(RestCall call)
    {
        if (call.Text("accountType") is not "UNIFIED")
        {
            return Reply.Fail(BybitError.Parameter("accountType only support UNIFIED."));
        }

        var wanted = call.Text("coin").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return venue.Execute(_ =>
        {
            IEnumerable<Balance> coins = wanted.Length == 0
                ? call.Account.Balances.Values.Where(b => b.Total != 0)
                : wanted.Select(call.Account.Balance);
            return Reply.Ok(w => w.WriteList("list", [coins.ToList()], (item, list) => WalletJson.Write(item, venue, call.Account, list, linear.Wallet(call.Account))));
        });
    }

    private Reply Info() => Reply.Ok(writer =>
    {
        writer.WriteNumber("unifiedMarginStatus", 5);
        writer.WriteString("marginMode", "REGULAR_MARGIN");
        writer.WriteBoolean("isMasterTrader", false);
        writer.WriteString("spotHedgingStatus", "OFF");
        writer.WriteString("dcpStatus", "OFF");
        writer.WriteNumber("timeWindow", 10);
        writer.WriteNumber("smpGroup", 0);
        writer.WriteText("updatedTime", venue.Clock.NowMillis);
    });

    private Reply FeeRate(RestCall call)
    {
        var symbol = call.Text("symbol");
        if (symbol.Length > 0 && venue.Market(symbol) is null)
        {
            return Reply.Fail(BybitError.Parameter("Not supported symbols"));
        }

        var markets = call.Category is "" or Categories.Spot ? venue.Markets : [];
        return Reply.Ok(writer =>
        {
            writer.WriteString("category", call.Category);
            writer.WriteList("list", markets.Where(m => symbol.Length == 0 || m.Symbol == symbol), (w, market) =>
            {
                w.WriteStartObject();
                w.WriteString("symbol", market.Symbol);
                w.WriteString("baseCoin", "");
                var rates = venue.Execute(engine => engine.FeeSchedule.Rates(call.Account, market.Symbol, engine.NowMicros));
                w.WriteAmount("takerFeeRate", rates.Taker);
                w.WriteAmount("makerFeeRate", rates.Maker);
                w.WriteEndObject();
            });
        });
    }

    // Queried under names that say the opposite of the switch: true is "refused" for spot.
    private Reply Settings(RestCall call) => venue.Execute(_ => Reply.Ok(writer =>
    {
        writer.WriteBoolean("lpaSpot", !ledgers[call.Account].MovesPrices);
        writer.WriteBoolean("lpaPerp", !(linear.Accounts.Find(call.Account.Id)?.MovesPrices ?? linear.Accounts.MovesPrices));
        writer.WriteBoolean("deltaEnable", false);
    }));

    private Reply SetPriceAction(RestCall call)
    {
        var (category, enable) = (call.Body.Text("category"), call.Body.Member("modifyEnable"));
        if (enable.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Reply.Fail(BybitError.Parameter("Request parameter error: modifyEnable invalid."));
        }

        if (category != Categories.Spot)
        {
            return Reply.Fail(BybitError.Parameter("Request parameter error: category invalid."));
        }

        venue.Execute(_ => ledgers[call.Account].MovesPrices = enable.GetBoolean());
        return Reply.Ok(static _ => { });
    }

    private Reply Coins(RestCall call)
    {
        var coins = venue.Markets.SelectMany(m => (string[])[m.Instrument.BaseAsset, m.Instrument.QuoteAsset]).Distinct();
        return Reply.Ok(writer => writer.WriteList("rows", coins.Where(c => call.Text("coin") is "" || call.Text("coin") == c), CoinJson.Write));
    }
}
