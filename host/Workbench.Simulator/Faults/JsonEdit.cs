using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbench.Simulator.Faults;

/// <summary>Rewriting what the dialects have written, for faults that lie in the text.</summary>
internal static class JsonEdit
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Prices as text under the names that the two venues use; other fields of these names are no text.
    private static readonly HashSet<string> PriceNames = new(StringComparer.Ordinal)
    {
        "p", "b", "a", "c", "o", "h", "l", "w", "x", "price", "bidPrice", "askPrice", "lastPrice", "openPrice", "highPrice", "lowPrice",
        "weightedAvgPrice", "prevClosePrice", "bid1Price", "ask1Price", "prevPrice24h", "highPrice24h", "lowPrice24h", "open", "close", "high",
        "low", "markPrice", "indexPrice",
    };

    private static readonly HashSet<string> LadderNames = new(StringComparer.Ordinal) { "b", "a", "bids", "asks" };
    private static readonly HashSet<string> IdNames = new(StringComparer.Ordinal) { "u", "U", "pu", "seq", "lastUpdateId" };
    private static readonly HashSet<string> ListNames = new(StringComparer.Ordinal) { "list", "balances", "coin", "result", "data" };

    /// <summary>The message with a change made to it; the message itself when it is no JSON or nothing changed.</summary>
    public static byte[] Change(ReadOnlyMemory<byte> message, Func<JsonNode, bool> change)
    {
        try
        {
            return JsonNode.Parse(message.Span) is { } root && change(root)
                ? JsonSerializer.SerializeToUtf8Bytes(root, Options)
                : message.ToArray();
        }
        catch (JsonException)
        {
            return message.ToArray();
        }
    }

    /// <summary>Changes every price: of ladders, trades, bars and tickers.</summary>
    public static bool Prices(JsonNode node, Func<string, string> change)
    {
        var changed = false;
        foreach (var item in Objects(node))
        {
            foreach (var (name, value) in item.ToList())
            {
                if (value is JsonArray ladder && LadderNames.Contains(name))
                {
                    foreach (var level in ladder.OfType<JsonArray>().Where(l => l.Count >= 2))
                    {
                        level[0] = change(level[0]!.ToString());
                        changed = true;
                    }
                }
                else if (value is JsonValue text && PriceNames.Contains(name) && text.GetValueKind() == JsonValueKind.String && text.ToString().Length > 0)
                {
                    item[name] = change(text.ToString());
                    changed = true;
                }
            }
        }

        return changed;
    }

    /// <summary>Changes the update ids of whatever shows a book or its best prices.</summary>
    public static bool UpdateIds(JsonNode node, Func<long, long> change)
    {
        var changed = false;
        foreach (var item in Objects(node).Where(o => LadderNames.Any(o.ContainsKey)))
        {
            foreach (var (name, value) in item.ToList())
            {
                if (IdNames.Contains(name) && value is JsonValue number && number.TryGetValue<long>(out var id))
                {
                    item[name] = change(id);
                    changed = true;
                }
            }
        }

        return changed;
    }

    /// <summary>Empties the list that an answer is about.</summary>
    public static bool Lists(JsonNode node)
    {
        if (node is JsonArray whole)
        {
            whole.Clear();
            return true;
        }

        var lists = Objects(node).SelectMany(o => o).Where(m => ListNames.Contains(m.Key)).Select(m => m.Value).OfType<JsonArray>().ToList();
        lists.ForEach(l => l.Clear());
        return lists.Count > 0;
    }

    /// <summary>Changes a symbol's entry in a list of markets.</summary>
    public static bool Market(JsonNode node, string symbol, Func<JsonObject, bool> change)
    {
        var changed = false;
        foreach (var item in Objects(node).Where(o => (o.ContainsKey("baseAsset") || o.ContainsKey("baseCoin")) && o["symbol"]?.ToString() == symbol).ToList())
        {
            changed |= change(item);
        }

        return changed;
    }

    /// <summary>Changes texts of that name, wherever they stand.</summary>
    public static bool Texts(JsonNode node, IReadOnlyCollection<string> names, Func<string, string> change)
    {
        var changed = false;
        foreach (var item in Objects(node))
        {
            foreach (var name in names.Where(item.ContainsKey))
            {
                if (item[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
                {
                    item[name] = change(value.ToString());
                    changed = true;
                }
            }
        }

        return changed;
    }

    // Every object in it, the outermost first.
    private static IEnumerable<JsonObject> Objects(JsonNode node)
    {
        if (node is JsonObject item)
        {
            yield return item;
        }

        IEnumerable<JsonNode?> inner = node switch
        {
            JsonObject o => [.. o.Select(m => m.Value)],
            JsonArray a => [.. a],
            _ => [],
        };
        foreach (var nested in inner.OfType<JsonNode>().SelectMany(Objects))
        {
            yield return nested;
        }
    }
}
