using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;

namespace Workbench.Core.Pipeline;

/// <summary>Order facts written down and folded, and the effects that wait for the journal to be durable. Pipeline thread only.</summary>
internal sealed class ExecutionLedger(ExecutionCore core, OrderJournal journal, bool durable)
{
    private readonly List<ExecutionEffect> _effects = [];
    private bool _dirty;

    /// <summary>The state of all orders.</summary>
    public ExecutionCore Core => core;

    /// <summary>Writes a fact down.</summary>
    public void Write(ExecutionEvent fact)
    {
        journal.Append([fact]);
        if (fact is AttemptAnswered)
        {
            CrashPoint.Written(CrashPoint.AckJournaled);
        }
        else if (fact is FillReported)
        {
            CrashPoint.Written(CrashPoint.FillJournaled);
        }

        _dirty = true;
    }

    /// <summary>Folds a fact that was written down, and hands on what it changed.</summary>
    public void Apply(ExecutionEvent fact, IStageOutput output)
    {
        var result = core.Apply(fact);
        foreach (var fill in result.NewFills)
        {
            output.Emit(new FillApplied(fill));
        }

        // After the fills: whoever awaits the end of an order finds its fills and its position there.
        foreach (var order in result.Changed)
        {
            output.Emit(new OrderChanged(order));
        }

        foreach (var anomaly in result.Anomalies)
        {
            output.Emit(new AnomalyFound(anomaly));
        }

        _effects.AddRange(result.Effects);
        foreach (var next in result.Wanted)
        {
            output.Emit(new AttemptWanted(next));
        }
    }

    /// <summary>Writes and folds a fact that was born inside the pipeline.</summary>
    public void Record(ExecutionEvent fact, IStageOutput output)
    {
        Write(fact);
        Apply(fact, output);
    }

    /// <summary>Asks for an effect that follows from no new fact, such as a look-up that is due.</summary>
    public void Perform(ExecutionEffect effect) => _effects.Add(effect);

    /// <summary>Makes everything written so far safe and returns the effects that may happen now. An order is never sent before its record is durable.</summary>
    public IReadOnlyList<ExecutionEffect> Commit()
    {
        if (_dirty)
        {
            journal.Commit(durable && _effects.Exists(e => e is not LookUpOrder));
            _dirty = false;
            CrashPoint.Committed();
        }

        if (_effects.Count == 0)
        {
            return [];
        }

        ExecutionEffect[] effects = [.. _effects];
        _effects.Clear();
        return effects;
    }
}
