using Workbench.Sdk;

namespace Workbench.Plugins.Binance;

/// <summary>Offers the connector for Binance Spot.</summary>
public sealed class BinancePlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddConnector(context => new BinanceConnector(context));
    }
}
