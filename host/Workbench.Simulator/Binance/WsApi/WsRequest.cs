using System.Text.Json;

namespace Workbench.Simulator.Binance.WsApi;

/// <summary>One request frame, read. The id is kept as its JSON text, so that it is echoed with its type.</summary>
internal sealed record WsRequest(string Id, string Method, Parameters Parameters, string SignedPayload, bool? ReturnRateLimits, string? ApiKey)
{
    public static WsRequest? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("method", out var method)
                || (root.TryGetProperty("id", out var id) && !IsId(id)))
            {
                return null;
            }

            var name = method.ToString();
            var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
            if (root.TryGetProperty("params", out var p) && p.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in p.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null))
                {
                    if (!pairs.TryAdd(member.Name, Text(member.Value)))
                    {
                        return null;
                    }
                }
            }

            return Build(id.ValueKind == JsonValueKind.Undefined ? "null" : id.GetRawText(), name.StartsWith("v3/", StringComparison.Ordinal) ? name[3..] : name, pairs);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An id is a whole number, a text of up to 36 characters, or null.</summary>
    public static bool IsId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Number => id.TryGetInt64(out _),
        JsonValueKind.String => id.GetString()!.Length <= 36,
        _ => false,
    };

    private static WsRequest Build(string id, string method, Dictionary<string, string> pairs)
    {
        // Signed: everything that was sent but the signature, sorted by name, unescaped.
        var payload = string.Join('&', pairs
            .Where(m => m.Key != "signature")
            .OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => $"{m.Key}={m.Value}"));
        pairs.Remove("apiKey", out var key);
        pairs.Remove("returnRateLimits", out var limits);
        var parameters = new Parameters();
        foreach (var (name, value) in pairs)
        {
            parameters.Add(name, value);
        }

        return new WsRequest(id, method, parameters, payload, limits is null ? null : limits != "false", key);
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
