using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>The venue's names of the channels.</summary>
internal static class Topics
{
    /// <summary>The topic of a channel. There is no topic for quotes; the book of depth one is it.</summary>
    public static string Of(MarketChannel channel, string venueSymbol) => channel switch
    {
        MarketChannel.Quotes => $"orderbook.1.{venueSymbol}",
        MarketChannel.Trades => $"publicTrade.{venueSymbol}",
        MarketChannel.Book => $"orderbook.50.{venueSymbol}",
        MarketChannel.Candles => $"kline.1.{venueSymbol}",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "There is no such channel."),
    };

    /// <summary>The kind of message that a channel brings.</summary>
    public static FrameKind KindOf(MarketChannel channel) => channel switch
    {
        MarketChannel.Trades => FrameKind.Trades,
        MarketChannel.Candles => FrameKind.Candles,
        _ => FrameKind.Book,
    };
}
