namespace Workbench.Sdk;

/// <summary>What is traded in a market.</summary>
public enum InstrumentKind
{
    /// <summary>The asset itself, at once.</summary>
    Spot,

    /// <summary>A contract on the asset without an end.</summary>
    Perpetual,

    /// <summary>A contract on the asset with an end.</summary>
    Future,
}
