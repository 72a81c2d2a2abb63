using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Plugins;

namespace Workbench.Tests.Plugins;

public sealed class RepositoryPluginsTests
{
    [Fact]
    public async Task Every_plugin_of_the_repository_is_built_beside_the_host_and_loads()
    {
        var shadows = Directory.CreateTempSubdirectory("workbench-shadows-");
        var catalog = PluginCatalog.Scan(Path.Combine(AppContext.BaseDirectory, "plugins"));
        var host = new PluginHost(catalog, shadows.FullName, TimeProvider.System, NullLogger.Instance);

        catalog.Problems.ShouldBeEmpty();
        catalog.Plugins.Select(p => p.Id).ShouldBe(["Workbench.Plugins.Binance", "Workbench.Plugins.Bybit", "Workbench.Plugins.MemoryCache"], ignoreOrder: true);
        foreach (var plugin in catalog.Plugins)
        {
            Directory.GetFiles(plugin.Directory).ShouldNotContain(f => f.EndsWith("Workbench.Sdk.dll", StringComparison.Ordinal));
            var result = await host.LoadAsync(plugin.Id);
            result.ShouldBeOfType<PluginLoadResult.Loaded>((result as PluginLoadResult.Failed)?.Reason);
        }

        shadows.Delete(recursive: true);
    }
}
