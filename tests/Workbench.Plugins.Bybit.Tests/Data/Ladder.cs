using Workbench.Plugins.Bybit.Streams;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Data;

/// <summary>A book built from frames, for the tests.</summary>
internal sealed class Ladder
{
    private readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<decimal, decimal> _asks = [];

    public BookSequence Sequence { get; } = new();

    public int Levels => Math.Max(_bids.Count, _asks.Count);

    public bool IsCrossed => _bids.Count > 0 && _asks.Count > 0 && _bids.First().Key >= _asks.First().Key;

    public void Take(MarketFrame frame, bool isWhole)
    {
        if (isWhole)
        {
            _bids.Clear();
            _asks.Clear();
        }

        Apply(_bids, frame.Bids);
        Apply(_asks, frame.Asks);
    }

    private static void Apply(SortedDictionary<decimal, decimal> side, List<PriceLevel> levels)
    {
        foreach (var level in levels)
        {
            if (level.Quantity.IsZero)
            {
                side.Remove(level.Price.Value);
            }
            else
            {
                side[level.Price.Value] = level.Quantity.Value;
            }
        }
    }
}
