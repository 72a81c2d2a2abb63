using Workbench.Core.Routing;
using Workbench.Sdk;
using static Workbench.Core.Tests.Routing.HalfRig;

namespace Workbench.Core.Tests.Routing;

public sealed class OperatorChoiceTests
{
    private readonly HalfRig _rig = new HalfRig(Ordered(connections: 3)).AllUp();

    [Fact]
    public void Forced_connection_holds_although_the_primary_is_well()
    {
        Force(Gamma).ShouldHaveSingleItem().ShouldBe(new RouteMove(MoveKind.Failover, null, Alpha, Gamma, "the operator chose it"));
        _rig.Pass(10_000).ShouldBeEmpty();
        (_rig.State.IsForced, _rig.State.IsBackup).ShouldBe((true, true));
    }

    [Fact]
    public void Forced_connection_holds_until_it_dies()
    {
        Force(Gamma);
        _rig.Down(Gamma).ShouldHaveSingleItem().Reason.ShouldBe("gamma: refused");
        (_rig.Active, _rig.State.IsForced).ShouldBe((Alpha, false));
        _rig.Up(Gamma);
        _rig.Pass(1000).ShouldBeEmpty();
    }

    [Fact]
    public void Forced_connection_holds_until_it_is_failed_back_and_nobody_waits_for_a_hold_down()
    {
        _rig.Down(Alpha);
        _rig.Up(Alpha);
        Force(Gamma);
        _rig.Told(() => _rig.Half.Release(null).ShouldBeNull()).ShouldHaveSingleItem().ShouldBe(new RouteMove(MoveKind.Failback, null, Gamma, Alpha, "it is the primary"));
    }

    [Fact]
    public void Fail_back_that_finds_the_primary_down_says_so_and_lets_the_policy_choose()
    {
        Force(Gamma);
        _rig.Down(Alpha).ShouldBeEmpty();
        _rig.Told(() => _rig.Half.Release(null).ShouldBe("alpha cannot be used: refused")).ShouldHaveSingleItem().To.ShouldBe(Beta);
        _rig.State.Why.ShouldBe("alpha: refused");
    }

    [Fact]
    public void Connection_is_chosen_by_preference_when_none_is_named()
    {
        _rig.Told(() => _rig.Half.Force(null, null).ShouldBeNull()).ShouldHaveSingleItem().To.ShouldBe(Beta);
        _rig.Down(Alpha);
        _rig.Down(Gamma);
        _rig.Half.Force(null, null).ShouldBe("there is no other connection that can be used");
    }

    [Fact]
    public void Connection_that_cannot_be_used_is_refused_with_its_reason()
    {
        _rig.Down(Beta);
        _rig.Half.Force(null, Beta).ShouldBe("beta cannot be used: refused");
        _rig.Half.Force(null, new ConnectionId("kraken")).ShouldBe("kraken is not one of its connections: alpha, beta, gamma");
        _rig.Pass(1).ShouldBeEmpty();
    }

    [Fact]
    public void Being_left_by_the_operator_is_no_flap()
    {
        for (var i = 0; i < 5; i++)
        {
            Force(Beta);
            _rig.Told(() => _rig.Half.Release(null));
        }

        _rig.Down(Alpha);
        _rig.Up(Alpha);
        _rig.Half.Look[0].HoldDownUntil.ShouldBe(_rig.Now + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void One_market_is_moved_alone_where_each_has_its_own_connection()
    {
        var rig = new HalfRig(Of(RoutePolicy.LoadBalanced, (Alpha, 1), (Beta, 1)), RouteHalf.Data).AllUp();
        var (one, other) = (rig.Half.AssignmentOf("BTC/USDT"), rig.Half.AssignmentOf("ETH/USDT"));
        var (home, away) = one.State.Active == Alpha ? (Alpha, Beta) : (Beta, Alpha);
        var elsewhere = other.State.Active;
        rig.Told(() => rig.Half.Force("BTC/USDT", null).ShouldBeNull()).ShouldHaveSingleItem().To.ShouldBe(away);
        other.State.Active.ShouldBe(elsewhere);
        rig.Told(() => rig.Half.Release("BTC/USDT")).ShouldHaveSingleItem().To.ShouldBe(home);
    }

    [Fact]
    public void Balanced_orders_all_go_to_the_forced_connection()
    {
        var rig = new HalfRig(Of(RoutePolicy.LoadBalanced, (Alpha, 1), (Beta, 1))).AllUp();
        rig.Told(() => rig.Half.Force(null, Beta));
        Enumerable.Range(0, 10).ShouldAllBe(_ => rig.Half.Next(_ => true, _ => 0) == Beta);
        rig.Told(() => rig.Half.Release(null));
        Enumerable.Range(0, 10).Count(_ => rig.Half.Next(_ => true, _ => 0) == Beta).ShouldBe(5);
    }

    private IReadOnlyList<RouteMove> Force(ConnectionId id) => _rig.Told(() => _rig.Half.Force(null, id).ShouldBeNull());
}
