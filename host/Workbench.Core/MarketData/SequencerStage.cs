using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Drops market data of a session that a newer one has replaced. Books and trades come in sequence from their connector.</summary>
internal sealed class SequencerStage : IStage
{
    private readonly Dictionary<ConnectionId, int> _sessions = [];
    private long _arrived;
    private long _dropped;

    public string Name => "sequencer";

    /// <summary>Values of market data that have come, those that were dropped here included. Any thread.</summary>
    public long Arrived => Volatile.Read(ref _arrived);

    /// <summary>Messages that were dropped here. Any thread.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        if (message is not MarketDataArrived { Event.Stamp: var stamp })
        {
            return true;
        }

        Volatile.Write(ref _arrived, _arrived + 1);
        if (stamp.IsPolled)
        {
            // What was polled belongs to no session.
            return true;
        }

        if (_sessions.TryGetValue(stamp.Connection, out var newest) && stamp.Session < newest)
        {
            Volatile.Write(ref _dropped, _dropped + 1);
            return false;
        }

        _sessions[stamp.Connection] = stamp.Session;
        return true;
    }
}
