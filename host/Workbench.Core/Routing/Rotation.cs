using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Where several connections are in use at once: which of them take work now.</summary>
internal sealed class Rotation(IReadOnlyList<Candidate> candidates)
{
    private readonly HashSet<Candidate> _members = [];

    /// <summary>Takes in who is trusted and leaves out who cannot be used; tells of it while others go on.</summary>
    public void Turn(List<RouteMove> moves, bool isTold, Timestamp now)
    {
        foreach (var c in candidates)
        {
            if (c.IsTrusted && _members.Add(c))
            {
                c.Use(now);
                Tell(moves, isTold, c, new RouteMove(MoveKind.In, null, null, c.Id, $"{c.Id} was well for its hold-down"));
            }
            else if (!c.IsUsable && _members.Remove(c))
            {
                Tell(moves, isTold, c, new RouteMove(MoveKind.Out, null, c.Id, null, $"{c.Id}: {c.Problem}"));
                c.Leave(isFault: !c.IsDrained, now);
            }
        }
    }

    // The first to come and the last to go move the whole half, which is told as that.
    private void Tell(List<RouteMove> moves, bool isTold, Candidate candidate, RouteMove move)
    {
        if (isTold && _members.Any(m => m != candidate && m.IsUsable))
        {
            moves.Add(move);
        }
    }
}
