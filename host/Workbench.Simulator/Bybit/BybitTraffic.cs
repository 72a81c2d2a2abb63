using System.Text;
using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Bybit;

/// <summary>What Bybit's requests, topics and errors are, for the faults.</summary>
internal static class BybitTraffic
{
    public static RequestInfo Of(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return new RequestInfo(request.HttpContext.WebSockets.IsWebSocketRequest ? Socket(path) : Rest(path), $"{request.Method} {path}");
    }

    /// <summary>A message to a WebSocket of that kind.</summary>
    public static RequestInfo Of(string op, RequestKinds socket, string? symbol) => new(op switch
    {
        _ when op.StartsWith("order.cancel", StringComparison.Ordinal) => RequestKinds.Cancels,
        _ when op.StartsWith("order.", StringComparison.Ordinal) => RequestKinds.Orders,
        _ => socket,
    }, op, symbol, IsSocket: true);

    /// <summary>A push, told by its topic.</summary>
    public static FrameInfo Frame(string topic)
    {
        var parts = topic.Split('.');
        var symbol = parts.Length > 1 ? parts[^1] : null;
        return parts[0] switch
        {
            "orderbook" => new FrameInfo(parts is [_, "1", _] ? FrameKinds.Best : FrameKinds.Book, symbol),
            "publicTrade" => new FrameInfo(FrameKinds.Trade, symbol),
            "tickers" => new FrameInfo(FrameKinds.Ticker, symbol),
            "kline" => new FrameInfo(FrameKinds.Kline, symbol),
            "order" => new FrameInfo(FrameKinds.Order),
            "execution" => new FrameInfo(FrameKinds.Fill),
            "priceLimit" => new FrameInfo(FrameKinds.Status, symbol),
            "system" => new FrameInfo(FrameKinds.Status),
            "wallet" => new FrameInfo(FrameKinds.Balance),
            "position" => new FrameInfo(FrameKinds.Position),
            _ => new FrameInfo(FrameKinds.Status, symbol),
        };
    }

    // Transport errors come from gateways that know no JSON; only a wanted code makes the venue speak.
    public static FaultBody Word(FaultAnswer answer) => answer.Code is null && answer.Message is null && answer.Status >= 400
        ? new FaultBody("text/html", Encoding.UTF8.GetBytes(
            $"<html><head><title>{(answer.Status >= 500 ? "Server error" : "Forbidden")}</title></head><body>{(answer.Status >= 500 ? "Server error" : "access too frequent, please try again later")}</body></html>"))
        : new FaultBody("application/json; charset=utf-8", Reply.Fail(Error(answer)).ToEnvelope(0));

    public static BybitError Error(FaultAnswer answer)
    {
        var code = answer.Code ?? answer.Status switch { 403 or 418 or 429 => 10006, 401 => 10003, _ => 10016 };
        return new BybitError(code, answer.Message ?? code switch
        {
            10000 => "Server Timeout",
            10006 => "Too many visits. Exceeded the API Rate Limit.",
            10019 => "Service is restarting, please try again later.",
            170007 => "Timeout waiting for response from backend server.",
            _ => "Server error.",
        });
    }

    private static RequestKinds Socket(string path) => path switch
    {
        "/v5/private" => RequestKinds.UserStreams,
        "/v5/trade" => RequestKinds.TradeSockets,
        _ => RequestKinds.Streams,
    };

    private static RequestKinds Rest(string path) => path switch
    {
        _ when path.StartsWith("/v5/order/cancel", StringComparison.Ordinal) => RequestKinds.Cancels,
        "/v5/order/realtime" or "/v5/order/history" or "/v5/execution/list" or "/v5/position/closed-pnl" => RequestKinds.Queries,
        _ when path.StartsWith("/v5/order/", StringComparison.Ordinal) => RequestKinds.Orders,
        _ when path.StartsWith("/v5/market/", StringComparison.Ordinal) || path.StartsWith("/v5/system/", StringComparison.Ordinal) => RequestKinds.MarketData,
        _ => RequestKinds.Account,
    };
}
