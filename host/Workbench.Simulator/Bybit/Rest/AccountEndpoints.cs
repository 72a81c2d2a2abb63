using Workbench.Simulator.Bybit.Linear;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>The account as its owner sees it: wallet, mode, fees, key.</summary>
internal sealed class AccountEndpoints(SimulatedVenue venue, LinearVenue linear)
{
    private const long KeyLifeDays = 90;

    public IEnumerable<RestRoute> All =>
    [
        RestRoute.Private("/v5/account/wallet-balance", Limit.Wallet, Wallet),
        RestRoute.Private("/v5/account/info", Limit.AccountInfo, _ => Info()),
        RestRoute.Private("/v5/account/fee-rate", Limit.FeeRate, FeeRate),
        RestRoute.Private("/v5/user/query-api", Limit.QueryApi, Key),
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
                w.WriteAmount("takerFeeRate", call.Account.TakerRate);
                w.WriteAmount("makerFeeRate", call.Account.MakerRate);
                w.WriteEndObject();
            });
        });
    }

    private Reply Key(RestCall call)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(venue.Clock.NowMillis);
        var canTrade = call.Credential!.CanTrade;
        return Reply.Ok(writer =>
        {
            writer.WriteString("id", "1");
            writer.WriteString("note", "simulator");
            writer.WriteString("apiKey", call.Credential.Key);
            writer.WriteNumber("readOnly", canTrade ? 0 : 1);
            writer.WriteString("secret", "");
            writer.WriteStartObject("permissions");
            foreach (var name in (string[])["ContractTrade", "Options", "Derivatives", "CopyTrading", "BlockTrade", "Exchange", "NFT", "Affiliate"])
            {
                writer.WriteList<string>(name, [], static (_, _) => { });
            }

            writer.WriteList("Spot", canTrade ? ["SpotTrade"] : Array.Empty<string>(), static (w, p) => w.WriteStringValue(p));
            writer.WriteList("Wallet", call.Credential.CanWithdraw ? ["AccountTransfer", "SubMemberTransferList", "Withdraw"] : Array.Empty<string>(), static (w, p) => w.WriteStringValue(p));
            writer.WriteEndObject();
            writer.WriteList("ips", ["*"], static (w, ip) => w.WriteStringValue(ip));
            writer.WriteNumber("type", 1);
            writer.WriteNumber("deadlineDay", KeyLifeDays);
            writer.WriteString("expiredAt", now.AddDays(KeyLifeDays).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteString("createdAt", now.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteNumber("unified", 0);
            writer.WriteNumber("uta", 1);
            writer.WriteNumber("userID", 1);
            writer.WriteNumber("inviterID", 0);
            writer.WriteString("vipLevel", "No VIP");
            writer.WriteString("mktMakerLevel", "0");
            writer.WriteNumber("affiliateID", 0);
            writer.WriteString("rsaPublicKey", "");
            writer.WriteBoolean("isMaster", true);
            writer.WriteString("parentUid", "0");
            writer.WriteString("kycLevel", "LEVEL_DEFAULT");
            writer.WriteString("kycRegion", "");
        });
    }
}
