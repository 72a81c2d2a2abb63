using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Collects what one event changes. Reused from event to event; lists are made only for what happened.</summary>
internal sealed class ChangeSet
{
    private readonly List<Attempt> _changed = [];
    private readonly List<Intent> _intents = [];
    private readonly List<NextAttempt> _wanted = [];
    private readonly List<Fill> _fills = [];
    private readonly List<ExecutionEffect> _effects = [];
    private readonly List<string> _anomalies = [];

    /// <summary>The attempts noted so far.</summary>
    public IReadOnlyList<Attempt> ChangedAttempts => _changed;

    /// <summary>The intents noted so far.</summary>
    public IReadOnlyList<Intent> ChangedIntents => _intents;

    /// <summary>Notes an attempt that has a new snapshot, and with it its intent.</summary>
    public void Changed(Attempt attempt)
    {
        if (!_changed.Contains(attempt))
        {
            _changed.Add(attempt);
        }

        if (!_intents.Contains(attempt.Intent))
        {
            _intents.Add(attempt.Intent);
        }
    }

    /// <summary>Notes that an intent may have another attempt.</summary>
    public void Want(NextAttempt next) => _wanted.Add(next);

    /// <summary>Notes a fill applied for the first time.</summary>
    public void Filled(Fill fill) => _fills.Add(fill);

    /// <summary>What is to be done, as noted so far.</summary>
    public IReadOnlyList<ExecutionEffect> Effects => _effects;

    /// <summary>Notes something to do; the same thing is noted once.</summary>
    public void Do(ExecutionEffect effect)
    {
        if (!_effects.Contains(effect))
        {
            _effects.Add(effect);
        }
    }

    /// <summary>Notes what should not have happened.</summary>
    public void Alarm(string anomaly) => _anomalies.Add(anomaly);

    /// <summary>Hands out what was collected and begins anew.</summary>
    public ExecutionResult Take()
    {
        if (_intents.Count + _fills.Count + _effects.Count + _anomalies.Count == 0)
        {
            return ExecutionResult.Nothing;
        }

        var result = new ExecutionResult(_intents.ConvertAll(i => i.Order), Copy(_fills), Copy(_effects), Copy(_anomalies)) { Wanted = Copy(_wanted) };
        foreach (var attempt in _changed)
        {
            attempt.TakenBackNow = default;
        }

        _changed.Clear();
        _intents.Clear();
        _wanted.Clear();
        _fills.Clear();
        _effects.Clear();
        _anomalies.Clear();
        return result;
    }

    private static IReadOnlyList<T> Copy<T>(List<T> list) => list.Count == 0 ? [] : [.. list];
}
