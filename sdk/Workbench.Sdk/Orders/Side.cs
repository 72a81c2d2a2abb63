namespace Workbench.Sdk;

/// <summary>The direction of an order or a trade.</summary>
public enum Side
{
    /// <summary>Receives the base asset and pays the quote asset.</summary>
    Buy,

    /// <summary>Gives the base asset and receives the quote asset.</summary>
    Sell,
}
