using System.Text.Json;

namespace Workbench.Simulator.Tests.Bybit;

/// <summary>Compares the form of two JSON values: member names and kinds, not values.</summary>
internal static class Shape
{
    /// <summary>What an answer lacks, or has in another JSON kind than the recorded one. More members than recorded are well.</summary>
    public static List<string> Differences(JsonElement recorded, JsonElement answer, IReadOnlySet<string>? exempt = null)
    {
        var differences = new List<string>();
        Compare(recorded, answer, "", exempt ?? new HashSet<string>(), differences);
        return differences;
    }

    private static void Compare(JsonElement recorded, JsonElement answer, string path, IReadOnlySet<string> exempt, List<string> differences)
    {
        if (exempt.Contains(path))
        {
            return;
        }

        if (Kind(recorded) != Kind(answer))
        {
            differences.Add($"{path}: {Kind(answer)} instead of {Kind(recorded)}");
            return;
        }

        if (recorded.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in recorded.EnumerateObject())
            {
                var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                if (answer.TryGetProperty(member.Name, out var value))
                {
                    Compare(member.Value, value, at, exempt, differences);
                }
                else if (!exempt.Contains(at))
                {
                    differences.Add($"{at}: missing");
                }
            }
        }
        else if (recorded.ValueKind == JsonValueKind.Array && recorded.GetArrayLength() > 0 && answer.GetArrayLength() > 0)
        {
            Compare(recorded[0], answer[0], path + "[]", exempt, differences);
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
