using Workbench.Sdk;

namespace Workbench.Core.Views;

/// <summary>Sees what happened, after it happened: history and notifications. Called on the pipeline's thread: hand over and return.</summary>
public interface IEngineObserver
{
    /// <summary>An order is in a new state.</summary>
    void OnOrder(Order order);

    /// <summary>A fill was applied.</summary>
    void OnFill(Fill fill);

    /// <summary>Something went wrong that somebody should see.</summary>
    void OnError(string text);
}
