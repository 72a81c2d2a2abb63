using System.Globalization;
using Workbench.Core.Routing;
using Workbench.Sdk;
using static Workbench.Core.Tests.Routing.HalfRig;

namespace Workbench.Core.Tests.Routing;

/// <summary>Random outages, scores, drains, readiness and operators against each policy, checked by rules that know nothing of how it is done.</summary>
public sealed class RandomRouteTests
{
    private const int Seeds = 100;
    private const int Steps = 400;

    [Theory]
    [InlineData(RoutePolicy.PrimarySecondary, RouteHalf.Trading)]
    [InlineData(RoutePolicy.LoadBalanced, RouteHalf.Data)]
    [InlineData(RoutePolicy.LoadBalanced, RouteHalf.Trading)]
    [InlineData(RoutePolicy.HealthBased, RouteHalf.Data)]
    public void Route_never_uses_what_it_must_not_and_never_none_while_one_can_be_used(RoutePolicy policy, RouteHalf half)
    {
        var from = Environment.GetEnvironmentVariable("WORKBENCH_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Environment.ProcessId * 1000;
        TestContext.Current.TestOutputHelper?.WriteLine($"WORKBENCH_SEED={from} repeats it");
        for (var seed = from; seed < from + Seeds; seed++)
        {
            var story = Play(seed, policy, half);
            Play(seed, policy, half).ShouldBe(story, $"the same story gives the same moves, WORKBENCH_SEED={seed}");
        }
    }

    private static List<RouteMove> Play(int seed, RoutePolicy policy, RouteHalf half)
    {
        var random = new Random(seed);
        var rig = new HalfRig(Of(policy, (Alpha, 3), (Beta, 1), (Gamma, 2)), half, grace: 0).AllUp();
        var assignment = rig.Half.AssignmentOf("BTC/USDT");
        var well = rig.Half.Candidates.ToDictionary(c => c.Id, _ => (Since: (Timestamp?)rig.Now, HasFailed: false));
        for (var step = 0; step < Steps; step++)
        {
            var before = assignment.State;
            var wasUsable = before.Active is { } b && rig.Half.Find(b)!.IsUsable;
            var isOperator = Step(rig, random);
            Follow(rig, well);
            var moves = rig.Pass(random.Next(0, 4000) / 1000.0);
            Fault(rig, assignment).ShouldBeNull($"WORKBENCH_SEED={seed}, step {step}");
            foreach (var move in moves.Where(m => m.Kind == MoveKind.Failback && m.From is not null && !isOperator))
            {
                var stillUsable = wasUsable && rig.Half.Find(move.From!.Value)!.IsUsable;
                var spell = rig.Now - well[move.To!.Value].Since!.Value;
                (!stillUsable || !well[move.To.Value].HasFailed || spell >= TimeSpan.FromSeconds(5)).ShouldBeTrue($"back on {move.To} after {spell}, WORKBENCH_SEED={seed}, step {step}");
            }
        }

        return rig.Moves;
    }

    private static string? Fault(HalfRig rig, Assignment assignment)
    {
        var usable = rig.Half.Candidates.Where(c => c.IsUsable).Select(c => (ConnectionId?)c.Id).DefaultIfEmpty(null).ToArray();
        var next = rig.Half.Half == RouteHalf.Trading ? rig.Half.Next(_ => true, _ => 0) : usable[0];
        return !usable.Contains(assignment.State.Active) ? $"{assignment.State.Active} is used"
            : !usable.Contains(next) ? $"{next} gets an order"
            : rig.Half.Candidates.Any(c => c.HoldDown > TimeSpan.FromMinutes(10)) ? "held down for too long" : null;
    }

    private static bool Step(HalfRig rig, Random random)
    {
        var candidate = rig.Half.Candidates[random.Next(3)];
        switch (random.Next(12))
        {
            case 0 or 1 or 2 or 3:
                rig.Report(candidate.Id, false, "refused", 0);
                return false;
            case 4 or 5 or 6 or 7 or 8:
                rig.Report(candidate.Id, true, score: random.Next(1, 101));
                return false;
            case 9:
                candidate.ReportReadiness(random.Next(2) == 0 ? null : "not ready", rig.Now);
                return false;
            case 10:
                candidate.Drain(random.Next(3) == 0, rig.Now);
                return true;
            default:
                _ = random.Next(2) == 0 ? rig.Half.Force("BTC/USDT", candidate.Id) : rig.Half.Release("BTC/USDT");
                return true;
        }
    }

    private static void Follow(HalfRig rig, Dictionary<ConnectionId, (Timestamp? Since, bool HasFailed)> well)
    {
        foreach (var c in rig.Half.Candidates)
        {
            var (since, hasFailed) = well[c.Id];
            well[c.Id] = c.IsUsable ? (since ?? rig.Now, hasFailed) : (null, true);
        }
    }
}
