using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>Everything about one class: its windows, and until when the venue wants none of it. Not safe by itself: the lock of its scope guards it.</summary>
internal sealed class RateCounter(RateClass counted)
{
    private RateWindow[] _windows = [];

    public RateClass Class { get; } = counted;

    /// <summary>The end of a pause of this class, on the monotonic clock.</summary>
    public long PausedUntil { get; private set; }

    public IReadOnlyList<RateWindow> Windows => _windows;

    public void Declare(RateLimit limit)
    {
        var known = Array.Find(_windows, w => w.Limit.Window == limit.Window && w.Limit.Kind == limit.Kind);
        if (known is null)
        {
            _windows = [.. _windows.Where(w => w.Limit.Window != limit.Window), RateWindow.For(limit)];
        }
        else
        {
            known.Replace(limit);
        }
    }

    public void PauseUntil(long monotonicTicks) => PausedUntil = Math.Max(PausedUntil, monotonicTicks);

    /// <summary>Zero when the weight fits all windows, or how long to wait.</summary>
    public TimeSpan Check(long weight, RequestLane lane, in BudgetMoment now)
    {
        var wait = TimeSpan.FromTicks(Math.Max(0, PausedUntil - now.MonotonicTicks));
        foreach (var window in _windows)
        {
            var needed = window.Check(weight, lane, now);
            wait = needed > wait ? needed : wait;
        }

        return wait;
    }

    public void Add(long weight, in BudgetMoment now)
    {
        foreach (var window in _windows)
        {
            window.Add(weight, now);
        }
    }

    public void Return(long weight)
    {
        foreach (var window in _windows)
        {
            window.Return(weight);
        }
    }

    public void Observe(TimeSpan length, long used, long sentTicks, in BudgetMoment now) =>
        Array.Find(_windows, w => w.Limit.Window == length)?.Observe(used, sentTicks, now);

    public void MoveTo(in BudgetMoment now)
    {
        foreach (var window in _windows)
        {
            window.MoveTo(now);
        }
    }
}
