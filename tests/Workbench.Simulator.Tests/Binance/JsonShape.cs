using System.Text.Json;

namespace Workbench.Simulator.Tests.Binance;

/// <summary>Compares what JSON values are made of: member names and kinds, not contents.</summary>
internal static class JsonShape
{
    /// <summary>
    /// What differs, as paths. A null fits any kind, an empty array any array; arrays are compared by their first elements, those of
    /// objects with a telling member (<c>filterType</c>, <c>rateLimitType</c>) by the elements of the same type.
    /// </summary>
    public static List<string> Differences(JsonElement recorded, JsonElement ours, string path = "")
    {
        var list = new List<string>();
        Compare(recorded, ours, path, list);
        return list;
    }

    private static void Compare(JsonElement recorded, JsonElement ours, string path, List<string> list)
    {
        if (recorded.ValueKind == JsonValueKind.Null || ours.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (Kind(recorded) != Kind(ours))
        {
            list.Add($"{path}: {Kind(recorded)} recorded, {Kind(ours)} here");
        }
        else if (recorded.ValueKind == JsonValueKind.Object)
        {
            CompareMembers(recorded, ours, path, list);
        }
        else if (recorded.ValueKind == JsonValueKind.Array && recorded.GetArrayLength() > 0 && ours.GetArrayLength() > 0)
        {
            CompareElements(recorded, ours, path, list);
        }
    }

    private static void CompareMembers(JsonElement recorded, JsonElement ours, string path, List<string> list)
    {
        foreach (var member in recorded.EnumerateObject())
        {
            if (ours.TryGetProperty(member.Name, out var same))
            {
                Compare(member.Value, same, $"{path}.{member.Name}", list);
            }
            else
            {
                list.Add($"{path}.{member.Name}: missing here");
            }
        }

        list.AddRange(ours.EnumerateObject().Where(m => !recorded.TryGetProperty(m.Name, out _)).Select(m => $"{path}.{m.Name}: not recorded"));
    }

    private static void CompareElements(JsonElement recorded, JsonElement ours, string path, List<string> list)
    {
        if (Tag(recorded[0]) is not { } tag)
        {
            var count = recorded[0].ValueKind == JsonValueKind.Object ? 1 : Math.Min(recorded.GetArrayLength(), ours.GetArrayLength());
            for (var i = 0; i < count; i++)
            {
                Compare(recorded[i], ours[i], $"{path}[{i}]", list);
            }

            return;
        }

        foreach (var element in recorded.EnumerateArray())
        {
            var type = element.GetProperty(tag).GetString();
            var same = ours.EnumerateArray().FirstOrDefault(o => o.GetProperty(tag).GetString() == type);
            if (same.ValueKind == JsonValueKind.Object)
            {
                Compare(element, same, $"{path}[{type}]", list);
            }
        }
    }

    private static string? Tag(JsonElement element) => element.ValueKind != JsonValueKind.Object ? null
        : element.TryGetProperty("filterType", out _) ? "filterType"
        : element.TryGetProperty("rateLimitType", out _) ? "rateLimitType"
        : null;

    private static string Kind(JsonElement element) =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : element.ValueKind.ToString();
}
