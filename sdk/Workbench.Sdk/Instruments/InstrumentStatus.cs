namespace Workbench.Sdk;

/// <summary>Whether an instrument takes orders.</summary>
public enum InstrumentStatus
{
    /// <summary>Orders and cancels are taken.</summary>
    Trading,

    /// <summary>Only cancels are taken.</summary>
    CancelOnly,

    /// <summary>Nothing is taken, for now or for good.</summary>
    Halted,
}
