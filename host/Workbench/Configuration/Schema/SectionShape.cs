using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>A section with named keys, and the record it becomes.</summary>
internal sealed class SectionShape<T>(IReadOnlyList<Key> keys, Func<SectionReader, T> build) : Shape<T>
{
    private readonly Lazy<T> _fallback = new(() => build(SectionReader.Silent(keys)));

    public override string TypeName => "section";

    public override T Fallback => _fallback.Value;

    public override T Read(YamlNode node, string path, ReadContext context)
    {
        switch (node)
        {
            case YamlMap map:
                return ReadMap(map, path, context);
            case YamlScalar { IsNull: true }:
                return ReadMap(new YamlMap(node.Start, []), path, context);
            case YamlBroken:
                return Fallback;
            default:
                context.Error(node.Start, path, $"expected a section of key: value lines, found {NodeWords.Of(node)}");
                return Fallback;
        }
    }

    public override IEnumerable<SchemaRow> Rows(string path) => keys.SelectMany(k => k.Rows(path));

    private T ReadMap(YamlMap map, string path, ReadContext context)
    {
        foreach (var entry in map.Entries)
        {
            var entryPath = ConfigurationPath.Key(path, entry.Key);
            context.Found(entryPath, entry.Place);
            if (!keys.Any(k => k.Name == entry.Key))
            {
                RefuseUnknown(entry, entryPath, context);
            }
        }

        var reader = new SectionReader(keys, map, path, context);
        var value = build(reader);
        reader.EnsureAllRead();
        return value;
    }

    private void RefuseUnknown(YamlEntry entry, string path, ReadContext context)
    {
        var nearest = NearestName.Find(entry.Key, keys.Select(k => k.Name)) ?? WorkbenchSchema.PlaceOf(entry.Key);
        var message = nearest is null ? $"unknown key; known here: {string.Join(", ", keys.Select(k => k.Name))}" : "unknown key";
        context.Error(entry.KeyStart, path, message, nearest);
    }
}
