using Workbench.Sdk;

namespace Workbench.Plugins.Bybit;

/// <summary>Offers the connector to Bybit's unified trading account, spot category.</summary>
public sealed class BybitPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) => registry.AddConnector(context => new BybitConnector(context));
}
