using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Remembers every execution by its identity, and those whose order is not known yet.</summary>
/// <remarks>The side belongs to the identity: when two orders of one account meet, both executions carry one trade id.</remarks>
internal sealed class FillLedger
{
    private readonly Dictionary<(ConnectionId Connection, Symbol Symbol, TradeId Trade, Side Side), FillReport> _seen = [];
    private readonly Dictionary<(ConnectionId Connection, Symbol Symbol, TradeId Trade, Side Side), Quantity> _takenBack = [];
    private readonly Dictionary<OrderKey, List<FillReport>> _waiting = [];
    private readonly Dictionary<OrderKey, List<FillReport>> _foreign = [];

    /// <summary>True when some fill waits for its order.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Remembers a fill.</summary>
    /// <returns>Null when it is new; else the one that was remembered.</returns>
    public FillReport? Remember(ConnectionId connection, FillReport fill)
    {
        var key = (connection, fill.Symbol, fill.TradeId, fill.Side);
        if (_seen.TryGetValue(key, out var before))
        {
            return before;
        }

        _seen.Add(key, fill);
        return null;
    }

    /// <summary>Counts a reversal against the trade that it takes back.</summary>
    /// <returns>Why it cannot be; null when it is counted.</returns>
    public string? TakeBack(ConnectionId connection, FillReport reversal)
    {
        var key = (connection, reversal.Symbol, reversal.Reverses!.Value, reversal.Side.Opposite());
        if (!_seen.TryGetValue(key, out var trade))
        {
            return "no such trade was applied";
        }

        var sum = _takenBack.GetValueOrDefault(key) + reversal.Quantity;
        if (sum > trade.Quantity || reversal.Price != trade.Price || reversal.VenueOrderId != trade.VenueOrderId)
        {
            return $"the trade was {trade.Quantity} at {trade.Price} of order {trade.VenueOrderId}, and the reversals come to {sum} at {reversal.Price} of order {reversal.VenueOrderId}";
        }

        _takenBack[key] = sum;
        return null;
    }

    /// <summary>Keeps a fill until its order is known.</summary>
    public void Wait(OrderKey key, FillReport fill) => Add(_waiting, key, fill);

    /// <summary>Keeps a fill that was already handed out as foreign.</summary>
    public void AddForeign(OrderKey key, FillReport fill) => Add(_foreign, key, fill);

    /// <summary>Takes the fills that waited for an order.</summary>
    public IReadOnlyList<FillReport> TakeWaiting(OrderKey key) => _waiting.Remove(key, out var fills) ? fills : [];

    /// <summary>Takes the fills that were handed out as foreign and belong to an order after all.</summary>
    public IReadOnlyList<FillReport> TakeForeign(OrderKey key) => _foreign.Remove(key, out var fills) ? fills : [];

    /// <summary>The orders for which fills wait, in no particular order.</summary>
    public IEnumerable<OrderKey> WaitingKeys => _waiting.Keys;

    private static void Add(Dictionary<OrderKey, List<FillReport>> to, OrderKey key, FillReport fill)
    {
        if (!to.TryGetValue(key, out var fills))
        {
            to.Add(key, fills = []);
        }

        fills.Add(fill);
    }
}
