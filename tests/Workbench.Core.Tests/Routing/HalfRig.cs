using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Routing;

/// <summary>One half of a route with three connections and a clock that is told.</summary>
internal sealed class HalfRig
{
    public static readonly ConnectionId Alpha = new("alpha");
    public static readonly ConnectionId Beta = new("beta");
    public static readonly ConnectionId Gamma = new("gamma");

    public HalfRig(RouteHalfSettings settings, RouteHalf half = RouteHalf.Trading, double grace = 10) =>
        Half = new HalfController(half, settings, TimeSpan.FromSeconds(grace));

    public HalfController Half { get; }

    public Timestamp Now { get; private set; } = Some.Now;

    public ConnectionId? Active => Half.AssignmentOf("BTC/USDT").State.Active;

    public AssignmentState State => Half.AssignmentOf("BTC/USDT").State;

    /// <summary>Every move so far.</summary>
    public List<RouteMove> Moves { get; } = [];

    public static RouteHalfSettings Ordered(double failbackAfter = 5, double maxHoldDown = 600, double flapWindow = 600, int connections = 2) => new()
    {
        Policy = RoutePolicy.PrimarySecondary,
        Members = [.. new[] { Alpha, Beta, Gamma }.Take(connections).Select(c => new RouteMember(c))],
        FailbackAfter = TimeSpan.FromSeconds(failbackAfter),
        MaxHoldDown = TimeSpan.FromSeconds(maxHoldDown),
        FlapWindow = TimeSpan.FromSeconds(flapWindow),
    };

    public static RouteHalfSettings Of(RoutePolicy policy, params (ConnectionId Id, int Weight)[] members) =>
        new() { Policy = policy, Members = [.. members.Select(m => new RouteMember(m.Id, m.Weight))], FailbackAfter = TimeSpan.FromSeconds(5) };

    /// <summary>Everything up, and the first choices made.</summary>
    public HalfRig AllUp()
    {
        foreach (var c in Half.Candidates)
        {
            Report(c.Id, true);
        }

        Decide();
        return this;
    }

    public IReadOnlyList<RouteMove> Up(ConnectionId id, int score = 100) => Told(() => Report(id, true, score: score));

    public IReadOnlyList<RouteMove> Down(ConnectionId id, string reason = "refused") => Told(() => Report(id, false, reason, 0));

    public IReadOnlyList<RouteMove> Pass(double seconds) => Told(() => Now += TimeSpan.FromSeconds(seconds));

    public IReadOnlyList<RouteMove> Told(Action what)
    {
        what();
        return Decide();
    }

    public void Report(ConnectionId id, bool isUp, string reason = "ok", int score = 100, bool isFinal = false) =>
        Half.Find(id)!.Report(isUp, isFinal, reason, score, Now);

    private IReadOnlyList<RouteMove> Decide()
    {
        var moves = Half.Decide(Now);
        Moves.AddRange(moves);
        return moves;
    }
}
