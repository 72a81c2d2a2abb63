using System.Globalization;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>
/// Request weight of the one address all clients come from. Windows are fixed and aligned to the venue's clock. Going on after a 429 earns a ban that doubles each time.
/// </summary>
internal sealed class RequestLimits(VenueClock clock, bool enforced)
{
    public const int WeightPerMinute = 6000;
    private const int RefusalsBeforeBan = 10;
    private static readonly TimeSpan FirstBan = TimeSpan.FromMinutes(2);
    private readonly Lock _lock = new();
    private long _minute;
    private int _used;
    private int _refusals;
    private int _bans;
    private long _bannedUntilMillis;

    public int UsedWeight
    {
        get
        {
            lock (_lock)
            {
                Roll_NeedsLock();
                return _used;
            }
        }
    }

    /// <summary>Charges weight; an error when the address is banned or over its limit.</summary>
    public ApiError? Charge(int weight)
    {
        lock (_lock)
        {
            Roll_NeedsLock();
            var now = clock.NowMillis;
            if (now < _bannedUntilMillis)
            {
                return Banned_NeedsLock(now);
            }

            _used += weight;
            if (!enforced || _used <= WeightPerMinute)
            {
                return null;
            }

            if (++_refusals > RefusalsBeforeBan)
            {
                _bannedUntilMillis = now + (long)(FirstBan * (1 << Math.Min(_bans++, 10))).TotalMilliseconds;
                _refusals = 0;
                return Banned_NeedsLock(now);
            }

            var message = string.Create(CultureInfo.InvariantCulture, $"Too much request weight used; current limit is {WeightPerMinute} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.");
            return new ApiError(-1003, message, 429) { RetryAfterSeconds = 60 - (now / 1000 % 60) };
        }
    }

    private ApiError Banned_NeedsLock(long now) => new(
        -1003,
        string.Create(CultureInfo.InvariantCulture, $"Way too much request weight used; IP banned until {_bannedUntilMillis}. Please use WebSocket Streams for live updates to avoid bans."),
        418)
    {
        RetryAfterSeconds = (_bannedUntilMillis - now + 999) / 1000,
    };

    private void Roll_NeedsLock()
    {
        var minute = clock.NowMillis / 60_000;
        if (minute != _minute)
        {
            _minute = minute;
            _used = 0;
            _refusals = 0;
        }
    }
}
