using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>A single value, read from its text once variables are replaced.</summary>
internal sealed class ScalarShape<T>(string typeName, string? range, T fallback, Func<string, Parsed<T>> parse) : Shape<T>
{
    public override string TypeName => typeName;

    public override string? Range => range;

    public override T Fallback => fallback;

    /// <summary>False where quotation marks make a value text and therefore wrong: numbers and true/false.</summary>
    public bool AllowsQuotes { get; init; } = true;

    public override T Read(YamlNode node, string path, ReadContext context) =>
        Resolve(node, path, context) is { } scalar ? Read(scalar, path, context) : Fallback;

    /// <summary>The scalar with its variables replaced; null after an error.</summary>
    public ResolvedScalar? Resolve(YamlNode node, string path, ReadContext context)
    {
        if (node is YamlScalar scalar)
        {
            return context.Resolve(scalar, path);
        }

        if (node is not YamlBroken)
        {
            context.Error(node.Start, path, $"expected {WithArticle(typeName)}, found {NodeWords.Of(node)}");
        }

        return null;
    }

    public T Read(ResolvedScalar scalar, string path, ReadContext context)
    {
        if (scalar.IsEmpty)
        {
            context.Error(scalar.Source.Start, path, $"has no value; expected {WithArticle(typeName)}{RangeHint}");
            return Fallback;
        }

        if (scalar.IsQuotedLiteral && !AllowsQuotes)
        {
            context.Error(scalar.Source.Start, path, $"{scalar.Shown} in quotation marks is text; expected {WithArticle(typeName)}, without quotation marks");
            return Fallback;
        }

        var parsed = parse(scalar.Text);
        if (parsed.Problem is null)
        {
            return parsed.Value;
        }

        context.Error(scalar.Source.Start, path, $"{scalar.Shown} {parsed.Problem}", parsed.Suggestion);
        return Fallback;
    }

    private string RangeHint => range is null ? "" : $", {range}";

    private static string WithArticle(string type) => "aeiou".Contains(type[0], StringComparison.Ordinal) ? $"an {type}" : $"a {type}";
}
