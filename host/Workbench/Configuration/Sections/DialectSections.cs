using Workbench.Configuration.Schema;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Bybit;

namespace Workbench.Configuration.Sections;

/// <summary>The keys of a simulated venue that only one dialect has. The defaults are what the live venue does.</summary>
internal static class DialectSections
{
    private const string LongestDelay = "10m";

    private static readonly Key<TimeSpan> PingInterval = Key.WithDefault("ping_interval", Scalars.Duration("10ms", "1h"), "20s", "Between two pings of the server.");
    private static readonly Key<TimeSpan> PongTimeout = Key.WithDefault("pong_timeout", Scalars.Duration("10ms", "1h"), "60s", "A connection whose ping is unanswered for so long is closed.");
    private static readonly Key<TimeSpan> ConnectionLifetime = Key.WithDefault("connection_lifetime", Scalars.Duration("10ms", "7d"), "24h", "A socket of this age is closed.");
    private static readonly Key<AccountEventOrder> AccountEvents = Key.WithDefault("account_events", Scalars.Choice<AccountEventOrder>(), "race", "Whether account events come before or after the reply.");
    private static readonly Key<TimeSpan> AccountEventDelay = Key.WithDefault("account_event_delay", Scalars.Duration("0ms", LongestDelay), "0ms", "Extra time between reply and account events, unless they race.");
    private static readonly Key<bool> ListenKeys = Key.WithDefault("listen_keys", Scalars.Flag, "false", "Account streams by listen key, which the live venue ended in February 2026.");
    private static readonly Key<bool> RejectionEvents = Key.WithDefault("rejection_events", Scalars.Flag, "false", "An event, too, for an order that the engine refused.");

    public static readonly SectionShape<BinanceOptions> Binance = new(
        [PingInterval, PongTimeout, ConnectionLifetime, AccountEvents, AccountEventDelay, ListenKeys, RejectionEvents],
        s => new BinanceOptions
        {
            PingInterval = s.Get(PingInterval),
            PongTimeout = s.Get(PongTimeout),
            ConnectionLifetime = s.Get(ConnectionLifetime),
            AccountEvents = s.Get(AccountEvents),
            AccountEventDelay = s.Get(AccountEventDelay),
            HasListenKeys = s.Get(ListenKeys),
            HasRejectionEvents = s.Get(RejectionEvents),
        });

    private static readonly Key<PushTiming> Pushes = Key.WithDefault("pushes", Scalars.Choice<PushTiming>(), "race", "Whether private pushes come before, after or without the answer.");
    private static readonly Key<TimeSpan> PushDelay = Key.WithDefault("push_delay", Scalars.Duration("0ms", LongestDelay), "0ms", "Extra time between answer and pushes, unless they race.");
    private static readonly Key<bool> RefusesPostOnly = Key.WithDefault("refuse_taking_post_only", Scalars.Flag, "false", "Refuses a spot post-only order that would take, instead of cancelling it.");
    private static readonly Key<bool> LateCancels = Key.WithDefault("late_cancels", Scalars.Flag, "false", "Takes a cancel shortly after the fill, and pushes the filled order again.");
    private static readonly Key<TimeSpan> FundingInterval = Key.WithDefault("funding_interval", Scalars.Duration("1m", "1d"), "8h", "How often perpetuals settle funding.");
    private static readonly Key<TimeSpan> IdleLimit = Key.WithDefault("idle_limit", Scalars.Duration("10ms", "1d"), "10m", "A silent socket is closed after so long.");
    private static readonly Key<TimeSpan> AddressBan = Key.WithDefault("address_ban", Scalars.Duration("10ms", "1d"), "10m", "How long an address with too many requests is refused.");
    private static readonly Key<bool> Demo = Key.WithDefault("demo", Scalars.Flag, "false", "Plays the demo host, which has no order entry over WebSocket.");

    public static readonly SectionShape<BybitOptions> Bybit = new(
        [Pushes, PushDelay, RefusesPostOnly, LateCancels, FundingInterval, IdleLimit, AddressBan, Demo],
        s => new BybitOptions
        {
            Pushes = s.Get(Pushes),
            PushDelay = s.Get(PushDelay),
            RefusesTakingPostOnly = s.Get(RefusesPostOnly),
            AcceptsLateCancels = s.Get(LateCancels),
            FundingInterval = s.Get(FundingInterval),
            IdleLimit = s.Get(IdleLimit),
            AddressBan = s.Get(AddressBan),
            IsDemo = s.Get(Demo),
        });
}
