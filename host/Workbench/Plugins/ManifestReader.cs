using System.Text.RegularExpressions;
using Workbench.Configuration;
using Workbench.Configuration.Schema;
using Workbench.Configuration.Yaml;

namespace Workbench.Plugins;

/// <summary>Reads <c>plugin.yaml</c> as strictly as the configuration: every error at once, with its place and the nearest right name.</summary>
internal static partial class ManifestReader
{
    public const string FileName = "plugin.yaml";

    private const int MaxBytes = 64 << 10;
    private static readonly string[] Keys = ["id", "kinds", "entry", "sdk"];
    private static readonly string[] KindNames = ["connector", "cache", "strategy"];

    /// <summary>Reads the manifest of a plugin's folder; null after errors were added.</summary>
    public static PluginManifest? Read(string directory, List<ConfigurationError> problems)
    {
        var file = Path.Combine(directory, FileName);
        var errors = new ConfigurationErrors(file);
        var manifest = ReadText(file, errors) is { } text && YamlReader.Read(text, errors) is { } root ? Build(root, directory, errors) : null;
        problems.AddRange(errors.Sorted());
        return errors.Any ? null : manifest;
    }

    private static string? ReadText(string file, ConfigurationErrors errors)
    {
        try
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                errors.Add(default, "", "is larger than 64 KB: this is no plugin manifest");
                return null;
            }

            return File.ReadAllText(file);
        }
        catch (FileNotFoundException)
        {
            errors.Add(default, "", "no such file: every folder in the plugin directory is a plugin with a manifest; add it or move the folder away");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(default, "", $"cannot be read: {e.Message}");
        }

        return null;
    }

    private static PluginManifest? Build(YamlNode root, string directory, ConfigurationErrors errors)
    {
        if (root is not YamlMap map)
        {
            errors.Add(root.Start, "", "a plugin manifest is a mapping with the keys id, kinds, entry and sdk");
            return null;
        }

        foreach (var entry in map.Entries.Where(e => !Keys.Contains(e.Key, StringComparer.Ordinal)))
        {
            errors.Add(entry.KeyStart, entry.Key, "unknown key", NearestName.Find(entry.Key, Keys));
        }

        var id = Text(map, "id", errors, IdProblem);
        var kinds = Kinds(map, errors);
        var assembly = Text(map, "entry", errors, EntryProblem);
        var range = Text(map, "sdk", errors, t => SdkRange.TryParse(t, out _) ? null : "is no version range; write \">=0.1 <0.2\"");
        return id is null || assembly is null || range is null || !SdkRange.TryParse(range, out var sdk)
            ? null
            : new PluginManifest { Id = id, Kinds = kinds, Entry = assembly, Sdk = sdk, Directory = directory };
    }

    private static string? Text(YamlMap map, string key, ConfigurationErrors errors, Func<string, string?> problem)
    {
        if (Find(map, key, errors) is not { } node)
        {
            return null;
        }

        if (node is not YamlScalar { IsNull: false } scalar)
        {
            errors.Add(node.Start, key, "must be text");
            return null;
        }

        if (problem(scalar.Text) is { } wrong)
        {
            errors.Add(node.Start, key, wrong);
            return null;
        }

        return scalar.Text;
    }

    private static PluginKinds Kinds(YamlMap map, ConfigurationErrors errors)
    {
        var kinds = PluginKinds.None;
        if (Find(map, "kinds", errors) is not { } node)
        {
            return kinds;
        }

        if (node is not YamlList { Items.Count: > 0 } list)
        {
            errors.Add(node.Start, "kinds", "must be a list such as [connector]");
            return kinds;
        }

        foreach (var item in list.Items)
        {
            var name = (item as YamlScalar)?.Text ?? "";
            var at = Array.IndexOf(KindNames, name);
            if (at < 0)
            {
                errors.Add(item.Start, "kinds", "is none of connector, cache, strategy", NearestName.Find(name, KindNames));
            }

            kinds |= at < 0 ? PluginKinds.None : (PluginKinds)(1 << at);
        }

        return kinds;
    }

    private static YamlNode? Find(YamlMap map, string key, ConfigurationErrors errors)
    {
        foreach (var entry in map.Entries)
        {
            if (entry.Key == key)
            {
                return entry.Value is YamlBroken ? null : entry.Value;
            }
        }

        errors.Add(map.Start, key, "is missing");
        return null;
    }

    private static string? IdProblem(string id) =>
        IdPattern().IsMatch(id) ? null : "must be 1 to 128 letters, digits, '.', '-' or '_', beginning with a letter";

    private static string? EntryProblem(string entry) => entry switch
    {
        _ when !entry.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) => "must name a .dll file",
        _ when Path.IsPathRooted(entry) || entry.Contains('\0', StringComparison.Ordinal) || entry.Split('/', '\\').Any(p => p is ".." or "." or "") =>
            "must be a path inside the plugin's folder",
        _ => null,
    };

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
