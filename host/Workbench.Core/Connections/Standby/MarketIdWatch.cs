using Workbench.Sdk;

namespace Workbench.Core.Connections.Standby;

/// <summary>
/// Watches the ids of a venue whose ids only rise. Ids that fall back and stay below what was seen, for a while and several times, say that the venue has come back
/// with an old state. A late message, a snapshot from a lagging replica or the tail of an older session does not: the next ones are ahead again. Any thread.
/// </summary>
internal sealed class MarketIdWatch(TimeSpan patience, TimeProvider time)
{
    private const int LeastMessages = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Symbol, MarketChannel), Track> _tracks = [];

    /// <summary>Takes one event of the stream. The hot path: one lookup.</summary>
    /// <returns>What proves that the venue has lost state; null while nothing does.</returns>
    public string? Regression(MarketEvent e)
    {
        if (e.Stamp.Sequence <= 0 || ChannelOf(e) is not { } channel)
        {
            return null;
        }

        lock (_lock)
        {
            if (!_tracks.TryGetValue((e.Symbol, channel), out var track))
            {
                _tracks[(e.Symbol, channel)] = track = new Track();
            }

            return track.Take(e.Stamp.Sequence, time, patience) ? $"the ids of {e.Symbol} {channel.ToString().ToLowerInvariant()} fell back from {track.Highest} to {e.Stamp.Sequence} and stay there" : null;
        }
    }

    /// <summary>Forgets everything: what comes next is the truth.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _tracks.Clear();
        }
    }

    private static MarketChannel? ChannelOf(MarketEvent e) => e switch
    {
        Quote => MarketChannel.Quotes,
        Trade => MarketChannel.Trades,
        BookUpdate => MarketChannel.Book,
        _ => null,
    };

    private sealed class Track
    {
        private int _below;
        private long _belowSince;

        public long Highest { get; private set; }

        public bool Take(long id, TimeProvider time, TimeSpan patience)
        {
            if (id >= Highest)
            {
                (Highest, _below) = (id, 0);
                return false;
            }

            if (_below++ == 0)
            {
                _belowSince = time.GetTimestamp();
            }

            return _below >= LeastMessages && time.GetElapsedTime(_belowSince) >= patience;
        }
    }
}
