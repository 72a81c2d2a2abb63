using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>Turns frames into events of one session.</summary>
internal static class Publisher
{
    /// <summary>Publishes what a frame says about a feed's market.</summary>
    /// <returns>False when the frame shows a gap, so that the feed must be asked for again.</returns>
    public static bool Publish(IMarketStreamSession session, Feed feed, MarketFrame frame, Timestamp receivedAt)
    {
        switch (feed.Subscription.Channel)
        {
            case MarketChannel.Quotes:
                return PublishQuote(session, feed, frame, receivedAt);
            case MarketChannel.Book:
                return PublishBook(session, feed, frame, receivedAt);
            case MarketChannel.Trades:
                PublishTrades(session, feed, frame, receivedAt);
                return true;
            default:
                PublishCandles(session, feed, frame, receivedAt);
                return true;
        }
    }

    // After 3 s without a change the venue repeats the snapshot with the same update id. The repeat says that the quote still holds now, so it is
    // published again: the same prices, the same sequence, a new time of receipt.
    private static bool PublishQuote(IMarketStreamSession session, Feed feed, MarketFrame frame, Timestamp receivedAt)
    {
        var step = feed.Sequence.Next(frame.IsSnapshot, frame.UpdateId);
        if (step is BookStep.Gap or BookStep.Ignore)
        {
            return step != BookStep.Gap;
        }

        var top = feed.Top;
        top.Take(frame, step == BookStep.Replace);
        var stamp = session.Stamp(receivedAt, frame.EngineTime ?? frame.Time, frame.UpdateId);
        session.Publish(new Quote(
            feed.Subscription.Symbol, top.Bid?.Price, top.Bid?.Quantity ?? Quantity.Zero, top.Ask?.Price, top.Ask?.Quantity ?? Quantity.Zero, stamp));
        return true;
    }

    private static bool PublishBook(IMarketStreamSession session, Feed feed, MarketFrame frame, Timestamp receivedAt)
    {
        var step = feed.Sequence.Next(frame.IsSnapshot, frame.UpdateId);
        if (step is BookStep.Gap or BookStep.Ignore)
        {
            return step != BookStep.Gap;
        }

        var stamp = session.Stamp(receivedAt, frame.EngineTime ?? frame.Time, frame.UpdateId);
        session.Publish(new BookUpdate(feed.Subscription.Symbol, step == BookStep.Replace, Copy(frame.Bids), Copy(frame.Asks), stamp));
        return true;
    }

    private static void PublishTrades(IMarketStreamSession session, Feed feed, MarketFrame frame, Timestamp receivedAt)
    {
        foreach (var row in frame.Trades)
        {
            var stamp = session.Stamp(receivedAt, row.Time ?? frame.Time, row.Sequence);
            session.Publish(new Trade(feed.Subscription.Symbol, row.Id, row.Price, row.Quantity, row.TakerSide, stamp));
        }
    }

    private static void PublishCandles(IMarketStreamSession session, Feed feed, MarketFrame frame, Timestamp receivedAt)
    {
        foreach (var row in frame.Candles)
        {
            var stamp = session.Stamp(receivedAt, row.Time ?? frame.Time, 0);
            session.Publish(new Candle(
                feed.Subscription.Symbol, row.Interval, row.Start, row.Open, row.High, row.Low, row.Close, row.Volume, row.IsClosed, stamp));
        }
    }

    private static PriceLevel[] Copy(List<PriceLevel> levels) => levels.Count == 0 ? [] : [.. levels];
}
