using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>A plugin's own setting: text the plugin will type, with the same care for secrets as our own keys.</summary>
internal sealed class SettingShape : Shape<string>
{
    public override string TypeName => "text";

    public override string Fallback => "";

    public override string Read(YamlNode node, string path, ReadContext context)
    {
        if (node is YamlScalar secret && !SecretShape.IsReference(secret) && HoldsSecret(path, secret.Text))
        {
            SecretShape.Refuse(node, path, context);
            return Fallback;
        }

        if (node is YamlScalar scalar)
        {
            return context.Resolve(scalar, path)?.Text ?? Fallback;
        }

        if (node is not YamlBroken)
        {
            context.Error(node.Start, path, $"expected a single value, found {NodeWords.Of(node)}");
        }

        return Fallback;
    }

    private static bool HoldsSecret(string path, string text) =>
        (text.Length > 0 && SecretNames.IsSecret(ConfigurationPath.Last(path))) || UrlText.HasCredentials(text);
}
