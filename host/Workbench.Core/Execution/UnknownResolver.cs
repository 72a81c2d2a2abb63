using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>How long a request of ours can still come to life at a venue, and how late its queries may speak.</summary>
/// <param name="ReceiveWindow">How old a signed request may be when the venue takes it.</param>
/// <param name="EngineBound">How long the venue may work on it then.</param>
/// <param name="QueryLag">How far its queries lag behind.</param>
public sealed record ResolverBounds(TimeSpan ReceiveWindow, TimeSpan EngineBound, TimeSpan QueryLag)
{
    /// <summary>How far the clocks may differ.</summary>
    public static TimeSpan Skew => TimeSpan.FromSeconds(1);

    /// <summary>How long after the last byte of a send an absence begins to prove something.</summary>
    public TimeSpan Total => ReceiveWindow + EngineBound + QueryLag + Skew;

    /// <summary>The bounds of a venue.</summary>
    public static ResolverBounds Of(ConnectorManifest manifest, TimeSpan receiveWindow) => new(receiveWindow, manifest.EngineBound, manifest.QueryLag);
}

/// <summary>Decides when to look an unsettled order up, and when not finding it proves that it never will exist. Pure apart from its own schedule; the times come from outside.</summary>
/// <remarks>
/// The times must come from a clock that does not step within one epoch, else an hour of daylight saving would prove anything. An order that the venue
/// has confirmed once is never proven dead. The count of good reads lives in the core, so that it is replayed with the journal; the schedule is not.
/// </remarks>
/// <param name="core">Whose orders.</param>
/// <param name="bounds">The bounds of a connection, or null when they are not known or there are none: then nothing is ever proven there.</param>
public sealed class UnknownResolver(ExecutionCore core, Func<ConnectionId, ResolverBounds?> bounds)
{
    private static readonly TimeSpan[] Delays = [.. new[] { 0.5, 1, 2, 4, 8, 15 }.Select(TimeSpan.FromSeconds)];
    private readonly Dictionary<ClientOrderId, Schedule> _schedules = [];

    /// <summary>The look-ups that are due. Each is handed out once; the next follows after the next delay, and not before the last one was answered or 15 s have passed.</summary>
    public IReadOnlyList<ExecutionEffect> Due(Timestamp now)
    {
        List<ExecutionEffect>? due = null;
        Forget();
        foreach (var attempt in core.OpenAttempts)
        {
            if (attempt is { NeedsLookUp: true, Reference: { } reference, Order.Connection: { } connection } && IsDue(attempt, now))
            {
                (due ??= []).Add(new LookUpOrder(connection, reference));
            }
        }

        return due ?? (IReadOnlyList<ExecutionEffect>)[];
    }

    /// <summary>A look-up of every order of a connection that is not done and not waiting for its own answer: what a stream that was away may have missed.</summary>
    public IReadOnlyList<ExecutionEffect> AllUnsettled(ConnectionId connection) =>
    [
        .. core.OpenAttempts
            .Where(a => a.Order.Connection == connection && a.State != AttemptState.InFlight && a.Reference is not null)
            .Select(a => new LookUpOrder(connection, a.Reference!)),
    ];

    /// <summary>A look-up of every settled order of a connection that the venue's list of open orders does not hold, or holds with another filled quantity: a message about it was lost, or is on its way.</summary>
    public IReadOnlyList<ExecutionEffect> Differing(ConnectionId connection, IReadOnlyList<OrderReport> open)
    {
        var filled = open.Where(r => r.ClientOrderId is not null).GroupBy(r => r.ClientOrderId!.Value).ToDictionary(g => g.Key, g => g.Max(r => r.FilledQuantity));
        return
        [
            .. core.OpenAttempts
                .Where(a => a.Order.Connection == connection && a.State != AttemptState.InFlight && a.Reference is not null)
                .Where(a => !filled.TryGetValue(a.Order.Id, out var quantity) || (quantity is { } known && known != a.Order.FilledQuantity))
                .Select(a => new LookUpOrder(connection, a.Reference!)),
        ];
    }

    /// <summary>The orders whose absence is proven by now, each as the event to journal and apply.</summary>
    public IReadOnlyList<DeadProven> Proven(Timestamp now)
    {
        List<DeadProven>? proven = null;
        foreach (var attempt in core.OpenAttempts)
        {
            if (attempt.State == AttemptState.Unknown && Evidence(attempt) is { } evidence)
            {
                (proven ??= []).Add(new DeadProven(now, attempt.Order.Id, evidence));
            }
        }

        return proven ?? (IReadOnlyList<DeadProven>)[];
    }

    /// <summary>From when on not finding an order proves something; null while it is not unknown or its venue gives no bounds.</summary>
    public Timestamp? ConclusiveFrom(ClientOrderId id) =>
        core.OpenAttempts.FirstOrDefault(a => a.Order.Id == id) is { } attempt ? ConclusiveFrom(attempt) : null;

    private Timestamp? ConclusiveFrom(Attempt attempt) =>
        attempt is { State: AttemptState.Unknown, Order.Connection: { } connection } && bounds(connection) is { } b ? attempt.UnknownSince + b.Total : null;

    private string? Evidence(Attempt attempt)
    {
        var from = ConclusiveFrom(attempt);
        var (earlier, later) = attempt.Absences;
        return from is { } conclusive && earlier >= conclusive && later >= conclusive
            ? $"not found at {attempt.Order.Connection} when asked at {earlier} and {later}; conclusive from {conclusive}, unknown since {attempt.UnknownSince}"
            : null;
    }

    private bool IsDue(Attempt attempt, Timestamp now)
    {
        if (!_schedules.TryGetValue(attempt.Order.Id, out var schedule))
        {
            _schedules.Add(attempt.Order.Id, new Schedule(now + Delays[0], 0, now, attempt.LookUpsAnswered));
            return false;
        }

        var isAnswered = attempt.LookUpsAnswered > schedule.AnswersBefore || schedule.Tries == 0;
        if (now < schedule.Next || !(isAnswered || now >= schedule.AskedAt + Delays[^1]))
        {
            return false;
        }

        var tries = schedule.Tries + 1;
        _schedules[attempt.Order.Id] = new Schedule(now + Delays[Math.Min(tries, Delays.Length - 1)], tries, now, attempt.LookUpsAnswered);
        return true;
    }

    private void Forget()
    {
        if (_schedules.Count == 0)
        {
            return;
        }

        var needed = core.OpenAttempts.Where(a => a.NeedsLookUp).Select(a => a.Order.Id).ToHashSet();
        foreach (var id in _schedules.Keys.Where(id => !needed.Contains(id)).ToArray())
        {
            _schedules.Remove(id);
        }
    }

    private readonly record struct Schedule(Timestamp Next, int Tries, Timestamp AskedAt, int AnswersBefore);
}
