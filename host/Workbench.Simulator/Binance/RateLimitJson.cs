using System.Text.Json;

namespace Workbench.Simulator.Binance;

internal static class RateLimitJson
{
    public static void Write(Utf8JsonWriter json, string type, string interval, int intervalNumber, int limit, int? count = null)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType", type);
        json.WriteString("interval", interval);
        json.WriteNumber("intervalNum", intervalNumber);
        json.WriteNumber("limit", limit);
        if (count is { } used)
        {
            json.WriteNumber("count", used);
        }

        json.WriteEndObject();
    }
}
