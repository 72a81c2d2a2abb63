using Workbench.Configuration.Schema;
using Workbench.Configuration.Yaml;
using Workbench.Simulator.Faults;

namespace Workbench.Configuration.Faults;

/// <summary>What a fault file says.</summary>
/// <param name="Seed">Its own seed; null leaves that to others.</param>
/// <param name="Plans">In file order.</param>
internal sealed record FaultSchedule(long? Seed, IReadOnlyList<FaultPlan> Plans);

/// <summary>
/// Reads a file of faults: <c>seed</c>, and <c>faults</c>, a list of entries with <c>fault</c>, <c>at</c>, <c>every</c>,
/// <c>jitter</c>, <c>times</c>, <c>venue</c> and the options of the fault beside them.
/// </summary>
internal static class FaultFile
{
    private static readonly string[] Known = ["seed", "faults"];

    /// <summary>Reads the file; null after errors were added.</summary>
    public static FaultSchedule? Read(string path, ConfigurationErrors errors) =>
        ConfigurationSource.ReadFile(path, errors) is { } text ? ReadText(text, errors) : null;

    /// <summary>Reads the text of such a file; null after errors were added.</summary>
    public static FaultSchedule? ReadText(string text, ConfigurationErrors errors)
    {
        if (!ConfigurationSource.Accept(text, errors) || YamlReader.Read(text, errors) is not { } root)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            errors.Add(root.Start, "", $"expected a section with the keys {string.Join(", ", Known)}, found {NodeWords.Of(root)}");
            return null;
        }

        foreach (var entry in map.Entries.Where(e => !Known.Contains(e.Key)))
        {
            errors.Add(entry.KeyStart, entry.Key, $"unknown key; known here: {string.Join(", ", Known)}", NearestName.Find(entry.Key, Known));
        }

        var schedule = new FaultSchedule(Seed(map, errors), Plans(map, errors));
        return errors.Any ? null : schedule;
    }

    private static long? Seed(YamlMap map, ConfigurationErrors errors)
    {
        if (map.Entries.FirstOrDefault(e => e.Key == "seed") is not { Key: not null } entry)
        {
            return null;
        }

        if (entry.Value is YamlScalar { IsPlain: true } scalar && long.TryParse(scalar.Text, System.Globalization.CultureInfo.InvariantCulture, out var seed))
        {
            return seed;
        }

        errors.Add(entry.Place, "seed", "expected a whole number");
        return null;
    }

    private static List<FaultPlan> Plans(YamlMap map, ConfigurationErrors errors)
    {
        if (map.Entries.FirstOrDefault(e => e.Key == "faults") is not { Key: not null } entry)
        {
            errors.Add(map.Start, "faults", "is missing; expected a list of faults");
            return [];
        }

        if (entry.Value is not YamlList list)
        {
            if (entry.Value is not YamlBroken)
            {
                errors.Add(entry.Place, "faults", $"expected a list of faults, found {NodeWords.Of(entry.Value)}");
            }

            return [];
        }

        return [.. list.Items.Select((item, i) => Plan(item, ConfigurationPath.Item("faults", i), errors)).OfType<FaultPlan>()];
    }

    private static FaultPlan? Plan(YamlNode node, string path, ConfigurationErrors errors)
    {
        if (node is not YamlMap map)
        {
            if (node is not YamlBroken)
            {
                errors.Add(node.Start, path, $"expected an entry such as fault: black-hole, found {NodeWords.Of(node)}");
            }

            return null;
        }

        var fields = new List<KeyValuePair<string, string>>();
        foreach (var entry in map.Entries)
        {
            if (Text(entry.Value) is not { } text)
            {
                errors.Add(entry.Place, ConfigurationPath.Key(path, entry.Key), "expected a value, or a list of names");
                return null;
            }

            fields.Add(KeyValuePair.Create(entry.Key, text));
        }

        var (plan, key, problem) = FaultPlan.Read(fields);
        if (problem is not null)
        {
            var at = map.Entries.FirstOrDefault(e => e.Key == key);
            errors.Add(key is null ? map.Start : at.Place, key is null ? path : ConfigurationPath.Key(path, key), problem);
        }

        return plan;
    }

    // A list of names is written as the command line and the control port write it.
    private static string? Text(YamlNode node) => node switch
    {
        YamlScalar { IsNull: false } scalar => scalar.Text,
        YamlList list when list.Items.All(i => i is YamlScalar) => string.Join(',', list.Items.Cast<YamlScalar>().Select(i => i.Text)),
        _ => null,
    };
}
