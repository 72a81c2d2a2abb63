using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>A single value, or a list of them where one is not enough.</summary>
internal sealed class OneOrMoreShape<T>(ScalarShape<T> item, int max) : Shape<IReadOnlyList<T>>
{
    private readonly ListShape<T> _list = new(item, 0, max);

    public override string TypeName => $"{item.TypeName}, or a list of them";

    public override string? Range => item.Range;

    public override IReadOnlyList<T> Fallback => [];

    public override IReadOnlyList<T> Read(YamlNode node, string path, ReadContext context)
    {
        if (node is not YamlScalar)
        {
            return _list.Read(node, path, context);
        }

        return item.Resolve(node, path, context) is { IsEmpty: false } scalar ? [item.Read(scalar, path, context)] : [];
    }
}
