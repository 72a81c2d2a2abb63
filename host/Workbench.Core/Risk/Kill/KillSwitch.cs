using System.Collections.Concurrent;
using Workbench.Core.Execution;
using Workbench.Sdk;

namespace Workbench.Core.Risk.Kill;

/// <summary>The kill switch. It holds from the moment it is engaged, on whatever thread; the journal follows.</summary>
/// <remarks>Any thread. Nothing here waits for the pipeline or for the thread pool.</remarks>
/// <param name="restored">How the journal left it.</param>
/// <param name="record">The record beside the journal.</param>
/// <param name="post">Takes facts to the pipeline.</param>
/// <param name="time">The clock.</param>
public sealed class KillSwitch(KillStatus? restored, IKillRecord? record, Action<ExecutionEvent> post, TimeProvider time)
{
    private const int LongestReason = 200;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ClientOrderId, byte> _closing = new();
    private volatile KillStatus? _status = restored;

    /// <summary>How it stands; null while it is not engaged.</summary>
    public KillStatus? Status => _status;

    /// <summary>True when the third level was asked for in this process. A restart keeps the level and closes nothing by itself: what is held may be another amount by then.</summary>
    public bool IsArmed { get; private set; }

    /// <summary>Called after every change, on the thread that made it.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>Engages it, at a level of at least this. When it returns no order leaves any more.</summary>
    /// <param name="level">How far.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    public OperatorResult Engage(KillLevel level, string by, string reason)
    {
        KillStatus status;
        lock (_gate)
        {
            var wasArmed = IsArmed;
            IsArmed |= level == KillLevel.Flatten;
            if (_status is { } now && now.Level >= level)
            {
                if (IsArmed && !wasArmed)
                {
                    Changed();
                    return new OperatorResult(true, $"positions are being closed; the kill switch was engaged already: {Text(now)}");
                }

                return new OperatorResult(true, $"the kill switch is engaged already: {Text(now)}");
            }

            status = new KillStatus(level, Timestamp.Now(time), by, reason.Length <= LongestReason ? reason : reason[..LongestReason]);
            _status = status;
        }

        // Shut by now. What follows makes it last.
        Changed();
        var problem = record?.Write(status);
        post(new KillEngaged(status.Since, status.Level, status.By, status.Reason));
        return new OperatorResult(true, $"the kill switch is engaged: {Text(status)}{(problem is null ? "" : $"; its file could not be written: {problem}")}");
    }

    /// <summary>Clears it. For operators only: nothing that a script or a plugin can reach calls this.</summary>
    public OperatorResult Clear(string by)
    {
        if (_status is null)
        {
            return new OperatorResult(true, "the kill switch is not engaged");
        }

        // The file first: while either record says killed, a start begins killed.
        if (record?.Erase() is { } problem)
        {
            return new OperatorResult(false, $"the kill switch stays engaged: its file could not be removed: {problem}");
        }

        post(new KillCleared(Timestamp.Now(time), by));
        return new OperatorResult(true, "the kill switch is being cleared");
    }

    /// <summary>The last question before an order's bytes leave: why they must not, or null.</summary>
    public string? Refusal(ClientOrderId id) =>
        _status is { } status && !_closing.ContainsKey(id) ? $"the kill switch is engaged: {Text(status)}" : null;

    /// <summary>One line for people.</summary>
    public static string Text(KillStatus status) => $"{Name(status.Level)}, by {status.By}: {status.Reason}";

    /// <summary>The name of a level on the command line and in files.</summary>
    public static string Name(KillLevel level) => level switch
    {
        KillLevel.PauseNew => "pause",
        KillLevel.CancelAll => "cancel",
        _ => "flatten",
    };

    /// <summary>Reads a level's name.</summary>
    public static KillLevel? Level(string? name) => name switch
    {
        "pause" => KillLevel.PauseNew,
        "cancel" => KillLevel.CancelAll,
        "flatten" => KillLevel.Flatten,
        _ => null,
    };

    /// <summary>Lets one order through that closes a position; only while it is engaged at the third level.</summary>
    internal bool Admit(ClientOrderId id) => _status is { Level: KillLevel.Flatten } && _closing.TryAdd(id, 0);

    /// <summary>The journal holds it durably. Pipeline thread.</summary>
    internal void Journaled(KillStatus? journaled)
    {
        lock (_gate)
        {
            // What was engaged meanwhile at a higher level has a record of its own on its way.
            _status = journaled is null ? null : _status is { } now && now.Level > journaled.Level ? now : (_status ?? journaled) with { IsJournaled = true };
        }

        if (journaled is null)
        {
            IsArmed = false;
            _closing.Clear();
        }

        Changed();
    }

    /// <summary>Notes how far the work has come, unless it was cleared meanwhile.</summary>
    internal void Progress(Func<KillStatus, KillStatus> change)
    {
        lock (_gate)
        {
            _status = _status is { } status ? change(status) : null;
        }
    }
}
