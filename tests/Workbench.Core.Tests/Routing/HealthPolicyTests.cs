using Workbench.Core.Routing;
using Workbench.Sdk;
using static Workbench.Core.Tests.Routing.HalfRig;

namespace Workbench.Core.Tests.Routing;

public sealed class HealthPolicyTests
{
    private readonly HalfRig _rig = new(Of(RoutePolicy.HealthBased, (Alpha, 1), (Beta, 1), (Gamma, 1)) with { ScoreMargin = 20, ScoreFor = TimeSpan.FromSeconds(10) });

    [Fact]
    public void Best_score_is_chosen_first_and_the_earlier_one_among_equals()
    {
        _rig.Report(Alpha, true, score: 80);
        _rig.Report(Beta, true, score: 90);
        _rig.Report(Gamma, true, score: 90);
        _rig.Pass(0);
        (_rig.Active, _rig.State.IsBackup).ShouldBe((Beta, false));
    }

    [Fact]
    public void Another_is_taken_when_it_was_better_by_the_margin_for_the_whole_time()
    {
        _rig.AllUp();
        _rig.Up(Alpha, 71);
        _rig.Up(Beta, 90);
        _rig.Up(Gamma, 90);
        _rig.Pass(100).ShouldBeEmpty("19 points are less than the margin");
        _rig.Up(Alpha, 70);
        _rig.Pass(9.95).ShouldBeEmpty();
        _rig.Up(Beta, 89);
        _rig.Up(Beta, 90);
        _rig.Pass(0.05).ShouldHaveSingleItem().To.ShouldBe(Gamma, "beta was not better all the time; gamma always was");
        _rig.Moves[^1].Reason.ShouldBe("alpha scores 70 and gamma 90");
    }

    [Fact]
    public void Connection_that_cannot_be_used_is_left_at_once_for_the_best()
    {
        _rig.AllUp();
        _rig.Up(Beta, 50);
        _rig.Up(Gamma, 60);
        _rig.Down(Alpha).ShouldHaveSingleItem().ShouldBe(new RouteMove(MoveKind.Failover, null, Alpha, Gamma, "alpha: refused"));
    }

    [Fact]
    public void Connection_left_for_a_better_one_is_held_down_and_longer_each_time()
    {
        _rig.AllUp();
        Tilt(Alpha, Beta);
        _rig.Down(Gamma);
        Tilt(Beta, Alpha, heldFor: 5);
        Tilt(Alpha, Beta, heldFor: 5);
        Tilt(Beta, Alpha, heldFor: 10);

        void Tilt(ConnectionId worse, ConnectionId better, int heldFor = 0)
        {
            _rig.Up(better, 100);
            _rig.Up(worse, 10);
            var waited = 0.0;
            while (_rig.Active != better)
            {
                _rig.Pass(0.5);
                waited += 0.5;
            }

            // The hold-down counts from the moment it was left, which was when the previous tilt was over.
            waited.ShouldBe(heldFor + 10);
        }
    }

    [Fact]
    public void Scores_that_tremble_within_the_margin_move_nothing()
    {
        _rig.AllUp();
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            _rig.Up(Alpha, random.Next(81, 101));
            _rig.Up(Beta, random.Next(81, 101));
            _rig.Pass(1).ShouldBeEmpty();
        }
    }
}
