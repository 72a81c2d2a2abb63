using static Workbench.Core.Tests.Routing.HalfRig;

namespace Workbench.Core.Tests.Routing;

public sealed class HoldDownTests
{
    [Theory]
    [InlineData(40, 5, 3)] // back after 30 s, then 60 s of health never come again
    [InlineData(300, 5, 9)] // held down for 30, 60, 120 and 240 s; 480 s of health never come again
    [InlineData(20, 5, 1)] // never well for 30 s at all
    public void E41_Flapping_primary_moves_a_route_so_often_and_no_more_however_long_it_flaps(int up, int down, int moves)
    {
        var rig = new HalfRig(Ordered(failbackAfter: 30)).AllUp();
        var virtualHours = TimeSpan.FromHours(24);
        for (var passed = 0; passed < virtualHours.TotalSeconds; passed += up + down)
        {
            Seconds(rig, up);
            rig.Down(Alpha);
            Seconds(rig, down);
            rig.Up(Alpha);
        }

        rig.Moves.Count.ShouldBe(moves);
        rig.Active.ShouldBe(Beta);
    }

    [Fact]
    public void E41_Hold_down_doubles_with_each_flap_up_to_its_limit()
    {
        var rig = new HalfRig(Ordered(failbackAfter: 30, maxHoldDown: 200)).AllUp();
        foreach (var expected in new[] { 30, 60, 120, 200, 200 })
        {
            rig.Pass(1);
            rig.Down(Alpha).ShouldHaveSingleItem().To.ShouldBe(Beta);
            rig.Up(Alpha);
            rig.Half.Look[0].HoldDownUntil.ShouldBe(rig.Now + TimeSpan.FromSeconds(expected));
            rig.Pass(expected - 0.05).ShouldBeEmpty();
            rig.Pass(0.05).ShouldHaveSingleItem().To.ShouldBe(Alpha);
        }
    }

    [Fact]
    public void E41_Hold_down_shrinks_by_each_quiet_spell_in_use()
    {
        var rig = new HalfRig(Ordered(failbackAfter: 30)).AllUp();
        Flap(30);
        Flap(60);
        Flap(120);
        rig.Pass(599.9);
        Flap(240);
        rig.Pass(600);
        Flap(120);
        rig.Pass(1800);
        Flap(30);
        Flap(60);

        void Flap(int held)
        {
            rig.Down(Alpha);
            rig.Up(Alpha);
            rig.Half.Look[0].HoldDownUntil.ShouldBe(rig.Now + TimeSpan.FromSeconds(held));
            rig.Pass(held).ShouldHaveSingleItem().To.ShouldBe(Alpha);
        }
    }

    [Fact]
    public void E41_Failures_of_a_connection_that_is_not_in_use_start_its_spell_anew_and_count_for_nothing_else()
    {
        var rig = new HalfRig(Ordered(failbackAfter: 30)).AllUp();
        rig.Down(Alpha);
        for (var i = 0; i < 50; i++)
        {
            rig.Up(Alpha);
            rig.Pass(29).ShouldBeEmpty();
            rig.Down(Alpha).ShouldBeEmpty();
        }

        rig.Up(Alpha);
        rig.Pass(29.95).ShouldBeEmpty();
        rig.Pass(0.05).ShouldHaveSingleItem().To.ShouldBe(Alpha);
    }

    private static void Seconds(HalfRig rig, int count)
    {
        for (var i = 0; i < count; i++)
        {
            rig.Pass(1);
        }
    }
}
