using Workbench.Core.Routing;
using static Workbench.Core.Tests.Routing.HalfRig;

namespace Workbench.Core.Tests.Routing;

public sealed class PrimarySecondaryTests
{
    private readonly HalfRig _rig = new(Ordered());

    [Fact]
    public void Half_at_the_start_waits_for_the_primary_within_its_grace()
    {
        _rig.Up(Beta).ShouldBeEmpty();
        _rig.Pass(9.9).ShouldBeEmpty();
        _rig.Active.ShouldBeNull();
        _rig.Up(Alpha).ShouldBeEmpty("the first choice of the primary is no news");
        (_rig.Active, _rig.Half.IsReady).ShouldBe((Alpha, true));
    }

    [Fact]
    public void Half_at_the_start_takes_the_secondary_when_the_grace_has_passed()
    {
        _rig.Up(Beta);
        var move = _rig.Pass(10).ShouldHaveSingleItem();
        (move.Kind, move.From, move.To, move.Reason).ShouldBe((MoveKind.Failover, null, Beta, "alpha: not connected yet"));
        _rig.State.IsBackup.ShouldBeTrue();
    }

    [Fact]
    public void Half_at_the_start_takes_the_secondary_at_once_when_the_primary_can_never_come()
    {
        _rig.Report(Alpha, false, "plugin missing", isFinal: true);
        _rig.Up(Beta).ShouldHaveSingleItem().To.ShouldBe(Beta);
    }

    [Fact]
    public void Half_that_finds_nothing_at_the_start_says_so_once_when_the_grace_has_passed()
    {
        _rig.Down(Alpha);
        _rig.Pass(9.9).ShouldBeEmpty();
        var move = _rig.Pass(0.1).ShouldHaveSingleItem();
        (move.Kind, move.To, move.Reason).ShouldBe((MoveKind.Failover, null, "alpha: refused; beta: not connected yet"));
        _rig.Pass(100).ShouldBeEmpty();
        _rig.Up(Alpha).ShouldHaveSingleItem().Kind.ShouldBe(MoveKind.Failback);
    }

    [Fact]
    public void Half_leaves_the_primary_at_once_with_its_reason()
    {
        _rig.AllUp();
        var move = _rig.Down(Alpha).ShouldHaveSingleItem();
        (move.Kind, move.From, move.To, move.Reason).ShouldBe((MoveKind.Failover, Alpha, Beta, "alpha: refused"));
        (_rig.State.IsBackup, _rig.State.Why).ShouldBe((true, "alpha: refused"));
    }

    [Fact]
    public void Half_returns_only_after_the_primary_was_well_for_the_whole_spell()
    {
        _rig.AllUp();
        _rig.Down(Alpha);
        _rig.Up(Alpha);
        _rig.Pass(4.9).ShouldBeEmpty();
        _rig.Down(Alpha);
        _rig.Up(Alpha);
        _rig.Pass(4.9).ShouldBeEmpty();
        _rig.Half.Look[0].HoldDownUntil.ShouldBe(_rig.Now + TimeSpan.FromSeconds(0.1));
        _rig.Pass(0.1).ShouldHaveSingleItem().Kind.ShouldBe(MoveKind.Failback);
        (_rig.Active, _rig.Half.Look[0].HoldDownUntil).ShouldBe((Alpha, null));
    }

    [Fact]
    public void Half_returns_at_once_when_the_secondary_fails_too()
    {
        _rig.AllUp();
        _rig.Down(Alpha);
        _rig.Up(Alpha);
        _rig.Down(Beta).ShouldHaveSingleItem().To.ShouldBe(Alpha);
    }

    [Fact]
    public void Half_without_any_usable_connection_uses_none_and_says_so_once()
    {
        _rig.AllUp();
        _rig.Down(Beta).ShouldBeEmpty();
        _rig.Down(Alpha).ShouldHaveSingleItem().Reason.ShouldBe("alpha: refused; beta: refused");
        _rig.Pass(1).ShouldBeEmpty();
        _rig.Up(Beta).ShouldHaveSingleItem().To.ShouldBe(Beta);
    }

    [Fact]
    public void Half_of_three_takes_the_next_in_order_and_climbs_back_in_order()
    {
        var rig = new HalfRig(Ordered(connections: 3)).AllUp();
        rig.Down(Alpha).ShouldHaveSingleItem().To.ShouldBe(Beta);
        rig.Down(Beta).ShouldHaveSingleItem().To.ShouldBe(Gamma);
        rig.Up(Beta);
        rig.Pass(5).ShouldHaveSingleItem().ShouldBe(new RouteMove(MoveKind.Failback, null, Gamma, Beta, "beta was well for its hold-down"));
        rig.Up(Alpha);
        rig.Pass(5).ShouldHaveSingleItem().To.ShouldBe(Alpha);
    }

    [Fact]
    public void Connection_that_flaps_is_passed_over_for_one_that_is_well()
    {
        var rig = new HalfRig(Ordered(connections: 3)).AllUp();
        rig.Down(Beta);
        rig.Up(Beta);
        rig.Down(Alpha).ShouldHaveSingleItem().To.ShouldBe(Gamma, "beta has failed a moment ago");
    }

    [Fact]
    public void Connection_that_is_not_ready_or_drained_is_never_used()
    {
        _rig.AllUp();
        _rig.Told(() => _rig.Half.Find(Beta)!.ReportReadiness("its key may not trade", _rig.Now)).ShouldBeEmpty();
        _rig.Down(Alpha).ShouldHaveSingleItem().Reason.ShouldBe("alpha: refused; beta: not ready: its key may not trade");
        _rig.Told(() => _rig.Half.Find(Beta)!.ReportReadiness(null, _rig.Now)).ShouldHaveSingleItem().To.ShouldBe(Beta);
        _rig.Told(() => _rig.Half.Find(Beta)!.Drain(true, _rig.Now)).ShouldHaveSingleItem().Reason.ShouldEndWith("beta: drained by the operator");
        _rig.Told(() => _rig.Half.Find(Beta)!.Drain(false, _rig.Now)).ShouldHaveSingleItem().To.ShouldBe(Beta);
    }

    [Fact]
    public void Connection_that_was_drained_and_resumed_need_not_wait()
    {
        _rig.AllUp();
        _rig.Told(() => _rig.Half.Find(Alpha)!.Drain(true, _rig.Now)).ShouldHaveSingleItem().To.ShouldBe(Beta);
        _rig.Told(() => _rig.Half.Find(Alpha)!.Drain(false, _rig.Now)).ShouldHaveSingleItem().To.ShouldBe(Alpha);
    }
}
