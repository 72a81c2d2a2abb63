using YamlDotNet.RepresentationModel;

namespace Workbench.Faults.Tests.Rigging;

/// <summary>YAML laid over YAML: what the upper one says replaces what the lower one says, key by key; <c>null</c> takes a key away.</summary>
internal static class RigYaml
{
    /// <summary>Below <c>connections</c>, stands for all of them.</summary>
    private const string All = "all";

    public static string Merge(string lower, params IEnumerable<string> uppers)
    {
        var root = Parse(lower);
        foreach (var upper in uppers.Where(u => !string.IsNullOrWhiteSpace(u)))
        {
            Lay(root, Spread(Parse(upper), root));
        }

        using var text = new StringWriter();
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        return text.ToString();
    }

    private static YamlMappingNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static YamlMappingNode Spread(YamlMappingNode upper, YamlMappingNode lower)
    {
        if (upper.Children.TryGetValue("connections", out var node) && node is YamlMappingNode connections && connections.Children.Remove(All, out var all))
        {
            foreach (var name in ((YamlMappingNode)lower["connections"]).Children.Keys.ToArray())
            {
                var each = Copy((YamlMappingNode)all);
                if (connections.Children.TryGetValue(name, out var own))
                {
                    Lay(each, (YamlMappingNode)own, keepsRemovals: true);
                }

                connections.Children[name] = each;
            }
        }

        return upper;
    }

    private static YamlMappingNode Copy(YamlMappingNode node)
    {
        var copy = new YamlMappingNode();
        foreach (var (key, value) in node.Children)
        {
            copy.Add(key, value is YamlMappingNode mapping ? Copy(mapping) : value);
        }

        return copy;
    }

    private static void Lay(YamlMappingNode lower, YamlMappingNode upper, bool keepsRemovals = false)
    {
        foreach (var (key, value) in upper.Children)
        {
            if (!keepsRemovals && value is YamlScalarNode { Value: "null", Style: YamlDotNet.Core.ScalarStyle.Plain })
            {
                lower.Children.Remove(key);
            }
            else if (value is YamlMappingNode mapping && lower.Children.TryGetValue(key, out var below) && below is YamlMappingNode there)
            {
                Lay(there, mapping, keepsRemovals);
            }
            else
            {
                lower.Children[key] = value;
            }
        }
    }
}
