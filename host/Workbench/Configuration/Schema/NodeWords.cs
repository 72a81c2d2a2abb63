using Workbench.Configuration.Yaml;

namespace Workbench.Configuration.Schema;

/// <summary>Names what the file has in words a user knows.</summary>
internal static class NodeWords
{
    public static string Of(YamlNode node) => node switch
    {
        YamlMap => "a section",
        YamlList => "a list",
        YamlScalar { IsNull: true } => "nothing",
        _ => "a single value",
    };
}
