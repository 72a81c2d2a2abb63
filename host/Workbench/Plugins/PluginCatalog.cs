using Workbench.Configuration;
using Workbench.Configuration.Schema;

namespace Workbench.Plugins;

/// <summary>The plugins there are, by their manifests alone. Nothing is loaded and no assembly is opened.</summary>
internal sealed class PluginCatalog
{
    private readonly Dictionary<string, List<PluginManifest>> _byId = new(StringComparer.OrdinalIgnoreCase);

    private PluginCatalog(IEnumerable<PluginManifest> manifests, IReadOnlyList<ConfigurationError> problems)
    {
        foreach (var manifest in manifests)
        {
            if (!_byId.TryGetValue(manifest.Id, out var same))
            {
                _byId.Add(manifest.Id, same = []);
            }

            same.Add(manifest);
        }

        Problems = [.. problems, .. _byId.Values.Where(s => s.Count > 1).Select(Duplicate)];
    }

    /// <summary>Every plugin whose manifest is sound and whose id is its own.</summary>
    public IEnumerable<PluginManifest> Plugins => _byId.Values.Where(s => s.Count == 1).Select(s => s[0]);

    /// <summary>What is wrong with the others.</summary>
    public IReadOnlyList<ConfigurationError> Problems { get; }

    /// <summary>Reads the manifests of a directory with one folder per plugin.</summary>
    /// <param name="directory">The directory; a missing one is a problem, not an exception.</param>
    /// <param name="folders">Further plugin folders outside of it.</param>
    public static PluginCatalog Scan(string directory, params IEnumerable<string> folders)
    {
        var problems = new List<ConfigurationError>();
        var manifests = new List<PluginManifest>();
        foreach (var folder in FoldersIn(Path.GetFullPath(directory), problems).Concat(folders.Select(Path.GetFullPath)).Distinct(StringComparer.Ordinal))
        {
            if (ManifestReader.Read(folder, problems) is { } manifest)
            {
                manifests.Add(manifest);
            }
        }

        return new PluginCatalog(manifests, problems);
    }

    /// <summary>Finds a plugin.</summary>
    /// <returns>The manifest, or in one line why there is none.</returns>
    public (PluginManifest? Manifest, string? Problem) Find(string id)
    {
        if (_byId.TryGetValue(id, out var found))
        {
            return found.Count == 1 ? (found[0], null) : (null, Duplicate(found).Message);
        }

        var nearest = NearestName.Find(id, _byId.Keys);
        var hint = nearest is null ? "" : $"; did you mean '{nearest}'?";
        var broken = Problems.Count == 0 ? "" : $"; {Problems[0]}";
        return (null, $"there is no plugin '{id}'{hint}{broken}");
    }

    private static List<string> FoldersIn(string directory, List<ConfigurationError> problems)
    {
        var folders = new List<string>();
        try
        {
            foreach (var folder in new DirectoryInfo(directory).EnumerateDirectories().OrderBy(d => d.Name, StringComparer.Ordinal))
            {
                if (folder.Name.StartsWith('.'))
                {
                    continue;
                }

                if (PluginFolder.LinkProblem(folder, directory) is { } problem)
                {
                    problems.Add(new ConfigurationError(folder.FullName, 0, 0, "", problem, null));
                    continue;
                }

                folders.Add(folder.FullName);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new ConfigurationError(directory, 0, 0, "", $"the plugin directory cannot be read: {e.Message}", null));
        }

        return folders;
    }

    private static ConfigurationError Duplicate(List<PluginManifest> same) => new(
        same[1].File,
        0,
        0,
        "id",
        $"the plugin id '{same[0].Id}' is used by {string.Join(" and ", same.Select(m => m.Directory))}; keep one",
        null);
}
