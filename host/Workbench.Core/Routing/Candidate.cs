using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>What one half of a route knows of one of its connections. Pure: it knows time only by what it is told.</summary>
/// <remarks>
/// A connection that failed is trusted again after it was well for its hold-down. The hold-down doubles with each failure that comes soon after the return,
/// and shrinks again by each quiet spell in use.
/// </remarks>
internal sealed class Candidate(RouteMember member, int position, RouteHalfSettings settings)
{
    private const int MostDoublings = 20;

    private bool _isHeld;
    private bool _wasUsable;
    private bool _hasBeenLeft;
    private int _doublings;
    private Timestamp _wellSince;
    private Timestamp _usedSince;

    public ConnectionId Id => member.Connection;

    public int Weight => member.Weight;

    /// <summary>Its place in the configuration.</summary>
    public int Position => position;

    public bool IsUp { get; private set; }

    /// <summary>True when it can never come up as configured.</summary>
    public bool IsFinal { get; private set; }

    public int Score { get; private set; }

    public string? NotReady { get; private set; }

    public bool IsDrained { get; private set; }

    public bool IsUsable => IsUp && NotReady is null && !IsDrained;

    /// <summary>True once it was usable: then its absence is a failure and not a slow start.</summary>
    public bool HasBeenUsable { get; private set; }

    /// <summary>True when it is usable and not held down, as of the last <see cref="Pass"/>.</summary>
    public bool IsTrusted { get; private set; }

    /// <summary>How many choices use it.</summary>
    public int Uses { get; private set; }

    /// <summary>True when what others see of it has changed since <see cref="Look"/>.</summary>
    public bool HasNews { get; private set; } = true;

    /// <summary>How long it must be well after the last failure before it is preferred again.</summary>
    public TimeSpan HoldDown
    {
        get
        {
            var longest = settings.MaxHoldDown > settings.FailbackAfter ? settings.MaxHoldDown : settings.FailbackAfter;
            var doubled = settings.FailbackAfter * Math.Pow(2, _doublings);
            return doubled < longest ? doubled : longest;
        }
    }

    /// <summary>Why it cannot be used, or <c>ok</c>.</summary>
    public string Problem => this switch
    {
        { IsDrained: true } => "drained by the operator",
        { IsUp: false } => Reason,
        { NotReady: { } problem } => $"not ready: {problem}",
        _ => "ok",
    };

    private string Reason { get; set; } = "not connected yet";

    public void Report(bool isUp, bool isFinal, string reason, int score, Timestamp now)
    {
        HasNews |= (IsUp, IsFinal, Reason, Score) != (isUp, isFinal, reason, score);
        (IsUp, IsFinal, Reason, Score) = (isUp, isFinal, reason, score);
        Judge(now);
    }

    /// <returns>True when this is news.</returns>
    public bool ReportReadiness(string? problem, Timestamp now)
    {
        var isNews = NotReady != problem;
        HasNews |= isNews;
        NotReady = problem;
        Judge(now);
        return isNews;
    }

    /// <returns>True when this is news.</returns>
    public bool Drain(bool isDrained, Timestamp now)
    {
        var isNews = IsDrained != isDrained;
        HasNews |= isNews;
        IsDrained = isDrained;
        Judge(now);

        // Whoever drained it knows why; nobody need wait to see whether it is well.
        _isHeld &= !isNews || !IsUsable;
        return isNews;
    }

    /// <summary>Time has passed.</summary>
    /// <param name="isStarting">True while it is too early to hold its absence against it.</param>
    /// <param name="now">The time.</param>
    public void Pass(bool isStarting, Timestamp now)
    {
        _isHeld |= !isStarting && !_wasUsable;
        var isTrusted = IsUsable && (!_isHeld || now - _wellSince >= HoldDown);
        _isHeld &= !isTrusted;
        HasNews |= isTrusted != IsTrusted;
        IsTrusted = isTrusted;
    }

    /// <summary>The operator wants it: it is trusted at once.</summary>
    public void Trust() => (_isHeld, IsTrusted, HasNews) = (false, IsUsable, true);

    /// <summary>One more choice uses it.</summary>
    public void Use(Timestamp now)
    {
        _usedSince = Uses++ == 0 ? now : _usedSince;
    }

    /// <summary>One choice less uses it.</summary>
    /// <param name="isFault">True when it was left because it failed or was worse.</param>
    /// <param name="now">The time.</param>
    public void Leave(bool isFault, Timestamp now)
    {
        if (--Uses > 0 || !isFault)
        {
            return;
        }

        var quiet = now - _usedSince;
        _doublings = !_hasBeenLeft ? 0
            : quiet < settings.FlapWindow ? Math.Min(_doublings + 1, MostDoublings)
            : Math.Max(0, _doublings - (int)Math.Min(MostDoublings, quiet / settings.FlapWindow));
        (_hasBeenLeft, _isHeld, IsTrusted, _wellSince, HasNews) = (true, true, false, now, true);
    }

    /// <summary>It as others see it.</summary>
    public RouteCandidate Look()
    {
        HasNews = false;
        return new RouteCandidate
        {
            Connection = Id,
            Weight = Weight,
            IsUsable = IsUsable,
            Reason = Problem,
            Score = Score,
            NotReady = NotReady,
            IsDrained = IsDrained,
            HoldDownUntil = IsUsable && !IsTrusted ? _wellSince + HoldDown : null,
        };
    }

    private void Judge(Timestamp now)
    {
        if (IsUsable && !_wasUsable)
        {
            _wellSince = now;
        }

        _isHeld |= !IsUsable && _wasUsable;
        _wasUsable = IsUsable;
        HasBeenUsable |= IsUsable;
        IsTrusted &= IsUsable;
    }
}
