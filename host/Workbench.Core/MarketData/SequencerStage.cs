using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>
/// Makes one sequence of each subscription out of the sessions that deliver it: repeats and stragglers are dropped, and where two sessions overlap, the
/// newer one takes over where the older one stands, channel by channel, with nothing missing, nothing twice and nothing out of order.
/// </summary>
internal sealed class SequencerStage : IStage
{
    private readonly Dictionary<(ConnectionId, Symbol, MarketChannel), ChannelSequence> _channels = [];
    private readonly HashSet<ChannelSequence> _holding = [];
    private readonly List<MarketEvent> _due = [];
    private Timestamp _now;
    private long _arrived;
    private long _dropped;

    public string Name => "sequencer";

    /// <summary>Values of market data that have come, those that were dropped here included. Any thread.</summary>
    public long Arrived => Volatile.Read(ref _arrived);

    /// <summary>Messages that were dropped here. Any thread.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        switch (message)
        {
            case MarketDataArrived { Event: var e }:
                Volatile.Write(ref _arrived, _arrived + 1);
                return e.Stamp.IsPolled || Take(e, output); // What was polled belongs to no session.
            case MarketStreamEnded ended:
                End(ended, output);
                return true;
            case TimePassed time:
                _now = time.At;
                if (_holding.Count > 0)
                {
                    Release(c => c.IsOverdue(_now), output);
                }

                return true;
            default:
                return true;
        }
    }

    private bool Take(MarketEvent e, IStageOutput output)
    {
        var key = (e.Stamp.Connection, e.Symbol, ChannelOf(e));
        if (!_channels.TryGetValue(key, out var channel))
        {
            _channels[key] = channel = new ChannelSequence();
        }

        switch (channel.Take(e, _now))
        {
            case SequenceVerdict.Pass:
                return true;
            case SequenceVerdict.Hold:
                _holding.Add(channel);
                return false;
            case SequenceVerdict.PassAndSwitch:
                output.Emit(new MarketDataArrived(e));
                Release(c => ReferenceEquals(c, channel), output);
                return false;
            default:
                Volatile.Write(ref _dropped, _dropped + 1);
                return false;
        }
    }

    private void End(MarketStreamEnded ended, IStageOutput output)
    {
        foreach (var ((connection, _, _), channel) in _channels)
        {
            if (connection == ended.Connection && !channel.End(ended.Session))
            {
                _holding.Remove(channel); // What waited was the ended session's.
            }
        }

        Release(c => c.IsFree, output);
    }

    private void Release(Func<ChannelSequence, bool> isDue, IStageOutput output)
    {
        foreach (var channel in _holding.Where(isDue).ToArray())
        {
            _holding.Remove(channel);
            channel.Switch(_due);
            foreach (var e in _due)
            {
                output.Emit(new MarketDataArrived(e));
            }

            _due.Clear();
        }
    }

    private static MarketChannel ChannelOf(MarketEvent e) => e switch
    {
        Quote => MarketChannel.Quotes,
        Trade => MarketChannel.Trades,
        Candle => MarketChannel.Candles,
        _ => MarketChannel.Book,
    };
}
