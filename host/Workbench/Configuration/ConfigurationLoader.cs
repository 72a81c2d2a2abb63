using Workbench.Configuration.Checks;
using Workbench.Configuration.Schema;
using Workbench.Configuration.Yaml;

namespace Workbench.Configuration;

/// <summary>Reads <c>workbench.yaml</c>: text, then YAML, then the schema, then what only the whole file can tell.</summary>
internal static class ConfigurationLoader
{
    /// <summary>Reads the file. Every failure is in the result; nothing is thrown for what a user can mend.</summary>
    /// <param name="path">The file, relative to the current directory or absolute.</param>
    /// <param name="environment">Gives an environment variable, or null when it is not set.</param>
    public static ConfigurationResult Load(string path, Func<string, string?> environment)
    {
        var errors = new ConfigurationErrors(path);
        if (ConfigurationSource.ReadFile(path, errors) is not { } text)
        {
            return new ConfigurationResult.Refused(errors.Sorted());
        }

        return Read(text, path, Path.GetDirectoryName(Path.GetFullPath(path))!, environment, errors);
    }

    /// <summary>Reads text as if it stood in <paramref name="file"/> inside <paramref name="directory"/>.</summary>
    public static ConfigurationResult LoadText(string text, Func<string, string?> environment, string file = "workbench.yaml", string? directory = null) =>
        Read(text, file, directory ?? Directory.GetCurrentDirectory(), environment, new ConfigurationErrors(file));

    private static ConfigurationResult Read(string text, string file, string directory, Func<string, string?> environment, ConfigurationErrors errors)
    {
        if (!ConfigurationSource.Accept(text, errors) || YamlReader.Read(text, errors) is not { } root)
        {
            return new ConfigurationResult.Refused(errors.Sorted());
        }

        var context = new ReadContext(errors, environment);
        var written = WorkbenchSchema.Root(file).Read(root, "", context);
        var config = ConfigurationPaths.Resolve(written, directory, AppContext.BaseDirectory);
        CrossChecks.Run(config, context);
        return errors.Any ? new ConfigurationResult.Refused(errors.Sorted()) : new ConfigurationResult.Loaded(config);
    }
}
