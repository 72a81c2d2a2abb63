using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>
/// The part of the wallet API that clients ask while they load: what the coins are, what trading costs, what the key may do.
/// It has a request budget of its own on the live venue, so nothing here is charged to that of spot.
/// </summary>
internal sealed class WalletEndpoints(SimulatedVenue venue)
{
    // Lists of margin pairs ask for a key only, but some clients sign the question.
    private static readonly string[] Signing = ["timestamp", "recvWindow", "signature"];

    public IEnumerable<Endpoint> All =>
    [
        new("GET", "/sapi/v1/system/status", null, Security.None, SystemStatus) { Weight = _ => 0 },
        new("GET", "/sapi/v1/capital/config/getall", null, Security.Signed, Coins) { Weight = _ => 0 },
        new("GET", "/sapi/v1/asset/tradeFee", null, Security.Signed, TradeFees) { Reads = ["symbol"], Weight = _ => 0 },
        new("GET", "/sapi/v1/margin/allPairs", null, Security.None, NoPairs) { Reads = Signing, Weight = _ => 0 },
        new("GET", "/sapi/v1/margin/isolated/allPairs", null, Security.None, NoPairs) { Reads = ["symbol", .. Signing], Weight = _ => 0 },
        new("GET", "/sapi/v1/account/apiRestrictions", null, Security.Signed, Restrictions) { Weight = _ => 0 },
    ];

    private static ApiError? SystemStatus(ApiCall call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteNumber("status", 0);
        call.Json.WriteString("msg", "normal");
        call.Json.WriteEndObject();
        return null;
    }

    private ApiError? Coins(ApiCall call) => venue.Execute(_ =>
    {
        var coins = venue.Markets.SelectMany(m => (string[])[m.Instrument.BaseAsset, m.Instrument.QuoteAsset]).Distinct();
        call.Json.WriteStartArray();
        foreach (var coin in coins.Order(StringComparer.Ordinal))
        {
            Coin(call.Json, call.Account.Balance(coin));
        }

        call.Json.WriteEndArray();
        return (ApiError?)null;
    });

    private ApiError? TradeFees(ApiCall call)
    {
        var symbol = call.Parameters.Text("symbol");
        if (symbol is not null && venue.Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        call.Json.WriteStartArray();
        foreach (var market in venue.Markets.Where(m => symbol is null || m.Symbol == symbol))
        {
            var rates = venue.Execute(engine => CommissionJson.Rates(engine, call.Account, market.Symbol));
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol", market.Symbol);
            call.Json.Plain("makerCommission", rates.Maker);
            call.Json.Plain("takerCommission", rates.Taker);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    // The venue lends nothing.
    private static ApiError? NoPairs(ApiCall call)
    {
        call.Json.WriteStartArray();
        call.Json.WriteEndArray();
        return null;
    }

    private ApiError? Restrictions(ApiCall call)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteBoolean("ipRestrict", false);
        json.WriteNumber("createTime", call.Time(venue.Clock.NowMicros));
        json.WriteBoolean("enableReading", true);
        json.WriteBoolean("enableSpotAndMarginTrading", call.Credential!.CanTrade);
        json.WriteBoolean("enableWithdrawals", call.Credential.CanWithdraw);
        foreach (var name in (string[])["enableInternalTransfer", "permitsUniversalTransfer", "enableMargin",
            "enableVanillaOptions", "enableFutures", "enableFixApiTrade", "enableFixReadOnly", "enablePortfolioMarginTrading"])
        {
            json.WriteBoolean(name, false);
        }

        json.WriteEndObject();
        return null;
    }

    private static void Coin(Utf8JsonWriter json, Balance balance)
    {
        json.WriteStartObject();
        json.WriteString("coin", balance.Asset);
        json.WriteBoolean("depositAllEnable", false);
        json.WriteBoolean("withdrawAllEnable", false);
        json.WriteString("name", balance.Asset);
        json.Plain("free", balance.Free);
        json.Plain("locked", balance.Locked);
        foreach (var name in (string[])["freeze", "withdrawing", "ipoing", "ipoable", "storage"])
        {
            json.WriteString(name, "0");
        }

        json.WriteBoolean("isLegalMoney", false);
        json.WriteBoolean("trading", true);
        json.WriteStartArray("networkList");
        Network(json, balance.Asset);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // One network per coin, under the coin's own name; nothing can be sent in or out of a simulated venue.
    private static void Network(Utf8JsonWriter json, string coin)
    {
        json.WriteStartObject();
        json.WriteString("network", coin);
        json.WriteString("coin", coin);
        json.WriteString("name", coin);
        json.WriteBoolean("isDefault", true);
        json.WriteBoolean("depositEnable", false);
        json.WriteBoolean("withdrawEnable", false);
        foreach (var name in (string[])["depositDesc", "withdrawDesc", "specialTips", "specialWithdrawTips", "addressRegex", "addressRule", "memoRegex"])
        {
            json.WriteString(name, "");
        }

        json.WriteBoolean("resetAddressStatus", false);
        json.WriteBoolean("sameAddress", false);
        json.WriteBoolean("busy", false);
        json.WriteString("withdrawIntegerMultiple", "0.00000001");
        json.WriteString("withdrawFee", "0");
        json.WriteString("withdrawMin", "0");
        json.WriteString("withdrawMax", "9999999999.99999999");
        json.WriteString("depositDust", "0.00000001");
        json.WriteNumber("minConfirm", 1);
        json.WriteNumber("unLockConfirm", 0);
        json.WriteNumber("estimatedArrivalTime", 5);
        json.WriteEndObject();
    }
}
