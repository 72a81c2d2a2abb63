using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Decides which of two connections one half of a route uses. Pure: it knows time only by what it is told.</summary>
/// <remarks>Leaves the primary at once when it cannot be used, and returns only after it has been well for a stable spell.</remarks>
internal sealed class FailoverController(FailoverSettings settings, TimeSpan startGrace)
{
    private readonly Leg _primary = new();
    private readonly Leg _secondary = new();
    private Timestamp? _startedAt;
    private bool _hasChosen;

    /// <summary>The connection in use; null when there is none.</summary>
    public ConnectionId? Active { get; private set; }

    /// <summary>True when the one in use is not the primary.</summary>
    public bool IsBackup => Active is { } active && active != settings.Primary;

    /// <summary>True when the connection belongs to this half of the route.</summary>
    public bool Concerns(ConnectionId connection) => connection == settings.Primary || connection == settings.Secondary;

    /// <summary>Takes the news of a connection.</summary>
    public void Report(ConnectionId connection, bool isUp, bool isFinal, string reason, Timestamp now)
    {
        var leg = connection == settings.Primary ? _primary : connection == settings.Secondary ? _secondary : null;
        leg?.Report(isUp, isFinal, reason, now);
    }

    /// <summary>Takes the word of a readiness check; a connection that is not ready is not chosen.</summary>
    /// <param name="connection">Which one.</param>
    /// <param name="problem">Why it could not take over, or null when it could.</param>
    /// <returns>True when this changed something about a connection of this half.</returns>
    public bool ReportReadiness(ConnectionId connection, string? problem)
    {
        var leg = connection == settings.Primary ? _primary : connection == settings.Secondary ? _secondary : null;
        if (leg is null || leg.NotReady == problem)
        {
            return false;
        }

        leg.NotReady = problem;
        return true;
    }

    /// <summary>Decides anew; returns the move, or null when everything stays.</summary>
    public Move? Decide(Timestamp now)
    {
        _startedAt ??= now;
        var wanted = Wanted(now);
        if (wanted == Active || (wanted is null && !_hasChosen))
        {
            return null;
        }

        var move = new Move(Active, wanted, wanted == settings.Primary ? _hasChosen ? MoveKind.Failback : MoveKind.First : MoveKind.Failover, _primary.NotReady is { } problem ? $"not ready: {problem}" : _primary.Reason);
        Active = wanted;
        _hasChosen = true;
        return move;
    }

    private ConnectionId? Wanted(Timestamp now)
    {
        if (_primary.IsUsable && (!IsBackup || !_secondary.IsUsable || now - _primary.Since >= settings.FailbackAfter))
        {
            return settings.Primary;
        }

        if (!_secondary.IsUsable)
        {
            return null;
        }

        // At the start the primary gets a moment to come up before anybody speaks of a failover.
        var mayLeave = _hasChosen || _primary.IsFinal || now - _startedAt!.Value >= startGrace;
        return mayLeave ? settings.Secondary : null;
    }

    internal enum MoveKind
    {
        First,
        Failover,
        Failback,
    }

    internal sealed record Move(ConnectionId? From, ConnectionId? To, MoveKind Kind, string PrimaryReason);

    private sealed class Leg
    {
        public bool IsUp { get; private set; }

        public bool IsFinal { get; private set; }

        /// <summary>Why it may not be chosen although it is up, or null.</summary>
        public string? NotReady { get; set; }

        public bool IsUsable => IsUp && NotReady is null;

        public string Reason { get; private set; } = "not connected yet";

        public Timestamp Since { get; private set; }

        public void Report(bool isUp, bool isFinal, string reason, Timestamp now)
        {
            if (isUp != IsUp)
            {
                Since = now;
            }

            (IsUp, IsFinal, Reason) = (isUp, isFinal, reason);
        }
    }
}
