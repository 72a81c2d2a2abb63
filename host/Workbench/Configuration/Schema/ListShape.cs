using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>A list of values of one shape.</summary>
internal sealed class ListShape<T>(Shape<T> item, int min, int max) : Shape<IReadOnlyList<T>>
{
    public override string TypeName => $"list of {item.TypeName}";

    public override string? Range => item.Range;

    public override IReadOnlyList<T> Fallback => [];

    public override IReadOnlyList<T> Read(YamlNode node, string path, ReadContext context)
    {
        if (node is not YamlList list)
        {
            if (node is not YamlBroken)
            {
                context.Error(node.Start, path, $"expected a {TypeName}, such as [a, b], found {NodeWords.Of(node)}");
            }

            return Fallback;
        }

        if (list.Items.Count < min || list.Items.Count > max)
        {
            context.Error(list.Start, path, FormattableString.Invariant($"has {list.Items.Count} items; allowed are {min} to {max}"));
        }

        return [.. list.Items.Select((value, i) => ReadItem(value, ConfigurationPath.Item(path, i), context))];
    }

    public override IEnumerable<SchemaRow> Rows(string path) => item.Rows($"{path}[]");

    private T ReadItem(YamlNode value, string path, ReadContext context)
    {
        context.Found(path, value.Start);
        return item.Read(value, path, context);
    }
}
