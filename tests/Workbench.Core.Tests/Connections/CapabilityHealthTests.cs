using Microsoft.Extensions.Time.Testing;
using Workbench.Core.Connections;
using Workbench.Core.Health;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections;

/// <summary>Each capability by itself, and whose fault it is.</summary>
public sealed class CapabilityHealthTests
{
    private static readonly VenueError Dns = new(VenueErrorKind.Local, "DNS does not resolve api.binance.com", "dns");
    private static readonly VenueError Closed = new(VenueErrorKind.Maintenance, "System is under maintenance.");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 8, 8, 12, 3, 41, TimeSpan.Zero));
    private readonly LocalFaults _localFaults;
    private readonly ConnectionHealth _health;

    public CapabilityHealthTests()
    {
        _localFaults = new LocalFaults(_time);
        _health = Up("binance");
    }

    [Theory]
    [InlineData(400, 450, true)]
    [InlineData(499, 700, true)] // A slow answer proves nothing beyond its lower bound.
    [InlineData(501, 700, false)]
    [InlineData(-700, -501, false)]
    [InlineData(-700, -499, true)]
    public void E07_Only_a_proven_difference_of_more_than_half_a_second_keeps_orders_back(int low, int high, bool mayTrade)
    {
        _health.Probed(TimeSpan.FromMilliseconds(1), null, clock: new ClockReading(TimeSpan.FromMilliseconds(low), TimeSpan.FromMilliseconds(high)));
        (_health.Status.TradingUp, _health.Status.DataUp, _health.SkewText is null).ShouldBe((mayTrade, true, mayTrade));
    }

    [Fact]
    public void E07_Refused_time_keeps_orders_back_until_the_clock_was_asked()
    {
        _health.Called(ConnectionCapability.Trading, CallVerdict.Answered, new VenueError(VenueErrorKind.ClockSkew, "outside of the recvWindow", "-1021"), TimeSpan.Zero);
        (_health.Status.TradingUp, _health.Status.Reason).ShouldBe((false, "no trading: the venue refused the time of a request; its clock is being asked"));
        _health.Probed(TimeSpan.FromMilliseconds(1), null, clock: new ClockReading(TimeSpan.Zero, TimeSpan.FromMilliseconds(1)));
        _health.Status.TradingUp.ShouldBeTrue();
    }

    [Fact]
    public void E32_Maintenance_of_trading_leaves_data_alone_and_is_over_when_the_account_can_be_read_half_a_minute_later()
    {
        _health.Called(ConnectionCapability.Trading, CallVerdict.Nothing, Closed, TimeSpan.Zero);
        var status = _health.Status;
        (status.DataUp, status.TradingUp, status.Reason).ShouldBe((true, false, "no trading: MAINTENANCE since 12:03:41: System is under maintenance."));
        State(ConnectionCapability.Trading).ShouldBe(CapabilityState.Maintenance);
        State(ConnectionCapability.MarketDataReads).ShouldBe(CapabilityState.Up);
        _health.NeedsSynchronising.ShouldBeTrue();
        Read();
        _health.Status.TradingUp.ShouldBeFalse("the reads of a venue under maintenance may work");
        _time.Advance(TimeSpan.FromSeconds(30));
        _health.Look();
        _health.NeedsSynchronising.ShouldBeTrue();
        Read();
        _health.Status.TradingUp.ShouldBeTrue();
    }

    [Fact]
    public void E35_Refusals_in_one_market_concern_that_market_and_in_two_the_account_for_half_a_minute()
    {
        var error = new VenueError(VenueErrorKind.Restricted, "cancel only");
        _health.Refused("BTC/USDT", error);
        (_health.Status.TradingUp, _health.Status.State, State(ConnectionCapability.Trading)).ShouldBe((true, ConnectionState.Degraded, CapabilityState.Restricted));
        _health.Status.Reason.ShouldBe("BTC/USDT takes no such orders since 12:03:41: cancel only");
        _health.Refused("ETH/USDT", error);
        (_health.Status.TradingUp, State(ConnectionCapability.Trading)).ShouldBe((false, CapabilityState.Restricted));
        _time.Advance(TimeSpan.FromSeconds(30));
        _health.Look();
        _health.Status.Reason.ShouldBe("ok");
    }

    [Fact]
    public void Order_that_is_taken_ends_a_restriction()
    {
        _health.Refused("BTC/USDT", new VenueError(VenueErrorKind.Restricted, "cancel only"));
        _health.Taken();
        _health.Status.State.ShouldBe(ConnectionState.Connected);
    }

    [Fact]
    public void N09_Name_that_does_not_resolve_is_our_side_once_another_connection_fails_likewise()
    {
        _health.MarketDown(Dns.Message, Dns);
        _health.Status.Reason.ShouldBe("market stream down since 12:03:41 (DNS does not resolve api.binance.com: our name service, or the venue's name)");
        var other = Up("bybit");
        other.MarketDown("DNS does not resolve api.bybit.com", Dns with { Message = "DNS does not resolve api.bybit.com" });
        _health.Status.Reason.ShouldBe("market stream down since 12:03:41 (our side: DNS does not resolve api.binance.com; bybit cannot be reached either)");
        other.MarketUp();
        other.Called(ConnectionCapability.MarketDataReads, CallVerdict.Answered, null, TimeSpan.FromMilliseconds(1));
        _health.Status.Reason.ShouldContain("our name service, or the venue's name");
    }

    [Fact]
    public void N09_Failures_of_our_own_side_cost_the_venue_nothing()
    {
        for (var i = 0; i < 20; i++)
        {
            _health.Called(ConnectionCapability.MarketDataReads, CallVerdict.OurFault, Dns, TimeSpan.Zero);
        }

        Pass(2);
        var reads = _health.Status.Capabilities.Single(c => c.Capability == ConnectionCapability.MarketDataReads);
        (reads.LocalFailures, reads.ErrorRate ?? 0, reads.State, _health.Status.DataScore).ShouldBe((20, 0, CapabilityState.Up, 100));
    }

    [Fact]
    public void Failures_of_the_venue_degrade_the_capability_and_the_score()
    {
        for (var i = 0; i < 10; i++)
        {
            _health.Called(ConnectionCapability.MarketDataReads, i < 5 ? CallVerdict.Answered : CallVerdict.VenueFault, null, TimeSpan.FromMilliseconds(3));
        }

        Pass(2);
        var reads = _health.Status.Capabilities.Single(c => c.Capability == ConnectionCapability.MarketDataReads);
        (reads.State, reads.Reason, reads.ErrorRate).ShouldBe((CapabilityState.Degraded, "5 of 10 failed within the last minute", 0.5m));
        (_health.Status.DataScore, _health.Status.TradingScore).ShouldBe((60, 60));
    }

    [Fact]
    public void Connection_without_credentials_has_no_trading_and_no_user_stream()
    {
        var keyless = new ConnectionHealth(new ConnectionSettings { Id = new ConnectionId("tape") }, _time, _localFaults, static _ => { });
        keyless.Opened(false, false, null);
        keyless.Ready();
        keyless.MarketUp();
        keyless.Status.Capabilities.Select(c => c.State).ShouldBe([CapabilityState.Up, CapabilityState.Up, CapabilityState.Absent, CapabilityState.Absent]);
    }

    [Fact]
    public void Market_event_costs_no_allocation()
    {
        var stamp = new MarketStamp { Connection = new ConnectionId("binance"), Venue = new VenueId("binance"), Session = 1, ReceivedAt = default, VenueTime = default };
        var health = new ConnectionHealth(new ConnectionSettings { Id = new ConnectionId("binance") }, TimeProvider.System, _localFaults, static _ => { });
        health.Heard(stamp);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            health.Heard(stamp);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private ConnectionHealth Up(string name)
    {
        var health = new ConnectionHealth(new ConnectionSettings { Id = new ConnectionId(name) }, _time, _localFaults, static _ => { });
        health.Opened(false, true, null);
        health.Ready();
        health.MarketUp();
        health.UserUp();
        health.Synchronised(health.Gaps);
        return health;
    }

    private void Read()
    {
        _health.Called(ConnectionCapability.Trading, CallVerdict.Answered, null, TimeSpan.FromMilliseconds(5));
        _health.Synchronised(_health.Gaps);
    }

    private void Pass(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _health.Look();
    }

    private CapabilityState State(ConnectionCapability capability) => _health.Status.Capabilities.Single(c => c.Capability == capability).State;
}
