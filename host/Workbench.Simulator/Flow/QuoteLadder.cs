namespace Workbench.Simulator.Flow;

/// <summary>A price and a quantity in the instrument's own units: whole ticks and whole steps.</summary>
internal readonly record struct Quote(long Ticks, long Steps);

/// <summary>One side of the made-up market as its maker wants it, best first.</summary>
internal sealed class QuoteLadder(Matching.Side side)
{
    private readonly List<Quote> _quotes = [];

    public Matching.Side Side => side;

    public int Count => _quotes.Count;

    public Quote this[int rank]
    {
        get => _quotes[rank];
        set => _quotes[rank] = value;
    }

    public void Insert(int rank, Quote quote) => _quotes.Insert(rank, quote);

    public void RemoveAt(int rank) => _quotes.RemoveAt(rank);

    public void Clear() => _quotes.Clear();

    /// <summary>Whether a price lies nearer to the other side than a touch allows.</summary>
    public bool IsBeyond(long ticks, long touch) => side == Matching.Side.Buy ? ticks > touch : ticks < touch;

    /// <summary>A price that is further away from the other side by so many ticks.</summary>
    public long Away(long ticks, long by) => side == Matching.Side.Buy ? ticks - by : ticks + by;
}
