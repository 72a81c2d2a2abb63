using Workbench.Sdk;

namespace Workbench.Core.Connections.Standby;

/// <summary>Watches the venue's clock: one that goes back by minutes belongs to a venue that was restored. Smaller steps are clocks being set. Not thread-safe.</summary>
internal sealed class VenueClockWatch(TimeProvider time)
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    private Timestamp? _newest;
    private long _newestAt;
    private int _behind;

    /// <summary>Takes the venue's answer.</summary>
    /// <returns>How far it went back, when two answers in a row say so; null otherwise.</returns>
    public string? Regression(Timestamp venueTime)
    {
        var elapsed = _newest is null ? TimeSpan.Zero : time.GetElapsedTime(_newestAt);
        if (_newest is { } newest && newest + elapsed - venueTime > Most)
        {
            return ++_behind < 2 ? null : $"its clock went back to {venueTime.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z from {(newest + elapsed).ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z";
        }

        (_newest, _newestAt, _behind) = (venueTime, time.GetTimestamp(), 0);
        return null;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset() => (_newest, _behind) = (null, 0);
}
