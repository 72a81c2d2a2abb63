using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>
/// A window that reaches back from every moment. Time is cut into slices whose weight counts until the last moment of the slice is out of
/// the window: at most a sixtieth of the window late and never early. The window is kept a little longer than the venue's, because requests
/// that left evenly may arrive in a bunch.
/// </summary>
internal sealed class SlidingWindow : RateWindow
{
    private const int Slices = 63;
    private static readonly TimeSpan LongestBunching = TimeSpan.FromMilliseconds(250);

    private readonly long[] _slices = new long[Slices + 1];
    private readonly long _sliceTicks;
    private long _current;

    public SlidingWindow(RateLimit limit)
        : base(limit)
    {
        var length = limit.Window.Ticks + Math.Min(LongestBunching.Ticks, limit.Window.Ticks / 10);
        _sliceTicks = (length + Slices - 1) / Slices;
    }

    public override void MoveTo(in BudgetMoment now)
    {
        var slice = now.MonotonicTicks / _sliceTicks;
        if (slice - _current > Slices)
        {
            Array.Clear(_slices);
            (_current, Used) = (slice, 0);
            return;
        }

        while (_current < slice)
        {
            ref var oldest = ref At(++_current);
            Used -= oldest;
            oldest = 0;
        }
    }

    public override void Add(long weight, in BudgetMoment now)
    {
        At(_current) += weight;
        Used += weight;
    }

    public override void Return(long weight)
    {
        for (var slice = _current; slice > _current - Slices && slice >= 0 && weight > 0; slice--)
        {
            var taken = Math.Min(weight, At(slice));
            At(slice) -= taken;
            Used -= taken;
            weight -= taken;
        }
    }

    public override TimeSpan WaitFor(long weight, long ceiling, in BudgetMoment now)
    {
        var left = Used;
        for (var slice = _current - Slices; slice <= _current; slice++)
        {
            left -= slice < 0 ? 0 : At(slice);
            if (left + weight <= ceiling || left == 0)
            {
                return TimeSpan.FromTicks(((slice + Slices + 1) * _sliceTicks) - now.MonotonicTicks);
            }
        }

        return Limit.Window;
    }

    public override void Observe(long used, long sentTicks, in BudgetMoment now)
    {
        MoveTo(now);
        if (used > Used && now.VenueTicks - sentTicks < Limit.Window.Ticks)
        {
            Add(used - Used, now);
        }
    }

    private ref long At(long slice) => ref _slices[slice % (Slices + 1)];
}
