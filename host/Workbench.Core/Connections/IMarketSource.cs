using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>A connection as the market hub sees it.</summary>
internal interface IMarketSource
{
    /// <summary>Asks for a channel; counted, so that every call needs its <see cref="Unsubscribe"/>.</summary>
    void Subscribe(MarketSubscription subscription);

    /// <summary>Takes one wish back.</summary>
    void Unsubscribe(MarketSubscription subscription);
}
