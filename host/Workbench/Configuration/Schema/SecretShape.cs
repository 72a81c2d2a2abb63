using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>A credential: one environment variable and nothing else, because what stands in a file ends in a repository (F05).</summary>
internal sealed class SecretShape : Shape<SecretText?>
{
    public override string TypeName => "secret";

    public override string Range => "${NAME} or ${NAME:-}";

    public override SecretText? Fallback => null;

    public override SecretText? Read(YamlNode node, string path, ReadContext context)
    {
        if (node is YamlBroken or YamlScalar { IsNull: true })
        {
            return null;
        }

        if (node is not YamlScalar scalar || !IsReference(scalar))
        {
            Refuse(node, path, context);
            return null;
        }

        var name = EnvironmentText.SingleReference(scalar.Text)!.Value.Name;
        return context.Resolve(scalar, path) is { IsEmpty: false } resolved ? new SecretText(name, resolved.Text) : null;
    }

    /// <summary>True for one variable without a default of its own, which would be the secret again.</summary>
    public static bool IsReference(YamlScalar scalar) =>
        EnvironmentText.SingleReference(scalar.Text) is { Default: null or "" };

    /// <summary>Says how to write it, without repeating what stands there.</summary>
    public static void Refuse(YamlNode node, string path, ReadContext context) =>
        context.Error(node.Start, path, "a secret never stands in this file: write ${NAME} and set that environment variable");
}
