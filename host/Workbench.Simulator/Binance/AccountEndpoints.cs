using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>Balances, fills, fee rates and order counts of the caller's account.</summary>
internal sealed class AccountEndpoints(SimulatedVenue venue, OrderCounts counts)
{
    public IEnumerable<Endpoint> All =>
    [
        new("GET", "/api/v3/account", "account.status", Security.Signed, Account) { Reads = ["omitZeroBalances"], Weight = _ => 20 },
        new("GET", "/api/v3/myTrades", "myTrades", Security.Signed, MyTrades)
        {
            Reads = ["symbol", "orderId", "startTime", "endTime", "fromId", "limit"],
            Weight = p => p.Has("orderId") ? 5 : 20,
        },
        new("GET", "/api/v3/account/commission", "account.commission", Security.Signed, Commission) { Reads = ["symbol"], Weight = _ => 20 },
        new("GET", "/api/v3/myFilters", "myFilters", Security.Signed, Filters) { Reads = ["symbol"], Weight = _ => 40 },
        new("GET", "/api/v3/rateLimit/order", "account.rateLimits.orders", Security.Signed, OrderLimits) { Weight = _ => 40 },
    ];

    private ApiError? Account(ApiCall call)
    {
        var omitZero = call.Parameters.Text("omitZeroBalances") == "true";
        return venue.Execute(engine =>
        {
            var account = call.Account;
            var rates = CommissionJson.Rates(engine, account);
            var json = call.Json;
            json.WriteStartObject();
            json.WriteNumber("makerCommission", (int)(rates.Maker * 10_000));
            json.WriteNumber("takerCommission", (int)(rates.Taker * 10_000));
            json.WriteNumber("buyerCommission", 0);
            json.WriteNumber("sellerCommission", 0);
            json.WriteStartObject("commissionRates");
            CommissionJson.Write(json, rates, hasSides: true);
            json.WriteEndObject();
            json.WriteBoolean("canTrade", call.Credential!.CanTrade);
            json.WriteBoolean("canWithdraw", false);
            json.WriteBoolean("canDeposit", false);
            json.WriteBoolean("brokered", false);
            json.WriteBoolean("requireSelfTradePrevention", false);
            json.WriteBoolean("preventSor", false);
            json.WriteNumber("updateTime", call.Time(account.UpdatedMicros));
            json.WriteString("accountType", "SPOT");
            Balances(json, account, omitZero);
            json.WriteStartArray("permissions");
            json.WriteStringValue("SPOT");
            json.WriteEndArray();
            json.WriteNumber("uid", 354937868);
            if (account.TradeGroup != 0)
            {
                json.WriteNumber("tradeGroupId", account.TradeGroup);
            }

            json.WriteEndObject();
            return (ApiError?)null;
        });
    }

    private ApiError? MyTrades(ApiCall call)
    {
        var p = call.Parameters;
        var symbol = p.Required("symbol");
        var limit = p.Limit(500, 1000);
        var orderId = p.Integer("orderId");
        var fromId = p.Integer("fromId");
        var from = call.Millis("startTime");
        var to = call.Millis("endTime");
        if ((p.Error ?? TimeRange.Check(from, to)) is { } error)
        {
            return error;
        }

        if (venue.Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        // Times go with neither an order nor a first trade.
        if ((from is not null || to is not null) && (orderId is not null || fromId is not null))
        {
            return ApiError.BadCombination;
        }

        return venue.Execute(_ =>
        {
            var trades = call.Account.TradesSince(symbol, fromId ?? 0)
                .Where(t => (orderId is null || t.OrderId == orderId) && TimeRange.Contains(from, to, t.TimeMicros / 1000))
                .ToList();
            var oldestFirst = fromId is not null || from is not null;
            call.Json.WriteStartArray();
            foreach (var trade in oldestFirst ? trades.Take(limit) : trades.TakeLast(limit))
            {
                OrderJson.Trade(call, trade);
            }

            call.Json.WriteEndArray();
            return (ApiError?)null;
        });
    }

    private ApiError? Commission(ApiCall call)
    {
        var symbol = call.Parameters.Required("symbol");
        if (call.Parameters.Error is { } error)
        {
            return error;
        }

        if (venue.Market(symbol) is not { } market)
        {
            return ApiError.InvalidSymbol;
        }

        return venue.Execute(engine =>
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol", symbol);
            CommissionJson.Parts(call.Json, engine, call.Account, market.Book);
            call.Json.WriteEndObject();
            return (ApiError?)null;
        });
    }

    private ApiError? Filters(ApiCall call)
    {
        var symbol = call.Parameters.Required("symbol");
        if (call.Parameters.Error is { } error)
        {
            return error;
        }

        if (venue.Market(symbol) is not { } market)
        {
            return ApiError.InvalidSymbol;
        }

        return venue.Execute(_ =>
        {
            call.Json.WriteStartObject();
            ExchangeInfo.ExchangeFilters(call.Json, venue.ExchangeRules);
            ExchangeInfo.Filters(call.Json, "symbolFilters", market.Instrument);
            ExchangeInfo.AssetFilters(call.Json, venue.ExchangeRules, market.Instrument);
            call.Json.WriteEndObject();
            return (ApiError?)null;
        });
    }

    private ApiError? OrderLimits(ApiCall call)
    {
        var (tenSeconds, day) = counts.Of(call.Account);
        call.Json.WriteStartArray();
        RateLimitJson.Write(call.Json, "ORDERS", "SECOND", 10, OrderCounts.PerTenSeconds, tenSeconds);
        RateLimitJson.Write(call.Json, "ORDERS", "DAY", 1, OrderCounts.PerDay, day);
        call.Json.WriteEndArray();
        return null;
    }

    private static void Balances(Utf8JsonWriter json, Account account, bool omitZero)
    {
        json.WriteStartArray("balances");
        foreach (var balance in account.Balances.Values)
        {
            if (omitZero && balance.Total == 0)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("asset", balance.Asset);
            json.Fixed8("free", balance.Free);
            json.Fixed8("locked", balance.Locked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
