using System.Globalization;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>
/// Unfilled orders per account in two fixed windows aligned to the venue's clock. A placement counts one per order; the
/// first fill of an order gives some of it back, a cancel or an expiry nothing.
/// </summary>
internal sealed class OrderCounts : IVenueListener
{
    public const int PerTenSeconds = 100;
    public const int PerDay = 200_000;
    private const int TakerFirstFill = 1;

    // Making liquidity is rewarded; the amount is the one of the documentation's example.
    private const int MakerFirstFill = 5;
    private readonly VenueClock _clock;
    private readonly bool _enforced;
    private readonly Lock _lock = new();
    private readonly Dictionary<Account, Windows> _accounts = [];

    public OrderCounts(VenueClock clock, bool enforced)
    {
        _clock = clock;
        _enforced = enforced;
    }

    /// <summary>An error when the account may not send so many more orders now.</summary>
    public ApiError? Check(Account account, int orders = 1)
    {
        var (tenSeconds, day) = Of(account);
        var now = _clock.NowMillis;
        if (!_enforced)
        {
            return null;
        }

        // A full day comes first: while it lasts, waiting ten seconds does not help.
        if (day + orders > PerDay)
        {
            return TooMany(PerDay, "1 DAY", 86_400 - (now / 1000 % 86_400));
        }

        return tenSeconds + orders > PerTenSeconds ? TooMany(PerTenSeconds, "10 SECOND", 10 - (now / 1000 % 10)) : null;
    }

    /// <summary>Counts placements; negative to take back those that were not accepted after all.</summary>
    public void Add(Account account, int orders)
    {
        lock (_lock)
        {
            var windows = Windows_NeedsLock(account);
            windows.Change(orders);
        }
    }

    public (int TenSeconds, int Day) Of(Account account)
    {
        lock (_lock)
        {
            var windows = Windows_NeedsLock(account);
            return (windows.TenSeconds, windows.Day);
        }
    }

    public bool IsWatching(OrderBook book) => false;

    public void OnOrder(in OrderEvent e)
    {
        if (e is { Kind: OrderEventKind.Trade, Trade: { } trade } && e.Order.Executed == trade.Quantity)
        {
            Add(e.Order.Account, trade.IsMaker ? -MakerFirstFill : -TakerFirstFill);
        }
    }

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
        // The account's own fills come as order events.
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
        // Books do not count orders.
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
        // Balances do not count orders.
    }

    public void OnTop(OrderBook book, long timeMicros)
    {
        // Books do not count orders.
    }

    public void OnStepEnd()
    {
        // Counted as it happens.
    }

    public void OnTick(long nowMicros)
    {
        // The windows roll when they are looked at.
    }

    private static ApiError TooMany(int limit, string window, long waitSeconds) =>
        new(-1015, string.Create(CultureInfo.InvariantCulture, $"Too many new orders; current limit is {limit} orders per {window}."), 429)
        {
            RetryAfterSeconds = waitSeconds,
        };

    private Windows Windows_NeedsLock(Account account)
    {
        if (!_accounts.TryGetValue(account, out var windows))
        {
            windows = _accounts[account] = new Windows();
        }

        windows.Roll(_clock.NowMillis);
        return windows;
    }

    private sealed class Windows
    {
        private long _tenSecondWindow;
        private long _dayWindow;

        public int TenSeconds { get; private set; }
        public int Day { get; private set; }

        public void Change(int orders)
        {
            TenSeconds = Math.Max(0, TenSeconds + orders);
            Day = Math.Max(0, Day + orders);
        }

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
