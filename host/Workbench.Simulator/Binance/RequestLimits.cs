using System.Globalization;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>
/// Request weight of the one address all clients come from, and new orders per account. Windows are fixed and aligned to the
/// venue's clock. Going on after a 429 earns a ban that doubles each time.
/// </summary>
internal sealed class RequestLimits(VenueClock clock, bool enforced)
{
    public const int WeightPerMinute = 6000;
    public const int OrdersPerTenSeconds = 100;
    public const int OrdersPerDay = 200_000;
    private const int RefusalsBeforeBan = 10;
    private static readonly TimeSpan FirstBan = TimeSpan.FromMinutes(2);
    private readonly Lock _lock = new();
    private readonly Dictionary<Account, OrderCount> _orders = [];
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

    /// <summary>An error when the account may not send one more order now.</summary>
    public ApiError? CheckOrders(Account account)
    {
        var (tenSeconds, day) = Orders(account);
        if (!enforced || (tenSeconds < OrdersPerTenSeconds && day < OrdersPerDay))
        {
            return null;
        }

        var limit = tenSeconds >= OrdersPerTenSeconds ? "100 orders per 10 SECOND" : "200000 orders per 1 DAY";
        var now = clock.NowMillis;
        var wait = tenSeconds >= OrdersPerTenSeconds ? 10 - (now / 1000 % 10) : 86_400 - (now / 1000 % 86_400);
        return new ApiError(-1015, $"Too many new orders; current limit is {limit}.", 429) { RetryAfterSeconds = wait };
    }

    /// <summary>Counts a placement, or takes one back when it filled at once.</summary>
    public void CountOrder(Account account, int change)
    {
        lock (_lock)
        {
            var count = Count_NeedsLock(account);
            count.TenSeconds = Math.Max(0, count.TenSeconds + change);
            count.Day = Math.Max(0, count.Day + change);
        }
    }

    public (int TenSeconds, int Day) Orders(Account account)
    {
        lock (_lock)
        {
            var count = Count_NeedsLock(account);
            return (count.TenSeconds, count.Day);
        }
    }

    private OrderCount Count_NeedsLock(Account account)
    {
        if (!_orders.TryGetValue(account, out var count))
        {
            count = _orders[account] = new OrderCount();
        }

        count.Roll(clock.NowMillis);
        return count;
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

    private sealed class OrderCount
    {
        private long _tenSecondWindow;
        private long _dayWindow;

        public int TenSeconds { get; set; }
        public int Day { get; set; }

        public void Roll(long millis)
        {
            if (_tenSecondWindow != millis / 10_000)
            {
                _tenSecondWindow = millis / 10_000;
                TenSeconds = 0;
            }

            if (_dayWindow != millis / 86_400_000)
            {
                _dayWindow = millis / 86_400_000;
                Day = 0;
            }
        }
    }
}
