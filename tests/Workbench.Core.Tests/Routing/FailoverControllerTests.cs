using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Routing;

public sealed class FailoverControllerTests
{
    private static readonly ConnectionId Primary = new("binance");
    private static readonly ConnectionId Secondary = new("bybit");

    private readonly FailoverController _controller = new(new FailoverSettings(Primary, Secondary, TimeSpan.FromSeconds(5)), TimeSpan.FromSeconds(10));
    private Timestamp _now = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

    [Fact]
    public void Controller_at_the_start_waits_for_the_primary_within_its_grace()
    {
        Report(Secondary, true);
        Decide().ShouldBeNull();
        Report(Primary, true);
        Decide()!.Kind.ShouldBe(FailoverController.MoveKind.First);
        _controller.Active.ShouldBe(Primary);
    }

    [Fact]
    public void Controller_at_the_start_takes_the_secondary_when_the_grace_has_passed()
    {
        Report(Secondary, true);
        Decide().ShouldBeNull();
        Pass(10);
        Decide()!.Kind.ShouldBe(FailoverController.MoveKind.Failover);
        _controller.IsBackup.ShouldBeTrue();
    }

    [Fact]
    public void Controller_at_the_start_takes_the_secondary_at_once_when_the_primary_can_never_come()
    {
        _controller.Report(Primary, false, true, "plugin missing", _now);
        Report(Secondary, true);
        Decide()!.To.ShouldBe(Secondary);
    }

    [Fact]
    public void Controller_leaves_the_primary_at_once_with_its_reason()
    {
        BothUp();
        Report(Primary, false, "connection refused");
        var move = Decide()!;
        (move.Kind, move.From, move.To, move.PrimaryReason).ShouldBe((FailoverController.MoveKind.Failover, Primary, Secondary, "connection refused"));
    }

    [Fact]
    public void Controller_returns_only_after_the_primary_was_well_for_the_whole_spell()
    {
        BothUp();
        Report(Primary, false);
        Decide();
        Report(Primary, true);
        Pass(4.9);
        Decide().ShouldBeNull();
        Report(Primary, false);
        Report(Primary, true);
        Pass(4.9);
        Decide().ShouldBeNull();
        Pass(0.1);
        Decide()!.Kind.ShouldBe(FailoverController.MoveKind.Failback);
        _controller.Active.ShouldBe(Primary);
    }

    [Fact]
    public void Controller_returns_at_once_when_the_secondary_fails_too()
    {
        BothUp();
        Report(Primary, false);
        Decide();
        Report(Primary, true);
        Report(Secondary, false);
        Decide()!.To.ShouldBe(Primary);
    }

    [Fact]
    public void Controller_without_any_usable_connection_uses_none_and_says_so_once()
    {
        BothUp();
        Report(Primary, false);
        Report(Secondary, false);
        Decide()!.To.ShouldBeNull();
        Decide().ShouldBeNull();
        _controller.Active.ShouldBeNull();
        Report(Secondary, true);
        Decide()!.To.ShouldBe(Secondary);
    }

    [Fact]
    public void Controller_stays_on_the_primary_when_only_the_secondary_fails()
    {
        BothUp();
        Report(Secondary, false);
        Decide().ShouldBeNull();
    }

    private void BothUp()
    {
        Report(Primary, true);
        Report(Secondary, true);
        Decide();
    }

    private void Report(ConnectionId id, bool isUp, string reason = "ok") => _controller.Report(id, isUp, false, reason, _now);

    private void Pass(double seconds) => _now += TimeSpan.FromSeconds(seconds);

    private FailoverController.Move? Decide() => _controller.Decide(_now);
}
