using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Decides which connections one half of a route uses. Pure: it knows time only by what it is told, and the same story gives the same moves.</summary>
internal sealed class HalfController
{
    private readonly TimeSpan _startGrace;
    private readonly Candidate[] _candidates;
    private readonly IRoutePolicy _policy;
    private readonly Rotation _rotation;
    private readonly List<Assignment> _assignments = [];
    private readonly List<RouteMove> _moves = [];
    private Candidate? _forced;
    private Timestamp? _startedAt;
    private Timestamp _now;
    private volatile IReadOnlyList<RouteCandidate> _look = [];
    private volatile bool _isReady;

    public HalfController(RouteHalf half, RouteHalfSettings settings, TimeSpan startGrace)
    {
        (Half, Policy, _startGrace) = (half, settings.Policy, startGrace);
        _candidates = [.. settings.Members.Select((m, i) => new Candidate(m, i, settings))];
        _policy = RoutePolicies.Of(half, settings);
        _rotation = new Rotation(_candidates);
        if (!_policy.IsPerMarket)
        {
            _assignments.Add(new Assignment(null, _policy.Preference(_candidates, null)));
        }

        Publish();
    }

    public RouteHalf Half { get; }

    public RoutePolicy Policy { get; }

    /// <summary>True when one connection is preferred, so that any other is a backup.</summary>
    public bool HasPrimary => _policy.HasPrimary;

    public IReadOnlyList<Candidate> Candidates => _candidates;

    /// <summary>The candidates as others see them, in the order of the configuration. Any thread.</summary>
    public IReadOnlyList<RouteCandidate> Look => _look;

    /// <summary>True when it has found what it needs. Any thread.</summary>
    public bool IsReady => _isReady;

    private bool IsStarting => _startedAt is not { } started || _now - started < _startGrace;

    /// <summary>The candidate, or null when the connection does not belong to this half.</summary>
    public Candidate? Find(ConnectionId connection) => Array.Find(_candidates, c => c.Id == connection);

    /// <summary>The choice that a market follows; made at its first use where each market has its own. Once per market.</summary>
    public Assignment AssignmentOf(Symbol market)
    {
        if (!_policy.IsPerMarket)
        {
            return _assignments[0];
        }

        var assignment = new Assignment(market, _policy.Preference(_candidates, market));
        _assignments.Add(assignment);

        // What a market finds at its first use is no move.
        Decide(assignment);
        _moves.Clear();
        return assignment;
    }

    /// <summary>Decides anew; returns what moved.</summary>
    public IReadOnlyList<RouteMove> Decide(Timestamp now)
    {
        _startedAt ??= now;
        _now = now;
        foreach (var c in _candidates)
        {
            c.Pass(IsStarting, now);
        }

        if (_policy.UsesAll)
        {
            _rotation.Turn(_moves, isTold: !IsStarting && _forced is null, now);
        }

        foreach (var assignment in _assignments)
        {
            Decide(assignment);
        }

        _forced = _forced is { IsUsable: true } ? _forced : null;
        Publish();
        return TakeMoves();
    }

    /// <summary>The connection that one new order goes to; null for none.</summary>
    /// <param name="canTake">Whether a connection could take this order.</param>
    /// <param name="open">How many of our orders are not done at a connection.</param>
    /// <param name="tried">Where the order was sent in vain already: another usable one is preferred, unless the operator has chosen.</param>
    public ConnectionId? Next(Func<ConnectionId, bool> canTake, Func<ConnectionId, int> open, IReadOnlyList<ConnectionId>? tried = null)
    {
        var usual = _assignments[0];
        if (tried is { Count: > 0 } && _forced is null && usual.Order.FirstOrDefault(c => c.IsUsable && !tried.Contains(c.Id) && canTake(c.Id)) is { } other)
        {
            return other.Id;
        }

        return _policy is BalancedTradingPolicy balanced && _forced is null
            ? (balanced.Next(usual.Order, canTake, open) ?? usual.Active)?.Id
            : usual.Active?.Id;
    }

    /// <summary>The operator chooses: it stays until <see cref="Release"/>, or until it cannot be used any more. Takes effect with the next decision.</summary>
    /// <param name="market">The market that this is about; it counts where each market has a choice of its own.</param>
    /// <param name="to">The chosen one; null for the next usable in order of preference.</param>
    /// <returns>Why not, or null when it is done.</returns>
    public string? Force(Symbol? market, ConnectionId? to)
    {
        var own = OwnChoice(market);
        var current = own ?? (_policy.IsPerMarket ? null : _assignments[0]);
        var chosen = to is { } id ? Find(id) : (current?.Order ?? _candidates).FirstOrDefault(c => c.IsUsable && c != current?.Active);
        if (chosen is not { IsUsable: true })
        {
            return to is null ? "there is no other connection that can be used"
                : chosen is null ? $"{to} is not one of its connections: {string.Join(", ", _candidates.Select(c => c.Id))}"
                : $"{chosen.Id} cannot be used: {chosen.Problem}";
        }

        if (own is not null)
        {
            own.Forced = chosen;
            return null;
        }

        _forced = chosen;
        _assignments.ForEach(static a => a.Forced = null);
        return null;
    }

