namespace Workbench.Plugins.Binance.Errors;

/// <summary>What an answer proves about the order that it answers.</summary>
internal enum OutcomeClass
{
    /// <summary>The venue refused and changed nothing.</summary>
    Rejected,

    /// <summary>The order may have been executed.</summary>
    Unknown,

    /// <summary>The code belongs to something that this connector never sends with an order, so the answer cannot be trusted to be about it: treated as <see cref="Unknown"/>.</summary>
    Unrelated,
}
