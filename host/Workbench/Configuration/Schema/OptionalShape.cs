using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>A single value that may be empty, which reads as absent.</summary>
internal sealed class OptionalShape<T>(ScalarShape<T> inner) : Shape<T?>
    where T : class
{
    public override string TypeName => inner.TypeName;

    public override string? Range => inner.Range;

    public override T? Fallback => null;

    public override T? Read(YamlNode node, string path, ReadContext context) =>
        inner.Resolve(node, path, context) is { IsEmpty: false } scalar ? inner.Read(scalar, path, context) : null;
}
