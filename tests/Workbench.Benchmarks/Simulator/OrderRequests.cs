using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workbench.Simulator.Server;

namespace Workbench.Benchmarks.Simulator;

/// <summary>Signed order requests as bytes: a limit order far below the market that rests, and its cancel, in turn.</summary>
internal abstract class OrderRequests
{
    public abstract string Name { get; }

    /// <summary>The request that places the order of this number, or (odd calls) cancels it.</summary>
    public abstract byte[] Next(int connection, int number);

    /// <summary>Whether the answer says the request was done.</summary>
    public abstract bool IsDone(int status, string answer);

    public static OrderRequests For(VenueHandle venue, string price) =>
        venue.Dialect == "binance" ? new BinanceRequests(venue, price) : new BybitRequests(venue, price);

    protected static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    protected static string Sign(byte[] secret, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));

    protected static string ClientId(int connection, int number) => string.Create(CultureInfo.InvariantCulture, $"load-{connection:D3}-{number / 2:D8}");

    protected static byte[] Http(string method, string path, string headers, string body) =>
        Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}");

    private sealed class BinanceRequests(VenueHandle venue, string price) : OrderRequests
    {
        private readonly byte[] _secret = Encoding.UTF8.GetBytes(venue.ApiSecret);

        public override string Name => "binance: place and cancel";

        public override byte[] Next(int connection, int number)
        {
            var id = ClientId(connection, number);
            var places = number % 2 == 0;
            var form = places
                ? string.Create(CultureInfo.InvariantCulture, $"symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price={price}&newClientOrderId={id}&newOrderRespType=ACK&timestamp={Now}")
                : string.Create(CultureInfo.InvariantCulture, $"symbol=BTCUSDT&origClientOrderId={id}&timestamp={Now}");
            var body = $"{form}&signature={Sign(_secret, form)}";
            var headers = $"X-MBX-APIKEY: {venue.ApiKey}\r\nContent-Type: application/x-www-form-urlencoded\r\n";
            return Http(places ? "POST" : "DELETE", "/api/v3/order", headers, body);
        }

        public override bool IsDone(int status, string answer) => status == 200;
    }

    private sealed class BybitRequests(VenueHandle venue, string price) : OrderRequests
    {
        private readonly byte[] _secret = Encoding.UTF8.GetBytes(venue.ApiSecret);

        public override string Name => "bybit: place and cancel";

        public override byte[] Next(int connection, int number)
        {
            var id = ClientId(connection, number);
            var places = number % 2 == 0;
            var body = places
                ? $$"""{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.001","price":"{{price}}","orderLinkId":"{{id}}"}"""
                : $$"""{"category":"spot","symbol":"BTCUSDT","orderLinkId":"{{id}}"}""";
            var time = Now.ToString(CultureInfo.InvariantCulture);
            var headers = $"X-BAPI-API-KEY: {venue.ApiKey}\r\nX-BAPI-TIMESTAMP: {time}\r\nX-BAPI-RECV-WINDOW: 5000\r\n"
                + $"X-BAPI-SIGN: {Sign(_secret, $"{time}{venue.ApiKey}5000{body}")}\r\nContent-Type: application/json\r\n";
            return Http("POST", places ? "/v5/order/create" : "/v5/order/cancel", headers, body);
        }

        public override bool IsDone(int status, string answer) => status == 200 && answer.Contains("\"retCode\":0", StringComparison.Ordinal);
    }
}
