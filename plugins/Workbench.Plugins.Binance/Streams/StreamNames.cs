using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>The venue's names of the streams; symbols in lower case.</summary>
internal static class StreamNames
{
    public static string Of(string venueSymbol, MarketChannel channel) => venueSymbol.ToLowerInvariant() + channel switch
    {
        MarketChannel.Quotes => "@bookTicker",
        MarketChannel.Trades => "@trade",
        MarketChannel.Book => "@depth@100ms",
        MarketChannel.Candles => "@kline_1m",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "Not a channel of the manifest."),
    };
}
