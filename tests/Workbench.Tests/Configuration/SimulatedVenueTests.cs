using Workbench.Composition;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Bybit;
using Workbench.Simulator.Server;

namespace Workbench.Tests.Configuration;

public sealed class SimulatedVenueTests
{
    private const string File = """
        connections:
          one: { plugin: Acme.One, environment: simulator }
          two: { plugin: Acme.Two, environment: simulator }
        routes:
          all:
            symbols: ["*"]
            data: { primary: one, secondary: two }
            trading: { primary: one, secondary: two }
        simulator:
          venues:
            one:
              dialect: binance
              symbol_count: 200
              maker_fee: -0.01%
              taker_fee: 0.05%
              fee_tiers: [{ from_volume: 1000000, maker: -0.02%, taker: 0.04% }]
              latency: 3ms
              rate_limits: false
              binance: { ping_interval: 50ms, pong_timeout: 70ms, connection_lifetime: 2h, account_events: after-reply, account_event_delay: 5s, listen_keys: true, rejection_events: true }
            two:
              dialect: bybit
              bybit: { pushes: never, push_delay: 1s, refuse_taking_post_only: true, late_cancels: true, funding_interval: 1h, idle_limit: 20s, address_ban: 1s, demo: true }

        """;

    [Fact]
    public void Simulated_venue_gets_what_the_file_says()
    {
        var venues = SimulatorSettings.From(Given.Config(File).Simulator).Venues;

        var one = venues.Single(v => v.Name == "one");
        (one.SymbolCount, one.MakerFee, one.TakerFee, one.Latency, one.RateLimits).ShouldBe((200, -0.0001m, 0.0005m, TimeSpan.FromMilliseconds(3), false));
        one.FeeTiers.ShouldHaveSingleItem().ShouldBe(new VolumeFees(1_000_000, -0.0002m, 0.0004m));
        one.Binance.ShouldBe(new BinanceOptions
        {
            PingInterval = TimeSpan.FromMilliseconds(50),
            PongTimeout = TimeSpan.FromMilliseconds(70),
            ConnectionLifetime = TimeSpan.FromHours(2),
            AccountEvents = AccountEventOrder.AfterReply,
            AccountEventDelay = TimeSpan.FromSeconds(5),
            HasListenKeys = true,
            HasRejectionEvents = true,
        });
        var bybit = venues.Single(v => v.Name == "two").Bybit;
        (bybit.Pushes, bybit.PushDelay, bybit.RefusesTakingPostOnly, bybit.AcceptsLateCancels).ShouldBe((PushTiming.Never, TimeSpan.FromSeconds(1), true, true));
        (bybit.FundingInterval, bybit.IdleLimit, bybit.AddressBan, bybit.IsDemo).ShouldBe((TimeSpan.FromHours(1), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1), true));
    }

    [Fact]
    public void Defaults_of_the_file_are_those_of_the_simulator()
    {
        var venue = SimulatorSettings.From(Given.Config(Given.Smallest).Simulator).Venues[0];

        venue.Binance.ShouldBe(new BinanceOptions());
        venue.Bybit.ShouldBe(new BybitOptions { Maintenance = venue.Bybit.Maintenance, AllowedAddresses = venue.Bybit.AllowedAddresses });
        var options = new VenueOptions { Name = "", Dialect = "" };
        (venue.MakerFee, venue.TakerFee, venue.Latency, venue.RateLimits).ShouldBe((options.MakerFee, options.TakerFee, options.Latency, options.RateLimits));
    }
}
