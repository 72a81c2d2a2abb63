using System.Text.Json;

namespace Workbench.Simulator.Binance.WsApi;

/// <summary>One request frame, read. The id is kept as its JSON text, so that it is echoed with its type.</summary>
internal sealed record WsRequest(string Id, string Method, Parameters Parameters, string SignedPayload, bool ReturnRateLimits, string? ApiKey)
{
    public static WsRequest? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("method", out var method))
            {
                return null;
            }

            var id = root.TryGetProperty("id", out var given) ? given.GetRawText() : "null";
            var name = method.ToString();
            var pairs = root.TryGetProperty("params", out var p) && p.ValueKind == JsonValueKind.Object
                ? p.EnumerateObject().ToDictionary(m => m.Name, m => Text(m.Value), StringComparer.Ordinal)
                : [];
            return Build(id, name.StartsWith("v3/", StringComparison.Ordinal) ? name[3..] : name, pairs);
        }
        catch (JsonException)
        {
            return null;
        }
    }

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

        return new WsRequest(id, method, parameters, payload, limits != "false", key);
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
