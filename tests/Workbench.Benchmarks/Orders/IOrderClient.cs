namespace Workbench.Benchmarks.Orders;

/// <summary>Places one order after the other at the stub venue.</summary>
internal interface IOrderClient : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Places an order and returns when its fate is known.</summary>
    /// <exception cref="InvalidOperationException">It was not filled.</exception>
    Task PlaceAsync();
}
