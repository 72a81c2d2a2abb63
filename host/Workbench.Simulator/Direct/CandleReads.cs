using Workbench.Sdk;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Direct;

/// <summary>Past candles, to be read inside the venue's lock.</summary>
internal static class CandleReads
{
    private const int Most = 1000;

    public static ReadResult<IReadOnlyList<Sdk.Candle>> Past(DirectVenue venue, Symbol symbol, TimeSpan interval, int count, long nowMicros)
    {
        if (venue.Listing.Find(symbol) is not { } market)
        {
            return new VenueError(VenueErrorKind.NotFound, $"The simulated venue '{venue.Name}' has no market {symbol}.");
        }

        if (interval <= TimeSpan.Zero || interval.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            return new VenueError(VenueErrorKind.InvalidRequest, $"The simulated venue '{venue.Name}' has candles of whole minutes, not of {interval}.");
        }

        if (count is < 1 or > Most)
        {
            return new VenueError(VenueErrorKind.InvalidRequest, $"Ask for 1 to {Most} candles, not for {count}.");
        }

        var nowMillis = nowMicros / 1000;
        var bars = market.Candles(new CandleInterval((long)interval.TotalMilliseconds), null, null, count, nowMillis);
        return bars.ConvertAll(bar => Translation.Candle(symbol, interval, bar, bar.CloseMillis < nowMillis, Stamp(venue, bar.CloseMillis)));
    }

    // Read outside of any session.
    private static MarketStamp Stamp(DirectVenue venue, long closeMillis)
    {
        var now = Timestamp.Now(venue.Time);
        var closed = Timestamp.FromUnixMilliseconds(closeMillis);
        return new MarketStamp
        {
            Connection = new ConnectionId(venue.Name),
            Venue = SimulatedManifest.Value.Venue,
            Session = 0,
            VenueTime = closed < now ? closed : now,
            ReceivedAt = now,
            IsSimulated = true,
        };
    }
}
