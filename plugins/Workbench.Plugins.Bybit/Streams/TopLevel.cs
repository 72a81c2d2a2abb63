using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>The best bid and ask of one market. Since March 2025 the venue sends whole snapshots only; changes, as it sent before, are still understood.</summary>
internal sealed class TopLevel
{
    /// <summary>The best bid, or null when nobody bids.</summary>
    public PriceLevel? Bid { get; private set; }

    /// <summary>The best ask, or null when nobody offers.</summary>
    public PriceLevel? Ask { get; private set; }

    /// <summary>Takes a message that is in sequence.</summary>
    public void Take(MarketFrame frame, bool isWhole)
    {
        if (isWhole)
        {
            Bid = null;
            Ask = null;
        }

        Bid = Side(Bid, frame.Bids, isBid: true);
        Ask = Side(Ask, frame.Asks, isBid: false);
    }

    private static PriceLevel? Side(PriceLevel? current, List<PriceLevel> levels, bool isBid)
    {
        // A change deletes the old best and names the new one, in either order.
        var best = current;
        foreach (var level in levels)
        {
            best = best is { } held && level.Price == held.Price ? null : best;
        }

        foreach (var level in levels)
        {
            if (!level.Quantity.IsZero && (best is not { } other || (isBid ? level.Price > other.Price : level.Price < other.Price)))
            {
                best = level;
            }
        }

        return best;
    }
}
