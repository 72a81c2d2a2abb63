using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Plugins;

namespace Workbench.Tests.Plugins;

/// <summary>A plugin directory of the test's own, filled with copies of the test plugins, that a test may spoil.</summary>
internal sealed class PluginSandbox : IDisposable
{
    public const string Good = "Workbench.TestPlugins.Good";
    public const string Faulty = "Workbench.TestPlugins.Faulty";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("workbench-plugins-");

    public string Plugins => Path.Combine(_root.FullName, "plugins");

    public string Shadows => Path.Combine(_root.FullName, "shadows");

    public PluginSandbox() => Directory.CreateDirectory(Plugins);

    /// <summary>Copies a test plugin in.</summary>
    /// <returns>Its folder.</returns>
    public string Add(string plugin, string? folder = null)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "testplugins", plugin);
        var target = Path.Combine(Plugins, folder ?? plugin);
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }

    public string AddManifest(string folder, string yaml)
    {
        var target = Path.Combine(Plugins, folder);
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, "plugin.yaml"), yaml);
        return target;
    }

    public PluginHost Host(TimeProvider? time = null) =>
        new(PluginCatalog.Scan(Plugins), Shadows, time ?? TimeProvider.System, NullLogger.Instance);

    public async Task<PluginLoadResult.Failed> FailAsync(string plugin)
    {
        var failed = (await Host().LoadAsync(plugin)).ShouldBeOfType<PluginLoadResult.Failed>();
        failed.Reason.ShouldNotContain("\n");
        return failed;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
