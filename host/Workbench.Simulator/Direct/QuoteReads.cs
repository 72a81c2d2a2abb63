using Workbench.Sdk;

namespace Workbench.Simulator.Direct;

/// <summary>Best prices of the moment, to be read inside the venue's lock.</summary>
internal static class QuoteReads
{
    /// <summary>The quote of a market; null when the venue does not list it.</summary>
    public static Quote? Now(DirectVenue venue, Symbol symbol, long nowMicros)
    {
        if (venue.Listing.Find(symbol) is not { } market)
        {
            return null;
        }

        market.Look();
        var top = market.Book.Top;
        return new Quote(
            symbol, Translation.Price(top.BidPrice), new Quantity(top.BidQuantity), Translation.Price(top.AskPrice), new Quantity(top.AskQuantity), Stamp(venue, nowMicros, market.Book.UpdateId));
    }

    // Read outside of any session.
    private static MarketStamp Stamp(DirectVenue venue, long nowMicros, long updateId) => new()
    {
        Connection = new ConnectionId(venue.Name),
        Venue = SimulatedManifest.Value.Venue,
        Session = 0,
        VenueTime = Timestamp.FromUnixMicroseconds(nowMicros),
        ReceivedAt = Timestamp.Now(venue.Time),
        Sequence = updateId,
        IsSimulated = true,
    };
}
