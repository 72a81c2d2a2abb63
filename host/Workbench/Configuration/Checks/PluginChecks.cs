using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Checks;

/// <summary>One plugin per id (F10), and only plugins that are allowed.</summary>
internal static class PluginChecks
{
    private const string All = "*";

    public static void Run(WorkbenchConfig config, ReadContext context)
    {
        var plugins = config.Plugins;
        RefuseTwice(plugins.Load.Select(p => p.Id), "plugins.load", ".id", context);
        RefuseTwice(plugins.Allow, "plugins.allow", "", context);
        if (plugins.Allow.Count > 1 && plugins.Allow.Contains(All, StringComparer.Ordinal))
        {
            context.Error("plugins.allow", "'*' already allows every plugin; let it stand alone");
        }

        // An empty item is one that was refused: then nobody knows what the list allows.
        var isKnown = plugins.Allow.Count > 0 && !plugins.Allow.Contains("", StringComparer.Ordinal);
        foreach (var (id, path) in Used(config))
        {
            if (isKnown && id.Length > 0 && !plugins.Allows(id))
            {
                context.Error(path, $"plugins.allow does not list '{id}'", NearestName.Find(id, plugins.Allow));
            }
        }
    }

    private static void RefuseTwice(IEnumerable<string> ids, string path, string key, ReadContext context)
    {
        // Without regard to case: two such ids are one folder on some file systems.
        var first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, id) in ids.Index())
        {
            var itemPath = ConfigurationPath.Item(path, i) + key;
            if (id.Length > 0 && !first.TryAdd(id, itemPath))
            {
                context.Error(itemPath, $"'{id}' already stands in line {context.PositionOf(first[id]).Line}; a plugin is listed once");
            }
        }
    }

    private static IEnumerable<(string Id, string Path)> Used(WorkbenchConfig config) =>
        config.Connections.Where(c => c.Value.Enabled).Select(c => (c.Value.Plugin, $"connections.{c.Key}.plugin"))
            .Append((config.Cache.Plugin, "cache.plugin"))
            .Concat(config.Plugins.Load.Select((p, i) => (p.Id, $"plugins.load[{i}].id")))
            .Concat(config.Plugins.Strategies.Select(s => (s.Value.Plugin, $"plugins.strategies.{s.Key}.plugin")));
}
