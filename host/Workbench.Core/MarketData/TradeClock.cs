using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>The venue's clock as the trades tell it: the latest time seen, moved on by what has passed since. A tape's time is its own, too.</summary>
internal sealed class TradeClock
{
    private readonly TimeProvider _time;
    private Timestamp? _latest;
    private long _heardAt;

    public TradeClock(TimeProvider time, MarketStamp? first)
    {
        _time = time;
        if (first is not null)
        {
            Heard(first);
        }
    }

    /// <summary>The moment at the venue; null before anything was heard.</summary>
    public Timestamp? Now => _latest is { } latest ? latest + _time.GetElapsedTime(_heardAt) : null;

    public void Heard(MarketStamp stamp)
    {
        if (_latest is { } latest && stamp.VenueTime < latest)
        {
            return;
        }

        (_latest, _heardAt) = (stamp.VenueTime, _time.GetTimestamp());
    }
}
