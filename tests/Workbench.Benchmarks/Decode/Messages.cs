using System.Globalization;

namespace Workbench.Benchmarks.Decode;

/// <summary>Messages of the venues' documented form with invented numbers of the usual length.</summary>
internal static class Messages
{
    private const int Levels = 20;

    public static WireMessage Binance(MessageKind kind) => new(kind switch
    {
        MessageKind.Quote => """{"stream":"btcusdt@bookTicker","data":{"u":1000000000,"s":"BTCUSDT","b":"61234.56000000","B":"1.23456000","a":"61234.57000000","A":"0.98765000"}}""",
        MessageKind.Trade => """{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161253413,"s":"BTCUSDT","t":1000000000,"p":"61234.57000000","q":"0.00123000","T":1723161253412,"m":true,"M":true}}""",
        _ => $$$"""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161253413,"s":"BTCUSDT","U":1000000000,"u":1000000000,"b":[{{{Side(-1, 8, 8)}}}],"a":[{{{Side(1, 8, 8)}}}]}}""",
    });

    public static WireMessage Bybit(MessageKind kind) => new(kind switch
    {
        MessageKind.Quote => """{"topic":"orderbook.1.BTCUSDT","ts":1723161253413,"type":"snapshot","data":{"s":"BTCUSDT","b":[["61234.56","1.234567"]],"a":[["61234.57","0.987654"]],"u":1000000000,"seq":43612345678},"cts":1723161253410}""",
        MessageKind.Trade => """{"topic":"publicTrade.BTCUSDT","ts":1723161253413,"type":"snapshot","data":[{"i":"2290000000123456789","T":1723161253411,"p":"61234.57","v":"0.001230","S":"Buy","seq":1000000000,"s":"BTCUSDT","BT":false,"RPI":false}]}""",
        _ => $$$"""{"topic":"orderbook.50.BTCUSDT","ts":1723161253413,"type":"delta","data":{"s":"BTCUSDT","b":[{{{Side(-1, 2, 6)}}}],"a":[{{{Side(1, 2, 6)}}}],"u":1000000000,"seq":43612345678},"cts":1723161253410}""",
    });

    private static string Side(int direction, int priceDigits, int quantityDigits) => string.Join(',', Enumerable.Range(1, Levels).Select(i =>
    {
        var price = (61234.56m + (direction * i * 0.37m)).ToString($"F{priceDigits}", CultureInfo.InvariantCulture);
        var quantity = (i % 5 == 0 ? 0m : 0.01234m * i).ToString($"F{quantityDigits}", CultureInfo.InvariantCulture);
        return $"""["{price}","{quantity}"]""";
    }));
}

/// <summary>What a message carries.</summary>
public enum MessageKind
{
    /// <summary>Best bid and ask: Binance's bookTicker, Bybit's orderbook.1 snapshot.</summary>
    Quote,

    /// <summary>One public trade.</summary>
    Trade,

    /// <summary>A change of 20 levels on each side.</summary>
    Depth,
}
