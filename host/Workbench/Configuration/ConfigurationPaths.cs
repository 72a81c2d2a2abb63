using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Workbench.Configuration;

/// <summary>Makes every path absolute. The one place that says what each is relative to.</summary>
internal static class ConfigurationPaths
{
    /// <param name="config">As written.</param>
    /// <param name="fileDirectory">The folder of the configuration file.</param>
    /// <param name="programDirectory">The folder of the workbench program, where the build puts plugins.</param>
    public static WorkbenchConfig Resolve(WorkbenchConfig config, string fileDirectory, string programDirectory)
    {
        var storage = In(fileDirectory, config.Storage.Directory);
        var plugins = In(programDirectory, config.Plugins.Directory);
        return config with
        {
            Connections = Map(config.Connections, c => c with { Credentials = Resolve(c.Credentials, fileDirectory) }),
            Storage = new StorageConfig
            {
                Directory = storage,
                HistoryFile = In(storage, config.Storage.HistoryFile),
                Journal = config.Storage.Journal with { Directory = In(storage, config.Storage.Journal.Directory) },
            },
            Plugins = config.Plugins with
            {
                Directory = plugins,
                Load = [.. config.Plugins.Load.Select(p => p with { Directory = In(plugins, p.Directory) })],
            },
            Scripts = config.Scripts with { Directory = In(fileDirectory, config.Scripts.Directory) },
            Logging = config.Logging with { File = config.Logging.File with { Directory = In(storage, config.Logging.File.Directory) } },
            Simulator = config.Simulator with { Faults = In(fileDirectory, config.Simulator.Faults), Venues = Map(config.Simulator.Venues, v => v with { Tape = In(fileDirectory, v.Tape) }) },
        };
    }

    private static CredentialsConfig Resolve(CredentialsConfig credentials, string fileDirectory) =>
        credentials with { PrivateKeyFile = In(fileDirectory, credentials.PrivateKeyFile) };

    [return: NotNullIfNotNull(nameof(path))]
    private static string? In(string directory, string? path) => path is null ? null : Path.GetFullPath(Path.Combine(directory, path));

    private static ReadOnlyDictionary<string, T> Map<T>(IReadOnlyDictionary<string, T> from, Func<T, T> change) =>
        new(new OrderedDictionary<string, T>(from.Select(p => KeyValuePair.Create(p.Key, change(p.Value))), StringComparer.Ordinal));
}