    /// <summary>The operator lets go: the policy chooses afresh, and a preferred connection need not wait for its hold-down. Takes effect with the next decision.</summary>
    /// <returns>Why the preferred one is not used all the same, or null.</returns>
    public string? Release(Symbol? market)
    {
        var own = OwnChoice(market);
        _forced = own is null ? null : _forced;
        string? problem = null;
        foreach (var assignment in own is null ? _assignments : [own])
        {
            (assignment.Forced, assignment.IsFresh) = (null, true);
            var primary = assignment.Order[0];
            if (_policy.HasPrimary)
            {
                primary.Trust();
                problem ??= primary.IsUsable ? null : $"{primary.Id} cannot be used: {primary.Problem}";
            }
        }

        return problem;
    }

    private Assignment? OwnChoice(Symbol? market) => market is { } m && _policy.IsPerMarket ? _assignments.Find(a => a.Market == m) : null;

    private void Decide(Assignment a)
    {
        // What the operator chose holds only while it can be used.
        var forced = a.Forced ?? _forced;
        var lost = forced is { IsUsable: false } ? forced : null;
        forced = lost is null ? forced : null;
        a.Forced = lost is null ? a.Forced : null;
        string? why = null;
        var wanted = forced ?? _policy.Choose(a.Order, a.IsFresh ? null : a.Active, IsStarting && !a.HasChosen, _now, out why);
        a.IsFresh = false;
        if (wanted != a.Active || (wanted is null && !a.HasChosen && !IsStarting))
        {
            Move(a, wanted, forced is not null, why);
        }
        else if (forced is not null != a.State.IsForced)
        {
            a.Take(wanted, a.State with { IsForced = forced is not null, Why = WhyOf(a, wanted, forced is not null) });
        }
    }

    private void Move(Assignment a, Candidate? to, bool isForced, string? why)
    {
        var from = a.Active;
        var kind = KindOf(a, to);
        var reason = isForced ? "the operator chose it" : ReasonOf(a, to, why);
        if (!_policy.UsesAll)
        {
            to?.Use(_now);
            from?.Leave(kind == MoveKind.Failover && !isForced && (from.IsUsable ? why is not null : !from.IsDrained), _now);
        }

        var text = isForced || kind == MoveKind.Failover ? reason : WhyOf(a, to, isForced);
        a.Take(to, new AssignmentState(to?.Id, _policy.HasPrimary && to is not null && to != a.Order[0], isForced, text, _now));
        // Where all are in use at once, the rotation tells who comes and goes.
        var isQuiet = kind == MoveKind.First || (_policy.UsesAll && !isForced && from is not null && to is not null);
        if (!isQuiet)
        {
            _moves.Add(new RouteMove(kind, a.Market, from?.Id, to?.Id, reason));
        }
    }

    private MoveKind KindOf(Assignment a, Candidate? to) => this switch
    {
        _ when to is null => MoveKind.Failover,
        _ when !a.HasChosen => _policy.HasPrimary && to != a.Order[0] ? MoveKind.Failover : MoveKind.First,
        _ when !_policy.HasPrimary => a.Active is null ? MoveKind.Failback : MoveKind.Failover,
        _ when to == a.Order[0] || (a.Active is { } from && Rank(a, to) < Rank(a, from)) => MoveKind.Failback,
        _ => MoveKind.Failover,
    };

    private static int Rank(Assignment a, Candidate candidate) => a.Order.TakeWhile(c => c != candidate).Count();

    private string ReasonOf(Assignment a, Candidate? to, string? why) => this switch
    {
        _ when to is null => string.Join("; ", a.Order.Select(c => $"{c.Id}: {c.Problem}")),
        _ when why is not null => why,
        _ when (a.Active ?? a.Order[0]) is { IsUsable: false } left => $"{left.Id}: {left.Problem}",
        _ => _policy.UsualReason,
    };

    private string WhyOf(Assignment a, Candidate? chosen, bool isForced) =>
        isForced ? "the operator chose it"
        : !_policy.HasPrimary || chosen == a.Order[0] ? _policy.UsualReason
        : a.Order[0] is { IsUsable: false } preferred ? $"{preferred.Id}: {preferred.Problem}" : $"{a.Order[0].Id} is held down";

    private RouteMove[] TakeMoves()
    {
        if (_moves.Count == 0)
        {
            return [];
        }

        RouteMove[] moves = [.. _moves];
        _moves.Clear();
        return moves;
    }

    private void Publish()
    {
        if (Array.Exists(_candidates, static c => c.HasNews))
        {
            _look = [.. _candidates.Select(static c => c.Look())];
        }

        _isReady = _policy.IsPerMarket
            ? Array.Exists(_candidates, static c => c.IsUsable) && (!IsStarting || Array.TrueForAll(_candidates, static c => c.IsUsable || c.IsFinal))
            : _assignments[0].Active is not null;
    }
}
