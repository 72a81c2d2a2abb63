using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>What stands behind a trigger.</summary>
/// <param name="At">When this host learnt of it.</param>
/// <param name="Detail">In words, for reasons and anomalies; null where the word or the fill says it all.</param>
/// <param name="Report">The venue's word, where there is one.</param>
/// <param name="Fill">The execution, where there is one.</param>
/// <param name="AskedAt">When the question was asked, for words that answer a look-up; null for everything else.</param>
internal readonly record struct Cause(Timestamp At, string? Detail, OrderReport? Report = null, FillReport? Fill = null, Timestamp? AskedAt = null)
{
    /// <summary>What happened, in words; made only when somebody asks.</summary>
    public string Text => Detail
        ?? (Fill is { } fill ? $"fill {fill.TradeId}, {fill.Quantity} at {fill.Price}" : Report is { } report ? $"the venue says {report.Status} {report.Reason}" : "");
}
