using System.Text;

namespace Workbench.Benchmarks.Orders;

/// <summary>What the stub answers to everything that is not an order: just enough for a connection to come up.</summary>
internal static class StubReads
{
    private const string Instruments =
        """
        {"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":1000000000},{"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":1000000000}],
        "symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","isSpotTradingAllowed":true,"filters":[
        {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000","tickSize":"0.01"},{"filterType":"LOT_SIZE","minQty":"0.00001","maxQty":"9000","stepSize":"0.00001"}]}]}
        """;

    public static byte[] Answer(string path) => Http(path switch
    {
        "/api/v3/exchangeInfo" => Instruments,
        "/api/v3/time" => $$"""{"serverTime":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""",
        "/api/v3/account" => """{"canTrade":true,"balances":[{"asset":"USDT","free":"1000000000","locked":"0"}]}""",
        "/sapi/v1/account/apiRestrictions" => """{"ipRestrict":true,"enableWithdrawals":false,"enableSpotAndMarginTrading":true}""",
        _ => "[]",
    });

    public static byte[] Http(string body) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\nX-MBX-USED-WEIGHT-1M: 10\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
