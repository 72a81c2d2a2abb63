namespace Workbench.Sdk;

/// <summary>The entry of a plugin: exactly one public class with a parameterless constructor in the entry assembly implements it.</summary>
/// <remarks>A plugin runs in its own load context with the full trust of the host process: isolation means versions, faults and unloading, not protection from malice.</remarks>
public interface IPlugin
{
    /// <summary>Declares what the plugin offers. Called once after loading; it must not do anything else.</summary>
    void Register(IPluginRegistry registry);
}

/// <summary>Takes what a plugin offers.</summary>
public interface IPluginRegistry
{
    /// <summary>Offers a connector; the factory is called once per configured connection.</summary>
    void AddConnector(Func<ConnectorContext, IConnector> factory);

    /// <summary>Offers a cache.</summary>
    void AddCache(Func<CacheContext, ICache> factory);

    /// <summary>Offers a strategy under a name that is unique within the plugin.</summary>
    void AddStrategy(string name, Func<Strategy> factory);
}

/// <summary>The version of this contract. The host reads a plugin's range before it loads anything.</summary>
public static class SdkVersion
{
    /// <summary>The version of the Sdk this host was built with, as <c>major.minor</c>.</summary>
    public static Version Current { get; } = new(0, 1);
}
