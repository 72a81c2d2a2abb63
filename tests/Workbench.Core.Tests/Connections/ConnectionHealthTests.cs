using Microsoft.Extensions.Time.Testing;
using Workbench.Core.Connections;
using Workbench.Core.Health;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections;

public sealed class ConnectionHealthTests
{
    private const string Up = "opened ready market user sync";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 8, 8, 23, 54, 13, TimeSpan.Zero));
    private readonly List<ConnectionStatus> _reports = [];
    private readonly LocalFaults _localFaults;
    private readonly ConnectionHealth _health;

    public ConnectionHealthTests()
    {
        _localFaults = new LocalFaults(_time);
        _health = Health(false);
    }

    [Theory]
    [InlineData("", ConnectionState.Connecting, false, false, "starting")]
    [InlineData("opening", ConnectionState.Connecting, false, false, "opening")]
    [InlineData("failed", ConnectionState.Failed, false, false, "its plugin is missing")]
    [InlineData("opened retrying", ConnectionState.Down, false, false, "refused; next attempt in 1 s")]
    [InlineData("opened retrying connecting", ConnectionState.Connecting, false, false, "connecting")]
    [InlineData("opened ready", ConnectionState.Connecting, false, false, "no market stream yet")]
    [InlineData("opened market", ConnectionState.Connecting, false, false, "starting")]
    [InlineData("opened ready market", ConnectionState.Degraded, true, false, "no trading: no user stream yet")]
    [InlineData("opened ready market sync", ConnectionState.Degraded, true, false, "no trading: no user stream yet")]
    [InlineData("opened ready market user", ConnectionState.Degraded, true, false, "no trading: reading the account")]
    [InlineData(Up, ConnectionState.Connected, true, true, "ok")]
    [InlineData("opened-keyless ready market", ConnectionState.Connected, true, false, "ok")]
    [InlineData("opened-keyless ready", ConnectionState.Connecting, false, false, "no market stream yet")]
    [InlineData("opened-noted ready market user sync", ConnectionState.Connected, true, true, "ok; simulated: the plugin could not be loaded")]
    [InlineData($"{Up} market-down", ConnectionState.Down, false, false, "market stream down since 23:54:13 (reset); next attempt in 1 s")]
    [InlineData($"{Up} market-down market", ConnectionState.Connected, true, true, "ok")]
    [InlineData($"{Up} user-down", ConnectionState.Degraded, true, false, "no trading: user stream down since 23:54:13 (closed by binance, 1006); next attempt in 2 s")]
    [InlineData($"{Up} user-down user", ConnectionState.Degraded, true, false, "no trading: reading the account")]
    [InlineData($"{Up} user-down user sync", ConnectionState.Connected, true, true, "ok")]
    [InlineData($"{Up} user", ConnectionState.Degraded, true, false, "no trading: reading the account")]
    [InlineData($"{Up} breaker", ConnectionState.Degraded, true, false, "no trading: the circuit breaker is open after repeated failures")]
    [InlineData($"{Up} breaker breaker-closed", ConnectionState.Connected, true, true, "ok")]
    [InlineData($"{Up} unanswered", ConnectionState.Connected, true, true, "ok")]
    [InlineData($"{Up} unanswered unanswered", ConnectionState.Down, false, false, "no answer since 23:54:13 (timed out)")]
    [InlineData($"{Up} unanswered answered unanswered", ConnectionState.Connected, true, true, "ok")]
    [InlineData($"{Up} unanswered unanswered answered sync", ConnectionState.Connected, true, true, "ok")]
    [InlineData($"{Up} unanswered unanswered heard look", ConnectionState.Degraded, true, false, "no trading: no answer since 23:54:13 (timed out)")]
    [InlineData($"{Up} held", ConnectionState.Degraded, true, false, "BANNED until 23:56:13 UTC")]
    [InlineData($"{Up} held market-down", ConnectionState.Down, false, false, "BANNED until 23:56:13 UTC")]
    [InlineData($"{Up} held unheld", ConnectionState.Connected, true, true, "ok")]
    [InlineData("opened-keyless ready market held", ConnectionState.Degraded, true, false, "BANNED until 23:56:13 UTC")]
    [InlineData($"{Up} limited limited limited", ConnectionState.Connected, true, true, "ok")]
    [InlineData($"{Up} unanswered limited unanswered", ConnectionState.Down, false, false, "no answer since 23:54:13 (timed out)")]
    [InlineData($"{Up} refused", ConnectionState.Degraded, true, false, "no trading: AUTH: Invalid API-key, -2015")]
    [InlineData($"{Up} refused sync", ConnectionState.Degraded, true, false, "no trading: AUTH: Invalid API-key, -2015")]
    [InlineData($"{Up} refused authorised", ConnectionState.Connected, true, true, "ok")]
    [InlineData($"{Up} connecting", ConnectionState.Down, false, false, "connecting")]
    [InlineData($"{Up} unanswered unanswered connecting ready sync", ConnectionState.Connected, true, true, "ok")]
    [InlineData($"{Up} draining", ConnectionState.Draining, false, false, "closing")]
    [InlineData($"{Up} draining market", ConnectionState.Draining, false, false, "closing")]
    [InlineData($"{Up} failed", ConnectionState.Failed, false, false, "its plugin is missing")]
    [InlineData($"{Up} draining failed", ConnectionState.Failed, false, false, "its plugin is missing")]
    public void Facts_make_a_state_with_its_reason(string facts, ConnectionState state, bool dataUp, bool tradingUp, string reason)
    {
        Tell(facts);
        var status = _health.Status;
        (status.State, status.DataUp, status.TradingUp, status.Reason).ShouldBe((state, dataUp, tradingUp, reason));
    }

    [Fact]
    public void Data_that_was_subscribed_may_be_silent_for_the_whole_limit_and_no_longer()
    {
        Tell($"{Up} subscribed");
        Pass(2);
        (_health.Status.DataUp, _health.IsSilent).ShouldBe((true, false));
        Pass(0.001);
        (_health.Status.State, _health.Status.DataUp, _health.Status.TradingUp, _health.IsSilent).ShouldBe((ConnectionState.Down, false, false, true));
        _health.Status.Reason.ShouldBe("no market data has come");
    }

    [Fact]
    public void Data_that_fell_silent_is_named_with_the_time_it_was_last_heard()
    {
        Tell($"{Up} subscribed heard");
        Pass(1.9);
        Tell("heard");
        Pass(2);
        _health.Status.DataUp.ShouldBeTrue();
        Pass(0.1);
        _health.Status.Reason.ShouldBe("market data silent since 23:54:14");
        _health.Status.LastDataAt.ShouldBe(Timestamp.From(new DateTimeOffset(2024, 8, 8, 23, 54, 14, 900, TimeSpan.Zero)));
    }

    [Fact]
    public void Data_that_nobody_wants_is_never_silent()
    {
        Tell(Up);
        Pass(600);
        Tell("look");
        _health.Status.State.ShouldBe(ConnectionState.Connected);
        Tell("subscribed");
        Pass(2);
        _health.Status.State.ShouldBe(ConnectionState.Connected, "the first wish begins the time that data may take");
        Pass(0.1);
        Tell("unsubscribed");
        _health.Status.State.ShouldBe(ConnectionState.Connected);
    }

    [Fact]
    public void Tape_is_never_silent()
    {
        var tape = Health(true);
        Tell("opened-keyless ready market subscribed", tape);
        Pass(600);
        tape.Look();
        tape.Status.State.ShouldBe(ConnectionState.Connected);
    }

    [Fact]
    public void Session_after_a_silence_is_suspect_until_data_comes()
    {
        Silent();
        Tell("market-down market look");
        (_health.Status.DataUp, _health.IsSilent).ShouldBe((false, true), "a socket alone proves nothing");
        Tell("heard look");
        (_health.Status.DataUp, _health.IsSilent).ShouldBe((true, false));
    }

    [Fact]
    public void Session_after_an_orderly_end_has_the_whole_limit_again()
    {
        Tell($"{Up} subscribed heard");
        Pass(1);
        Tell("market-down");
        Pass(30);
        Tell("market look");
        _health.Status.DataUp.ShouldBeTrue();
        Pass(2.1);
        Tell("look");
        _health.Status.DataUp.ShouldBeFalse();
    }

    [Fact]
    public void Account_must_be_read_again_after_a_silence_before_orders_go_there()
    {
        Silent();
        _health.NeedsSynchronising.ShouldBeTrue();
        Tell("heard look");
        (_health.Status.State, _health.Status.TradingUp, _health.Status.Reason).ShouldBe((ConnectionState.Degraded, false, "no trading: reading the account"));
        Tell("sync");
        (_health.Status.State, _health.NeedsSynchronising).ShouldBe((ConnectionState.Connected, false));
    }

    [Theory]
    [InlineData("user-down user")]
    [InlineData("user")]
    public void Account_read_across_a_gap_of_the_user_stream_does_not_count(string meanwhile)
    {
        Tell("opened ready market user");
        var gaps = _health.Gaps;
        Tell(meanwhile);
        _health.Synchronised(gaps);
        (_health.NeedsSynchronising, _health.Status.TradingUp).ShouldBe((true, false));
        _health.Synchronised(_health.Gaps);
        (_health.NeedsSynchronising, _health.Status.TradingUp).ShouldBe((false, true));
    }

    [Fact]
    public void Account_must_be_read_again_after_a_venue_did_not_answer()
    {
        Tell(Up);
        Tell("unanswered unanswered answered");
        (_health.Status.TradingUp, _health.NeedsSynchronising).ShouldBe((false, true));
        Tell("sync");
        _health.Status.TradingUp.ShouldBeTrue();
    }

    [Fact]
    public void Account_read_across_a_silence_does_not_count()
    {
        Tell("opened ready market user subscribed heard");
        var gaps = _health.Gaps;
        Pass(2.1);
        Tell("look heard look");
        _health.Synchronised(gaps);
        _health.NeedsSynchronising.ShouldBeTrue();
    }

    [Fact]
    public void Account_read_late_does_not_undo_what_was_read_since()
    {
        Tell("opened ready market user");
        var gaps = _health.Gaps;
        Tell("user sync");
        _health.Synchronised(gaps);
        _health.NeedsSynchronising.ShouldBeFalse();
    }

    [Fact]
    public void Account_needs_no_reading_while_its_stream_is_down()
    {
        Tell("opened ready market");
        _health.NeedsSynchronising.ShouldBeFalse();
        Tell("user");
        _health.NeedsSynchronising.ShouldBeTrue();
        Tell("user-down");
        _health.NeedsSynchronising.ShouldBeFalse();
    }

    [Fact]
    public void Change_is_reported_once_and_what_changes_nothing_not_at_all()
    {
        Tell($"{Up} heard look look breaker-closed answered");
        _reports.Select(r => r.State).ShouldBe([ConnectionState.Connecting, ConnectionState.Connecting, ConnectionState.Degraded, ConnectionState.Degraded, ConnectionState.Connected]);
        _reports.Select(r => r.Reason).ShouldBe(["starting", "no market stream yet", "no trading: no user stream yet", "no trading: reading the account", "ok"]);
    }

    [Fact]
    public void Silence_is_reported_by_the_next_look()
    {
        Tell($"{Up} subscribed");
        Pass(3);
        _reports[^1].State.ShouldBe(ConnectionState.Connected);
        Tell("look");
        _reports[^1].State.ShouldBe(ConnectionState.Down);
    }

    [Fact]
    public void State_keeps_the_moment_it_began_while_its_reason_changes()
    {
        Tell("opened ready market");
        var began = Timestamp.Now(_time);
        Pass(1);
        Tell("user");
        (_health.Status.State, _health.Status.Since).ShouldBe((ConnectionState.Degraded, began));
        Pass(1);
        Tell("sync");
        _health.Status.Since.ShouldBe(began + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Status_carries_the_newest_latency_and_who_stands_behind_it()
    {
        Tell("opened-noted ready");
        _health.Probed(TimeSpan.FromMilliseconds(7), null);
        _health.Probed(null, "timed out");
        (_health.Status.Latency, _health.Status.IsSimulated, _health.Status.Id).ShouldBe((TimeSpan.FromMilliseconds(7), true, new ConnectionId("binance")));
        _health.Status.LastDataAt.ShouldBeNull();
    }

    [Fact]
    public async Task Facts_from_many_threads_end_in_one_state_and_the_last_report_says_it()
    {
        Tell(Up);
        await Task.WhenAll(
            Task.Run(() => Repeat(() => Tell("market-down market"))),
            Task.Run(() => Repeat(() => Tell("user-down user sync"))),
            Task.Run(() => Repeat(() => Tell("breaker breaker-closed"))),
            Task.Run(() => Repeat(() => Tell("heard look"))));
        _health.Status.State.ShouldBe(ConnectionState.Connected);
        _reports[^1].State.ShouldBe(ConnectionState.Connected);
        _reports.Zip(_reports.Skip(1)).Where(p => (p.First.State, p.First.Reason, p.First.DataUp, p.First.TradingUp) == (p.Second.State, p.Second.Reason, p.Second.DataUp, p.Second.TradingUp)).ShouldBeEmpty();
    }

    private static void Repeat(Action action)
    {
        for (var i = 0; i < 2_000; i++)
        {
            action();
        }
    }

    private ConnectionHealth Health(bool isTape) =>
        new(new ConnectionSettings { Id = new ConnectionId("binance"), StaleAfter = TimeSpan.FromSeconds(2), IsTape = isTape }, _time, _localFaults, _reports.Add);

    private MarketStamp Stamp(TimeSpan delay) => new()
    {
        Connection = new ConnectionId("binance"),
        Venue = new VenueId("binance"),
        Session = 1,
        ReceivedAt = Timestamp.Now(_time),
        VenueTime = Timestamp.Now(_time) + -delay,
    };

    private void Silent()
    {
        Tell($"{Up} subscribed heard");
        Pass(2.1);
        Tell("look");
        _health.IsSilent.ShouldBeTrue();
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private void Tell(string facts) => Tell(facts, _health);

    private void Tell(string facts, ConnectionHealth health)
    {
        foreach (var fact in facts.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Tell(health, fact);
        }
    }

    private void Tell(ConnectionHealth health, string fact)
    {
        Action tell = fact switch
        {
            "opening" or "connecting" => () => health.Phase(fact),
            "retrying" => () => health.Retrying(new VenueError(VenueErrorKind.Network, "refused"), TimeSpan.FromSeconds(1)),
            "opened" => () => health.Opened(false, true, null),
            "opened-keyless" => () => health.Opened(false, false, null),
            "opened-noted" => () => health.Opened(true, true, "simulated: the plugin could not be loaded"),
            "failed" => () => health.Failed("its plugin is missing"),
            "ready" => health.Ready,
            "market" => health.MarketUp,
            "market-down" => () => health.MarketDown("reset", new VenueError(VenueErrorKind.Network, "reset"), TimeSpan.FromSeconds(1)),
            "user" => health.UserUp,
            "user-down" => () => health.UserDown("closed by binance", new VenueError(VenueErrorKind.Network, "closed by binance", "1006"), TimeSpan.FromSeconds(2)),
            "sync" => () => health.Synchronised(health.Gaps),
            "answered" => () => health.Probed(TimeSpan.FromMilliseconds(3), null),
            "unanswered" => () => health.Probed(null, "timed out"),
            "held" => () => health.Held("BANNED until 23:56:13 UTC"),
            "unheld" => () => health.Held(null),
            "limited" => () => health.Probed(null, "held back", new VenueError(VenueErrorKind.RateLimited, "held back")),
            "refused" => () => health.Unauthorised(new VenueError(VenueErrorKind.Authentication, "Invalid API-key", "-2015")),
            "authorised" => health.Authorised,
            "breaker" => () => health.Breakers(BreakerState.Open, BreakerState.Closed),
            "breaker-closed" => () => health.Breakers(BreakerState.Closed, BreakerState.Closed),
            "subscribed" => () => health.Subscribed(true),
            "unsubscribed" => () => health.Subscribed(false),
            "heard" => () => health.Heard(Stamp(TimeSpan.FromMilliseconds(4))),
            "look" => health.Look,
            "draining" => health.Draining,
            _ => throw new ArgumentException($"no such fact: {fact}"),
        };
        tell();
    }
}
