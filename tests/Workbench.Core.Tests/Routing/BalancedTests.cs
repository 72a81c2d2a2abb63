using Workbench.Core.Routing;
using Workbench.Sdk;
using static Workbench.Core.Tests.Routing.HalfRig;

namespace Workbench.Core.Tests.Routing;

public sealed class BalancedTests
{
    private const int Markets = 4000;
    private readonly Dictionary<ConnectionId, int> _open = [];

    [Fact]
    public void Markets_spread_over_the_connections_by_weight()
    {
        var (_, assignments) = Data((Alpha, 3), (Beta, 1), (Gamma, 1));
        var shares = assignments.CountBy(a => a.State.Active!.Value).ToDictionary();
        ((double)shares[Alpha] / Markets).ShouldBe(0.6, 0.03);
        ((double)shares[Beta] / Markets).ShouldBe(0.2, 0.03);
        assignments.ShouldAllBe(a => !a.State.IsBackup);
    }

    [Fact]
    public void Market_has_the_same_home_in_every_process()
    {
        var (_, assignments) = Data((Alpha, 1), (Beta, 1));
        assignments.Take(8).Select(a => a.State.Active!.Value.Value).ShouldBe(["beta", "beta", "alpha", "beta", "alpha", "beta", "alpha", "alpha"]);
    }

    [Fact]
    public void Only_markets_of_a_connection_that_fails_move_and_they_return_when_it_is_trusted()
    {
        var (rig, assignments) = Data((Alpha, 1), (Beta, 1), (Gamma, 1));
        var homes = assignments.Select(a => a.State.Active).ToArray();
        var moves = rig.Down(Alpha);
        moves.Count.ShouldBe(homes.Count(h => h == Alpha));
        moves.ShouldAllBe(m => m.From == Alpha && m.To != Alpha && m.Kind == MoveKind.Failover);
        moves.Select(m => m.To).Distinct().Count().ShouldBe(2, "they spread over those that are left");
        assignments.Where((_, i) => homes[i] != Alpha).ShouldAllBe(a => !a.State.IsBackup);
        rig.Up(Alpha).ShouldBeEmpty();
        rig.Pass(5).Count.ShouldBe(moves.Count);
        assignments.Select(a => a.State.Active).ShouldBe(homes);
    }

    [Fact]
    public void Orders_spread_by_weight_while_none_is_open()
    {
        var rig = Trading((Alpha, 3), (Beta, 1));
        var targets = Enumerable.Range(0, 400).Select(_ => Next(rig)).ToArray();
        targets.Count(t => t == Alpha).ShouldBe(300);
        targets.Chunk(4).ShouldAllBe(c => c.Count(t => t == Beta) == 1, "no connection gets a flood");
    }

    [Fact]
    public void Order_goes_where_the_fewest_are_open_for_the_weight()
    {
        var rig = Trading((Alpha, 2), (Beta, 1));
        (_open[Alpha], _open[Beta]) = (4, 1);
        Next(rig).ShouldBe(Beta);
        _open[Beta] = 3;
        Next(rig).ShouldBe(Alpha);
        _open[Alpha] = 5;
        Next(rig).ShouldBe(Alpha, "5 of weight 2 are less than 3 of weight 1");
    }

    [Fact]
    public void Connection_that_was_passed_over_is_not_flooded_when_it_is_free_again()
    {
        var rig = Trading((Alpha, 1), (Beta, 1));
        _open[Alpha] = 1;
        for (var i = 0; i < 100; i++)
        {
            Next(rig).ShouldBe(Beta);
        }

        _open[Alpha] = 0;
        Enumerable.Range(0, 10).Count(_ => Next(rig) == Alpha).ShouldBeInRange(5, 7);
    }

    [Fact]
    public void Connection_that_fails_takes_no_orders_until_it_is_trusted_again()
    {
        var rig = Trading((Alpha, 1), (Beta, 1));
        rig.Pass(10);
        rig.Down(Alpha).ShouldHaveSingleItem().ShouldBe(new RouteMove(MoveKind.Out, null, Alpha, null, "alpha: refused"));
        Enumerable.Range(0, 10).ShouldAllBe(_ => Next(rig) == Beta);
        rig.Up(Alpha).ShouldBeEmpty();
        Next(rig).ShouldBe(Beta);
        rig.Pass(5).ShouldHaveSingleItem().ShouldBe(new RouteMove(MoveKind.In, null, null, Alpha, "alpha was well for its hold-down"));
        Enumerable.Range(0, 10).Count(_ => Next(rig) == Alpha).ShouldBe(5);
    }

    [Fact]
    public void Connection_that_cannot_take_an_order_is_passed_over()
    {
        var rig = Trading((Alpha, 100), (Beta, 1));
        Enumerable.Range(0, 10).ShouldAllBe(_ => rig.Half.Next(c => c == Beta, _ => 0) == Beta);
        rig.Half.Next(_ => false, _ => 0).ShouldBe(Alpha, "the gate says what is wrong with the usual one");
    }

    [Fact]
    public void Half_where_all_are_in_use_tells_when_the_last_goes_and_the_first_comes()
    {
        var rig = Trading((Alpha, 1), (Beta, 1));
        rig.Pass(10);
        rig.Down(Alpha).ShouldHaveSingleItem().Kind.ShouldBe(MoveKind.Out);
        rig.Down(Beta).ShouldHaveSingleItem().ShouldBe(new RouteMove(MoveKind.Failover, null, Beta, null, "alpha: refused; beta: refused"));
        Next(rig).ShouldBeNull();
        rig.Up(Alpha).ShouldHaveSingleItem().Kind.ShouldBe(MoveKind.Failback);
        Next(rig).ShouldBe(Alpha, "a connection held down is better than none");
    }

    private static (HalfRig Rig, Assignment[] Assignments) Data(params (ConnectionId, int)[] members)
    {
        var rig = new HalfRig(Of(RoutePolicy.LoadBalanced, members), RouteHalf.Data).AllUp();
        return (rig, [.. Enumerable.Range(0, Markets).Select(i => rig.Half.AssignmentOf(new Symbol(new Asset($"C{i}"), new Asset("USDT"))))]);
    }

    private static HalfRig Trading(params (ConnectionId, int)[] members) => new HalfRig(Of(RoutePolicy.LoadBalanced, members)).AllUp();

    private ConnectionId? Next(HalfRig rig) => rig.Half.Next(_ => true, c => _open.GetValueOrDefault(c));
}
