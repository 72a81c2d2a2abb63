using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Benchmarks;

/// <summary>Keeps nothing: history is written behind the trading pipeline and is no part of what is measured.</summary>
internal sealed class SilentObserver : IEngineObserver
{
    public void OnOrder(Order order)
    {
    }

    public void OnFill(Fill fill)
    {
    }

    public void OnError(string text)
    {
    }
}
