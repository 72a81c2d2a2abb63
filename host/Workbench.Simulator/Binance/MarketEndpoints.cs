using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>Time, trades and the average price.</summary>
internal sealed class MarketEndpoints(SimulatedVenue venue)
{
    public IEnumerable<Endpoint> All =>
    [
        new("GET", "/api/v3/ping", "ping", Security.None, Ping),
        new("GET", "/api/v3/time", "time", Security.None, Time),
        new("GET", "/api/v3/trades", "trades.recent", Security.None, Trades) { Reads = ["symbol", "limit"], Weight = _ => 25 },
        new("GET", "/api/v3/historicalTrades", "trades.historical", Security.None, Trades)
        {
            Reads = ["symbol", "limit", "fromId"],
            Weight = _ => 25,
        },
        new("GET", "/api/v3/historicalBlockTrades", "blockTrades.historical", Security.None, BlockTrades)
        {
            Reads = ["symbol", "limit", "fromId", "startTime", "endTime"],
            Weight = _ => 25,
        },
        new("GET", "/api/v3/aggTrades", "trades.aggregate", Security.None, AggregateTrades)
        {
            Reads = ["symbol", "fromId", "startTime", "endTime", "limit"],
            Weight = _ => 4,
        },
        new("GET", "/api/v3/avgPrice", "avgPrice", Security.None, AveragePrice) { Reads = ["symbol"], Weight = _ => 2 },
    ];

    private static ApiError? Ping(ApiCall call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteEndObject();
        return null;
    }

    private ApiError? Time(ApiCall call)
    {
        call.Json.WriteStartObject();
        call.Json.WriteNumber("serverTime", call.Time(venue.Clock.NowMicros));
        call.Json.WriteEndObject();
        return null;
    }

    private ApiError? Trades(ApiCall call)
    {
        var limit = call.Parameters.Limit(500, 1000);
        var fromId = call.Parameters.Integer("fromId");
        if (Market(call, out var market) is { } error)
        {
            return error;
        }

        var trades = venue.Execute(_ => fromId is null
            ? market.Trades.TakeNewest(limit)
            : market.Trades.TakeNewest(int.MaxValue).Where(t => t.Id >= fromId).Take(limit).ToList());
        call.Json.WriteStartArray();
        trades.ForEach(t => Trade(call, t));
        call.Json.WriteEndArray();
        return null;
    }

    // Trades outside the book; there are none here.
    private ApiError? BlockTrades(ApiCall call)
    {
        call.Parameters.Limit(500, 1000);
        if (Market(call, out _) is { } error)
        {
            return error;
        }

        call.Json.WriteStartArray();
        call.Json.WriteEndArray();
        return null;
    }

    private static void Trade(ApiCall call, PublicTrade trade)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteNumber("id", trade.Id);
        json.Fixed8("price", trade.Price);
        json.Fixed8("qty", trade.Quantity);
        json.Fixed8("quoteQty", trade.Price * trade.Quantity);
        json.WriteNumber("time", call.Time(trade.TimeMicros));
        json.WriteBoolean("isBuyerMaker", trade.BuyerIsMaker);
        json.WriteBoolean("isBestMatch", true);
        json.WriteEndObject();
    }

    private ApiError? AggregateTrades(ApiCall call)
    {
        var limit = call.Parameters.Limit(500, 1000);
        var fromId = call.Parameters.Integer("fromId");
        var from = call.Millis("startTime");
        var to = call.Millis("endTime");
        if (fromId is not null && (from is not null || to is not null))
        {
            return ApiError.BadCombination;
        }

        if (Market(call, out var market) is { } error)
        {
            return error;
        }

        var all = venue.Execute(_ => market.Aggregates.TakeNewest(int.MaxValue))
            .Where(t => t.Id >= (fromId ?? 0) && TimeRange.Contains(from, to, t.TimeMicros / 1000));
        var json = call.Json;
        json.WriteStartArray();
        foreach (var trade in fromId is not null || from is not null ? all.Take(limit) : all.TakeLast(limit))
        {
            json.WriteStartObject();
            AggregateTradeFields(json, trade, call.Time(trade.TimeMicros));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }

    public static void AggregateTradeFields(Utf8JsonWriter json, AggregateTrade trade, long time)
    {
        json.WriteNumber("a", trade.Id);
        json.Fixed8("p", trade.Price);
        json.Fixed8("q", trade.Quantity);
        json.WriteNumber("f", trade.FirstTradeId);
        json.WriteNumber("l", trade.LastTradeId);
        json.WriteNumber("T", time);
        json.WriteBoolean("m", trade.BuyerIsMaker);
        json.WriteBoolean("M", true);
    }

    private ApiError? AveragePrice(ApiCall call)
    {
        if (Market(call, out var market) is { } error)
        {
            return error;
        }

        var minutes = market.Instrument.Spot.AveragePriceMinutes;
        var (price, last) = venue.Execute(_ => (
            market.AveragePrice(minutes, venue.Clock.NowMillis), market.Trades.Count == 0 ? venue.Clock.NowMicros : market.Trades.Newest.TimeMicros));
        call.Json.WriteStartObject();
        call.Json.WriteNumber("mins", minutes);
        call.Json.Fixed8("price", price);
        call.Json.WriteNumber("closeTime", call.Time(last));
        call.Json.WriteEndObject();
        return null;
    }

    private ApiError? Market(ApiCall call, out Market market)
    {
        market = null!;
        var symbol = call.Parameters.Required("symbol");
        if (call.Parameters.Error is { } error)
        {
            return error;
        }

        if (venue.Market(symbol) is not { } found)
        {
            return ApiError.InvalidSymbol;
        }

        market = found;
        return null;
    }
}
