namespace Workbench.Core.MarketData;

/// <summary>When a price counts as absurd, and what makes it believable all the same.</summary>
/// <param name="Jump">How far a price may lie from the median of the market's own recent prices, as a fraction: 0.2 is 20 percent.</param>
/// <param name="ConfirmAfter">For how long the new price must stand before it is believed without another venue.</param>
public sealed record PriceCheck(decimal Jump, TimeSpan ConfirmAfter)
{
    /// <summary>The median is taken of so many prices.</summary>
    public const int Samples = 15;

    /// <summary>The prices are so far apart, at least: with <see cref="Samples"/> of them the median looks back over about half a minute.</summary>
    public static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(2);

    /// <summary>So many prices at the new level are needed, however long it stands: one print is never believed.</summary>
    public const int FewestConfirmations = 3;

    /// <summary>How old the other venue's quote may be to say anything.</summary>
    public static readonly TimeSpan WitnessAge = TimeSpan.FromSeconds(5);
}
