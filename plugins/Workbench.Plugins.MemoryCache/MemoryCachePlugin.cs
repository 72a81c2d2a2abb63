using Workbench.Sdk;

namespace Workbench.Plugins.MemoryCache;

/// <summary>Offers a cache that lives in this process and ends with it.</summary>
public sealed class MemoryCachePlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) => registry.AddCache(context => new MemoryCache(context));
}
