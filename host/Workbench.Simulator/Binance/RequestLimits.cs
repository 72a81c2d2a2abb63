using System.Globalization;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>
/// What the one address all clients come from may ask: request weight, raw requests and socket connects. Windows are fixed and
/// aligned to the venue's clock. Going on after a 429 earns a ban that doubles each time.
/// </summary>
internal sealed class RequestLimits(VenueClock clock, bool enforced, int connectionsPerFiveMinutes = RequestLimits.ConnectionsPerFiveMinutes)
{
    public const int WeightPerMinute = 6000;
    public const int RawRequestsPerFiveMinutes = 300_000;
    public const int ConnectionsPerFiveMinutes = 300;
    private const int RefusalsBeforeBan = 10;
    private const long Minute = 60_000;
    private const long FiveMinutes = 5 * Minute;
    private static readonly TimeSpan FirstBan = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestBan = TimeSpan.FromDays(3);
    private readonly Lock _lock = new();
    private Window _weight;
    private Window _requests;
    private Window _connects;
    private int _refusals;
    private TimeSpan _nextBan = FirstBan;
    private long _bannedUntilMillis;

    public int UsedWeight
    {
        get
        {
            lock (_lock)
            {
                return _weight.At(clock.NowMillis / Minute);
            }
        }
    }

    /// <summary>Charges a request of some weight; an error when the address is banned or over its limit.</summary>
    public ApiError? Charge(int weight)
    {
        lock (_lock)
        {
            return Charge_NeedsLock(weight, requests: 1);
        }
    }

    /// <summary>Charges what a request that was let in turned out to cost more.</summary>
    public void ChargeMore(int weight)
    {
        lock (_lock)
        {
            _weight.Add(clock.NowMillis / Minute, weight);
        }
    }

    /// <summary>Counts an attempt to open a socket that costs some weight as well; an error when it is one too many.</summary>
    public ApiError? Connect(int weight)
    {
        lock (_lock)
        {
            var now = clock.NowMillis;
            _connects.Add(now / FiveMinutes, 1);
            if (enforced && _connects.Count > connectionsPerFiveMinutes)
            {
                var message = string.Create(CultureInfo.InvariantCulture, $"Too many connection attempts from IP; current limit is {connectionsPerFiveMinutes} per '5 MINUTE'.");
                return new ApiError(-1034, message, 429) { RetryAfterSeconds = Rest(now, FiveMinutes) };
            }

            return weight == 0 ? null : Charge_NeedsLock(weight, requests: 0);
        }
    }

    private ApiError? Charge_NeedsLock(int weight, int requests)
    {
        var now = clock.NowMillis;
        if (now < _bannedUntilMillis)
        {
            return Banned_NeedsLock(now);
        }

        if (_weight.At(now / Minute) == 0)
        {
            _refusals = 0;
        }

        _weight.Add(now / Minute, weight);
        _requests.Add(now / FiveMinutes, requests);
        if (!enforced || (_weight.Count <= WeightPerMinute && _requests.Count <= RawRequestsPerFiveMinutes))
        {
            return null;
        }

        return ++_refusals > RefusalsBeforeBan ? Ban_NeedsLock(now) : TooMany_NeedsLock(now);
    }

    private ApiError TooMany_NeedsLock(long now)
    {
        var isWeight = _weight.Count > WeightPerMinute;
        var what = isWeight
            ? string.Create(CultureInfo.InvariantCulture, $"Too much request weight used; current limit is {WeightPerMinute} request weight per 1 MINUTE")
            : string.Create(CultureInfo.InvariantCulture, $"Too many requests; current limit is {RawRequestsPerFiveMinutes} requests per 5 MINUTE");
        return new ApiError(-1003, what + ". Please use WebSocket Streams for live updates to avoid polling the API.", 429)
        {
            RetryAfterSeconds = Rest(now, isWeight ? Minute : FiveMinutes),
        };
    }

    private ApiError Ban_NeedsLock(long now)
    {
        _bannedUntilMillis = now + (long)_nextBan.TotalMilliseconds;
        _nextBan = _nextBan * 2 < LongestBan ? _nextBan * 2 : LongestBan;
        _refusals = 0;
        return Banned_NeedsLock(now);
    }

    private ApiError Banned_NeedsLock(long now) => new(
        -1003,
        string.Create(CultureInfo.InvariantCulture, $"Way too much request weight used; IP banned until {_bannedUntilMillis}. Please use WebSocket Streams for live updates to avoid bans."),
        418)
    {
        RetryAfterSeconds = (_bannedUntilMillis - now + 999) / 1000,
    };

    // Whole seconds to the end of the window, never none.
    private static long Rest(long now, long window) => (window - (now % window) + 999) / 1000;

    private struct Window
    {
        private long _number;

        public int Count { get; private set; }

        public int At(long number)
        {
            if (number != _number)
            {
                _number = number;
                Count = 0;
            }

            return Count;
        }

        public void Add(long number, int amount) => Count = At(number) + amount;
    }
}
