using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>Update ids of books as clients see them: the engine's, counted from 1 again after a restart of the service.</summary>
internal sealed class BookNumbers
{
    private readonly Dictionary<string, long> _origins = [];

    public long UpdateId(Market market) => market.Book.UpdateId - _origins.GetValueOrDefault(market.Symbol);

    /// <summary>The next snapshot is number 1.</summary>
    public void Restart(Market market) => _origins[market.Symbol] = market.Book.UpdateId - 1;
}
