using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>One declared limit and what the current window has used of it. Not safe by itself: the budget's lock guards it.</summary>
internal sealed class RateWindow(TimeSpan length, int limit)
{
    private long _index;

    public TimeSpan Length { get; } = length;

    public int Limit { get; set; } = limit;

    public int Used { get; set; }

    /// <summary>Starts afresh when a later window has begun. A clock that steps back forgets nothing: that could only spend twice.</summary>
    public void MoveTo(DateTimeOffset now)
    {
        var index = now.UtcTicks / Length.Ticks;
        if (index > _index)
        {
            Used = 0;
        }

        _index = index;
    }

    public bool Fits(int weight, RequestLane lane)
    {
        var allowed = lane == RequestLane.Cancel ? Limit : Limit - (int)(Limit * RateBudget.CancelReserve);
        return (long)Used + weight <= allowed;
    }

    /// <summary>What ordinary requests may still use, as a share of what they may use at all.</summary>
    public double ShareLeft
    {
        get
        {
            var allowed = Limit - (int)(Limit * RateBudget.CancelReserve);
            return allowed <= 0 ? 0 : Math.Clamp((double)(allowed - Used) / allowed, 0, 1);
        }
    }

    public TimeSpan LeftAt(DateTimeOffset now) => TimeSpan.FromTicks(Length.Ticks - (now.UtcTicks % Length.Ticks));
}

/// <summary>What a window allows and has used.</summary>
internal readonly record struct RateUsage(TimeSpan Window, int Limit, int Used);
