using System.Collections.ObjectModel;
using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>A section whose keys the user names, all of one shape; it keeps the file's order.</summary>
internal sealed class MapShape<T>(NameRule names, Shape<T> item) : Shape<IReadOnlyDictionary<string, T>>
{
    public override string TypeName => $"map of {names.Noun} to {item.TypeName}";

    public override string? Range => item.Range;

    public override IReadOnlyDictionary<string, T> Fallback => ReadOnlyDictionary<string, T>.Empty;

    /// <summary>The least number of entries.</summary>
    public int Min { get; init; }

    public override IReadOnlyDictionary<string, T> Read(YamlNode node, string path, ReadContext context)
    {
        var entries = Entries(node, path, context);
        if (entries is null)
        {
            return Fallback;
        }

        if (entries.Count < Min)
        {
            context.Error(node.Start, path, $"is empty; it needs at least one {names.Noun}");
        }

        var values = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var entryPath = ConfigurationPath.Key(path, entry.Key);
            context.Found(entryPath, entry.KeyStart);
            if (!names.Accepts(entry.Key))
            {
                context.Error(entry.KeyStart, path, $"'{entry.Key}' is not {names.Rule}");
            }

            values.Add(entry.Key, item.Read(entry.Value, entryPath, context));
        }

        return new ReadOnlyDictionary<string, T>(values);
    }

    public override IEnumerable<SchemaRow> Rows(string path) => item.Rows($"{path}.*");

    private IReadOnlyList<YamlEntry>? Entries(YamlNode node, string path, ReadContext context)
    {
        switch (node)
        {
            case YamlMap map:
                return map.Entries;
            case YamlScalar { IsNull: true }:
                return [];
            case YamlBroken:
                return null;
            default:
                context.Error(node.Start, path, $"expected a {TypeName}, found {NodeWords.Of(node)}");
                return null;
        }
    }
}
