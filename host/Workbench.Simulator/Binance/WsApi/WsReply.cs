using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.WsApi;

/// <summary>Puts a result or an error into the frame of the WebSocket API.</summary>
internal sealed class WsReply(RequestLimits limits, OrderCounts counts, VenueClock clock)
{
    public byte[] Of(string id, ApiResult result, bool withLimits, ApiCredential? orderedBy) =>
        JsonText.Render((Reply: this, id, result, withLimits, orderedBy), static (json, s) => s.Reply.Write(json, s.id, s.result, s.withLimits, s.orderedBy));

    private void Write(Utf8JsonWriter json, string id, ApiResult result, bool withLimits, ApiCredential? orderedBy)
    {
        json.WriteStartObject();
        json.WritePropertyName("id");
        json.WriteRawValue(id);
        json.WriteNumber("status", result.Error?.Status ?? 200);
        if (result.Error is { } error)
        {
            Error(json, error);
        }
        else
        {
            json.WritePropertyName("result");
            json.WriteRawValue(result.Body, skipInputValidation: true);
        }

        if (withLimits)
        {
            json.WriteStartArray("rateLimits");
            if (orderedBy is not null && result.Error is null)
            {
                var (tenSeconds, day) = counts.Of(orderedBy.Account);
                RateLimitJson.Write(json, "ORDERS", "SECOND", 10, OrderCounts.PerTenSeconds, tenSeconds);
                RateLimitJson.Write(json, "ORDERS", "DAY", 1, OrderCounts.PerDay, day);
            }

            RateLimitJson.Write(json, "REQUEST_WEIGHT", "MINUTE", 1, RequestLimits.WeightPerMinute, limits.UsedWeight);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void Error(Utf8JsonWriter json, ApiError error)
    {
        json.WriteStartObject("error");
        json.WriteNumber("code", error.Code);
        json.WriteString("msg", error.Message);
        if (error.Data is { } data)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(data, skipInputValidation: true);
        }
        else if (error.RetryAfterSeconds is { } seconds)
        {
            // Here as points in time, unlike the header of REST.
            json.WriteStartObject("data");
            json.WriteNumber("serverTime", clock.NowMillis);
            json.WriteNumber("retryAfter", clock.NowMillis + (seconds * 1000));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
