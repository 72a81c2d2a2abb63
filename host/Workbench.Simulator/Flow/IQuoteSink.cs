using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>Takes what one event of a made-up market does: quotes set to new quantities, and a trade through some of them.</summary>
internal interface IQuoteSink
{
    /// <summary>The maker wants <paramref name="quote"/> where it wanted <paramref name="stepsBefore"/>; 0 steps removes it.</summary>
    void Set(Side side, Quote quote, long stepsBefore);

    /// <summary>A taker takes; one entry per price, best first.</summary>
    void Trade(Side taker, IReadOnlyList<Quote> taken);
}
