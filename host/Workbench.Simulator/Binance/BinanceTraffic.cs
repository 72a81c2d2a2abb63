using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance;

/// <summary>What Binance's requests, streams and errors are, for the faults.</summary>
internal static class BinanceTraffic
{
    private static readonly string[] OrderPaths = ["/api/v3/order", "/api/v3/orderList", "/api/v3/sor", "/api/v3/openOrders", "/api/v3/openOrderList"];
    private static readonly string[] QueryPaths = ["/api/v3/allOrders", "/api/v3/allOrderList", "/api/v3/myTrades", "/api/v3/myPreventedMatches", "/api/v3/myAllocations"];
    private static readonly string[] AccountPaths = ["/api/v3/account", "/sapi/"];

    public static RequestInfo Of(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return new RequestInfo(request.HttpContext.WebSockets.IsWebSocketRequest ? Socket(path) : Rest(request.Method, path), $"{request.Method} {path}");
    }

    /// <summary>A request of the WebSocket API.</summary>
    public static RequestInfo Of(string method, string? symbol) => new(method switch
    {
        _ when method.StartsWith("session.", StringComparison.Ordinal) || method.StartsWith("userDataStream.", StringComparison.Ordinal) => RequestKinds.TradeSockets,
        _ when method.Contains("cancelReplace", StringComparison.Ordinal) => RequestKinds.Orders,
        _ when method.Contains("cancel", StringComparison.Ordinal) => RequestKinds.Cancels,
        _ when method.Contains(".place", StringComparison.Ordinal) || method.Contains(".amend.", StringComparison.Ordinal) || method.Contains(".test", StringComparison.Ordinal) => RequestKinds.Orders,
        _ when method.StartsWith("account.", StringComparison.Ordinal) => RequestKinds.Account,
        _ when method.Contains("rder", StringComparison.Ordinal) || method.StartsWith("my", StringComparison.Ordinal) => RequestKinds.Queries,
        _ => RequestKinds.MarketData,
    }, method, symbol, IsSocket: true);

    /// <summary>An event of a market stream, told by the stream's name.</summary>
    public static FrameInfo Frame(string stream)
    {
        var at = stream.IndexOf('@', StringComparison.Ordinal);
        var symbol = at > 0 && stream[0] != '!' ? stream[..at].ToUpperInvariant() : null;
        var kind = at < 0 ? "" : stream[(at + 1)..];
        return new FrameInfo(
            kind switch
            {
                "trade" or "aggTrade" => FrameKinds.Trade,
                "bookTicker" => FrameKinds.Best,
                _ when kind.StartsWith("depth", StringComparison.Ordinal) => kind.Length > 5 && char.IsAsciiDigit(kind[5]) ? FrameKinds.Snapshot : FrameKinds.Book,
                _ when kind.StartsWith("kline", StringComparison.Ordinal) => FrameKinds.Kline,
                _ => FrameKinds.Ticker,
            },
            symbol);
    }

    public static FaultBody Word(FaultAnswer answer)
    {
        var error = Error(answer);
        return new FaultBody("application/json;charset=UTF-8", BinanceRest.ErrorBody(error));
    }

    /// <summary>The venue's error for a status, and its texts for codes that leave the outcome open.</summary>
    public static ApiError Error(FaultAnswer answer)
    {
        var code = answer.Code ?? answer.Status switch { 429 or 418 => -1003, 504 => -1007, 401 or 403 => -2015, _ => -1000 };
        var message = answer.Message ?? code switch
        {
            -1001 => "Internal error; unable to process your request. Please try again.",
            -1003 => answer.Status == 418
                ? "Way too much request weight used; IP banned. Please use WebSocket Streams for live updates to avoid bans."
                : "Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.",
            -1006 => "An unexpected response was received from the message bus. Execution status unknown.",
            -1007 => "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
            -1008 => "Server is currently overloaded with other requests. Please try again in a few minutes.",
            -2015 => "Invalid API-key, IP, or permissions for action.",
            _ => "An unknown error occurred while processing the request.",
        };
        return new ApiError(code, message, answer.Status);
    }

    private static RequestKinds Socket(string path) => path.StartsWith("/ws-api", StringComparison.Ordinal)
        ? RequestKinds.TradeSockets | RequestKinds.UserStreams
        : RequestKinds.Streams;

    private static RequestKinds Rest(string method, string path)
    {
        if (OrderPaths.Any(p => path.StartsWith(p, StringComparison.Ordinal)))
        {
            return method switch { "GET" => RequestKinds.Queries, "DELETE" => RequestKinds.Cancels, _ => RequestKinds.Orders };
        }

        return QueryPaths.Contains(path) ? RequestKinds.Queries
            : AccountPaths.Any(p => path.StartsWith(p, StringComparison.Ordinal)) ? RequestKinds.Account
            : RequestKinds.MarketData;
    }
}
