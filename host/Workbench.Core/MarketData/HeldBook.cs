using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Makes one snapshot of a snapshot and the changes that followed it.</summary>
internal static class HeldBook
{
    /// <summary>The whole book after the last of the events; the first is a snapshot, the stamp is the last one's.</summary>
    public static BookUpdate Fold(IReadOnlyList<MarketEvent> events)
    {
        var last = (BookUpdate)events[^1];
        if (last.IsSnapshot)
        {
            return last;
        }

        var book = new BookBuilder();
        foreach (var update in events.Cast<BookUpdate>())
        {
            book.Apply(update);
        }

        var whole = book.Snapshot(last.Symbol, int.MaxValue, last.Stamp);
        return new BookUpdate(last.Symbol, true, whole.Bids, whole.Asks, last.Stamp);
    }
}
