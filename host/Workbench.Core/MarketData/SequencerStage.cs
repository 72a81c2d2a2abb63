using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Drops market data of a session that a newer one has replaced. Books and trades come in sequence from their connector.</summary>
internal sealed class SequencerStage : IStage
{
    private readonly Dictionary<ConnectionId, int> _sessions = [];
    private long _dropped;

    public string Name => "sequencer";

    /// <summary>Messages that were dropped here.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        // What was polled belongs to no session.
        if (message is not MarketDataArrived { Event.Stamp: { IsPolled: false } stamp })
        {
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
