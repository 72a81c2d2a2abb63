using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Collects what one event changes. Reused from event to event; lists are made only for what happened.</summary>
internal sealed class ChangeSet
{
    private readonly List<Attempt> _changed = [];
    private readonly List<Fill> _fills = [];
    private readonly List<ExecutionEffect> _effects = [];
    private readonly List<string> _anomalies = [];

    /// <summary>The orders noted so far.</summary>
    public IReadOnlyList<Attempt> ChangedAttempts => _changed;

    /// <summary>Notes an order that has a new snapshot.</summary>
    public void Changed(Attempt attempt)
    {
        if (!_changed.Contains(attempt))
        {
            _changed.Add(attempt);
        }
    }

    /// <summary>Notes a fill applied for the first time.</summary>
    public void Filled(Fill fill) => _fills.Add(fill);

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
        if (_changed.Count + _fills.Count + _effects.Count + _anomalies.Count == 0)
        {
            return ExecutionResult.Nothing;
        }

        var result = new ExecutionResult(_changed.ConvertAll(a => a.Order), Copy(_fills), Copy(_effects), Copy(_anomalies));
        _changed.Clear();
        _fills.Clear();
        _effects.Clear();
        _anomalies.Clear();
        return result;
    }

    private static IReadOnlyList<T> Copy<T>(List<T> list) => list.Count == 0 ? [] : [.. list];
}
