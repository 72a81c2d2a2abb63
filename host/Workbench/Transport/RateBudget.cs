using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>
/// What one connection may still send. The windows are aligned to the clock as venues align theirs; a share of each is kept for
/// cancels and for queries of unknown orders. Safe on any thread.
/// </summary>
internal sealed class RateBudget : IRateBudget
{
    /// <summary>The share of every window that only <see cref="RequestLane.Cancel"/> may use.</summary>
    public const decimal CancelReserve = 0.1m;

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<RateWindow> _windows = [];
    private long _pauseStarted;
    private TimeSpan _pause;

    public RateBudget(TimeProvider time) => _time = time;

    /// <inheritdoc />
    public void Declare(int weight, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        lock (_lock)
        {
            var known = _windows.Find(w => w.Length == window);
            if (known is null)
            {
                _windows.Add(new RateWindow(window, weight));
            }
            else
            {
                known.Limit = weight;
            }
        }
    }

    /// <inheritdoc />
    public void Observe(int usedWeight, TimeSpan window)
    {
        lock (_lock)
        {
            if (_windows.Find(w => w.Length == window) is { } known)
            {
                known.MoveTo(_time.GetUtcNow());

                // Requests on their way are not in the venue's number, requests of other hosts are not in ours.
                known.Used = Math.Max(known.Used, usedWeight);
            }
        }
    }

    /// <inheritdoc />
    public void PauseFor(TimeSpan duration)
    {
        lock (_lock)
        {
            if (duration > PauseLeft_NeedsLock())
            {
                _pauseStarted = _time.GetTimestamp();
                _pause = duration;
            }
        }
    }

    /// <summary>Takes weight from every window, or from none.</summary>
    /// <returns>Null, or the refusal with the time after which it may succeed.</returns>
    public VenueError? Take(int weight, RequestLane lane)
    {
        lock (_lock)
        {
            var wait = PauseLeft_NeedsLock();
            if (wait > TimeSpan.Zero)
            {
                return Refusal("the venue has asked for a pause", wait);
            }

            var now = _time.GetUtcNow();
            foreach (var window in _windows)
            {
                window.MoveTo(now);
                var left = window.Fits(weight, lane) ? TimeSpan.Zero : window.LeftAt(now);
                wait = left > wait ? left : wait;
            }

            if (wait > TimeSpan.Zero)
            {
                return Refusal("the rate budget is used up", wait);
            }

            foreach (var window in _windows)
            {
                window.Used += weight;
            }

            return null;
        }
    }

    /// <summary>The state of every window, for views and health.</summary>
    public IReadOnlyList<RateUsage> Snapshot()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            _windows.ForEach(w => w.MoveTo(now));
            return [.. _windows.Select(w => new RateUsage(w.Length, w.Limit, w.Used))];
        }
    }

    /// <summary>How long nothing at all may be sent; zero when sending is allowed.</summary>
    public TimeSpan PauseLeft
    {
        get
        {
            lock (_lock)
            {
                return PauseLeft_NeedsLock();
            }
        }
    }

    /// <summary>What ordinary requests may still use of the tightest window; null when no limit was declared and no pause is on.</summary>
    public RateHeadroom? Headroom
    {
        get
        {
            lock (_lock)
            {
                var (now, pause) = (_time.GetUtcNow(), PauseLeft_NeedsLock());
                if (pause > TimeSpan.Zero)
                {
                    return new RateHeadroom(0, Timestamp.From(now + pause), "the venue has asked for a pause");
                }

                _windows.ForEach(w => w.MoveTo(now));
                return _windows.MinBy(w => w.ShareLeft) is { } tightest
                    ? new RateHeadroom(tightest.ShareLeft, null, string.Create(CultureInfo.InvariantCulture, $"{tightest.Used} of {tightest.Limit} used within {tightest.Length.TotalSeconds:0.#} s"))
                    : null;
            }
        }
    }

    // Measured on the monotonic clock: a step of the wall clock must not end a ban early.
    private TimeSpan PauseLeft_NeedsLock()
    {
        var left = _pause == TimeSpan.Zero ? TimeSpan.Zero : _pause - _time.GetElapsedTime(_pauseStarted);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static VenueError Refusal(string why, TimeSpan wait) => new(
        VenueErrorKind.RateLimited,
        string.Create(CultureInfo.InvariantCulture, $"{why}; next request in {wait.TotalSeconds:0.0} s"),
        RetryAfter: wait);
}
