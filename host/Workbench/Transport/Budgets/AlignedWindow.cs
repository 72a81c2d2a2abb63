using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>A window that begins with the venue's clock. What is taken shortly before its end may arrive after it, so that counts in the next window, too.</summary>
internal sealed class AlignedWindow(RateLimit limit) : RateWindow(limit)
{
    private static readonly TimeSpan LongestTransit = TimeSpan.FromSeconds(2);

    private readonly long _length = limit.Window.Ticks;
    private readonly long _transit = Math.Min(LongestTransit.Ticks, limit.Window.Ticks / 8);
    private long _index;
    private long _late;

    /// <summary>Starts afresh when a later window has begun. A clock that steps back forgets nothing: that could only spend twice.</summary>
    public override void MoveTo(in BudgetMoment now)
    {
        var index = now.VenueTicks / _length;
        if (index <= _index)
        {
            return;
        }

        Used = index == _index + 1 ? _late : 0;
        (_index, _late) = (index, 0);
    }

    public override void Add(long weight, in BudgetMoment now)
    {
        Used += weight;
        if (LeftAt(now) <= _transit)
        {
            _late += weight;
        }
    }

    public override void Return(long weight)
    {
        Used = Math.Max(0, Used - weight);
        _late = Math.Min(_late, Used);
    }

    public override TimeSpan WaitFor(long weight, long ceiling, in BudgetMoment now) => TimeSpan.FromTicks(LeftAt(now));

    public override void Observe(long used, long sentTicks, in BudgetMoment now)
    {
        MoveTo(now);

        // A number from the window before says nothing about this one. Requests on their way are not in the venue's number, those of other hosts are not in ours.
        if (sentTicks / _length == _index)
        {
            Used = Math.Max(Used, used);
        }
    }

    // Measured against the window that counts: after a step back of the clock that one ends later than the clock's own.
    private long LeftAt(in BudgetMoment now) => Math.Min(((_index + 1) * _length) - now.VenueTicks, 2 * _length);
}
