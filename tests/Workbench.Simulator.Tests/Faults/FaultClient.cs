using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workbench.Simulator.Tests.Binance;

namespace Workbench.Simulator.Tests.Faults;

/// <summary>Status, body and headers as they came.</summary>
internal sealed record WireAnswer(int Status, string Text, HttpResponseMessage Response)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Header(string name) => Response.Headers.TryGetValues(name, out var values) ? string.Join(",", values)
        : Response.Content.Headers.TryGetValues(name, out var more) ? string.Join(",", more) : null;
}

/// <summary>The same questions in two dialects, over plain HTTP and raw WebSockets. It retries nothing and follows nothing.</summary>
internal abstract class FaultClient(FaultBench bench) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = bench.Handle.Rest,
        Timeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>It stamps its requests with the true time, whatever the venue's clock shows.</summary>
    public bool HasOwnClock { get; set; }

    protected string Now => (HasOwnClock ? bench.Time.GetUtcNow().ToUnixTimeMilliseconds() : bench.Venue.Clock.NowMillis).ToString(CultureInfo.InvariantCulture);

    public abstract string DepthPath { get; }
    public abstract string TimePath { get; }
    public abstract string ListingPath { get; }

    /// <summary>A limit order to buy far below the market, unless priced otherwise.</summary>
    public abstract Task<WireAnswer> PlaceAsync(string id, decimal price = 59_000m, decimal quantity = 0.01m, string symbol = "BTCUSDT");

    public abstract Task<WireAnswer> CancelAsync(string id);

    public abstract Task<WireAnswer> OpenOrdersAsync();

    public abstract Task<WireAnswer> QueryAsync(string id);

    /// <summary>Whether the venue says that the key may withdraw.</summary>
    public abstract Task<bool> MayWithdrawAsync();

    public abstract Task<WireAnswer> AccountAsync();

    public abstract long ServerMillis(WireAnswer time);

    /// <summary>Whether a query answered with that order.</summary>
    public abstract bool IsFound(WireAnswer query, string id);

    /// <summary>0 when the request was taken, otherwise the venue's error code.</summary>
    public abstract int CodeOf(WireAnswer answer);

    /// <summary>A socket that hears a market channel: book, best or trade.</summary>
    public abstract Task<RawSocket> ListenAsync(string channel, bool awaitsAnswer = true);

    /// <summary>A socket that hears of orders and fills.</summary>
    public abstract Task<RawSocket> ListenToAccountAsync();

    /// <summary>A socket that takes orders.</summary>
    public abstract Task<RawSocket> OpenTradeAsync();

    public abstract string TradeMessage(string id, decimal price = 59_000m);

    /// <summary>The error code in an answer of the trade socket; 0 when there is none.</summary>
    public abstract int CodeOf(JsonElement answer);

    /// <summary>Best bid of a book or best-price message, as it is written.</summary>
    public abstract string Bid(JsonElement message);

    public abstract long LastUpdate(JsonElement message);

    /// <summary>What an account message tells: <c>new</c>, <c>fill</c>, <c>closed</c>, or another word.</summary>
    public abstract string Told(JsonElement message);

    public Task<WireAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async Task<WireAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        return new WireAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public void Dispose() => _http.Dispose();

    protected static string Sign(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(FaultBench.Secret), Encoding.UTF8.GetBytes(payload)));

    protected static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}

internal sealed class BinanceFaultClient(FaultBench bench) : FaultClient(bench)
{
    private readonly FaultBench _bench = bench;
    private int _requests;

    public override string DepthPath => "/api/v3/depth?symbol=BTCUSDT&limit=5";
    public override string TimePath => "/api/v3/time";
    public override string ListingPath => "/api/v3/exchangeInfo";

    public override Task<WireAnswer> PlaceAsync(string id, decimal price, decimal quantity, string symbol) => SignedAsync(HttpMethod.Post, "/api/v3/order", Order(id, price, quantity, symbol));

    public override Task<WireAnswer> CancelAsync(string id) => SignedAsync(HttpMethod.Delete, "/api/v3/order", $"symbol=BTCUSDT&origClientOrderId={id}");

    public override Task<WireAnswer> OpenOrdersAsync() => SignedAsync(HttpMethod.Get, "/api/v3/openOrders", "symbol=BTCUSDT");

    public override Task<WireAnswer> QueryAsync(string id) => SignedAsync(HttpMethod.Get, "/api/v3/order", $"symbol=BTCUSDT&origClientOrderId={id}");

    public override Task<WireAnswer> AccountAsync() => SignedAsync(HttpMethod.Get, "/api/v3/account", "");

    public override async Task<bool> MayWithdrawAsync() => (await SignedAsync(HttpMethod.Get, "/sapi/v1/account/apiRestrictions", "")).Json.GetProperty("enableWithdrawals").GetBoolean();

    public override long ServerMillis(WireAnswer time) => time.Json.GetProperty("serverTime").GetInt64();

    public override bool IsFound(WireAnswer query, string id) => query.Status == 200 && query.Text.Contains($"\"clientOrderId\":\"{id}\"", StringComparison.Ordinal);

    public override int CodeOf(WireAnswer answer) => answer.Status == 200 ? 0 : answer.Json.GetProperty("code").GetInt32();

    public override async Task<RawSocket> ListenAsync(string channel, bool awaitsAnswer)
    {
        var socket = await RawSocket.ConnectAsync(_bench.Handle.Port, "/ws");
        var stream = channel switch { "book" => "depth@100ms", "best" => "bookTicker", _ => "trade" };
        await socket.SendAsync($"{{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@{stream}\"],\"id\":1}}");
        if (awaitsAnswer)
        {
            await socket.ReceiveJsonAsync();
        }

        return socket;
    }

    public override async Task<RawSocket> ListenToAccountAsync()
    {
        var socket = await OpenTradeAsync();
        await socket.SendAsync(Call("userDataStream.subscribe.signature", ""));
        await socket.ReceiveJsonAsync();
        return socket;
    }

    public override Task<RawSocket> OpenTradeAsync() => RawSocket.ConnectAsync(_bench.Handle.Port, "/ws-api/v3?returnRateLimits=false");

    public override string TradeMessage(string id, decimal price) => Call("order.place", Order(id, price, 0.01m, "BTCUSDT"));

    public override int CodeOf(JsonElement answer) => answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0;

    public override string Bid(JsonElement message) => message.GetProperty("b") is { ValueKind: JsonValueKind.Array } levels ? levels[0][0].GetString()! : message.GetProperty("b").GetString()!;

    public override long LastUpdate(JsonElement message) => (message.TryGetProperty("u", out var id) ? id : message.GetProperty("lastUpdateId")).GetInt64();

    public override string Told(JsonElement message)
    {
        if (!message.TryGetProperty("event", out var e))
        {
            return "answer";
        }

        return e.GetProperty("e").GetString() != "executionReport" ? "other" : e.GetProperty("x").GetString() switch
        {
            "NEW" => "new",
            "TRADE" => "fill",
            "CANCELED" => "closed",
            var other => other!,
        };
    }

    private static string Order(string id, decimal price, decimal quantity, string symbol) =>
        $"symbol={symbol}&side=BUY&type=LIMIT&timeInForce=GTC&quantity={Text(quantity)}&price={Text(price)}&newClientOrderId={id}";

    private string Call(string method, string query)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["apiKey"] = FaultBench.Key, ["timestamp"] = Now };
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')))
        {
            all[pair[0]] = pair[1];
        }

        all["signature"] = Sign(string.Join('&', all.Select(p => $"{p.Key}={p.Value}")));
        return $"{{\"id\":{++_requests},\"method\":\"{method}\",\"params\":{JsonSerializer.Serialize(all)}}}";
    }

    private Task<WireAnswer> SignedAsync(HttpMethod method, string path, string query)
    {
        query = $"{query}{(query.Length > 0 ? "&" : "")}recvWindow=60000&timestamp={Now}";
        var request = new HttpRequestMessage(method, $"{path}?{query}&signature={Sign(query)}");
        request.Headers.Add("X-MBX-APIKEY", FaultBench.Key);
        if (method != HttpMethod.Get)
        {
            request.Content = new StringContent("");
            request.Content.Headers.ContentType = null;
        }

        return SendAsync(request);
    }
}

internal sealed class BybitFaultClient(FaultBench bench) : FaultClient(bench)
{
    private readonly FaultBench _bench = bench;
    private int _requests;

    public override string DepthPath => "/v5/market/orderbook?category=spot&symbol=BTCUSDT&limit=5";
    public override string TimePath => "/v5/market/time";
    public override string ListingPath => "/v5/market/instruments-info?category=spot";

    public override Task<WireAnswer> PlaceAsync(string id, decimal price, decimal quantity, string symbol) => PostAsync("/v5/order/create", Order(id, price, quantity, symbol));

    public override Task<WireAnswer> CancelAsync(string id) => PostAsync("/v5/order/cancel", $"{{\"category\":\"spot\",\"symbol\":\"BTCUSDT\",\"orderLinkId\":\"{id}\"}}");

    public override Task<WireAnswer> OpenOrdersAsync() => AskAsync("/v5/order/realtime", "category=spot&symbol=BTCUSDT");

    public override Task<WireAnswer> QueryAsync(string id) => AskAsync("/v5/order/realtime", $"category=spot&orderLinkId={id}");

    public override Task<WireAnswer> AccountAsync() => AskAsync("/v5/account/wallet-balance", "accountType=UNIFIED");

    public override async Task<bool> MayWithdrawAsync() => (await AskAsync("/v5/user/query-api", "")).Text.Contains("\"Withdraw\"", StringComparison.Ordinal);

    public override long ServerMillis(WireAnswer time) => time.Json.GetProperty("time").GetInt64();

    public override bool IsFound(WireAnswer query, string id) => query.Text.Contains($"\"orderLinkId\":\"{id}\"", StringComparison.Ordinal);

    public override int CodeOf(WireAnswer answer) => answer.Json.GetProperty("retCode").GetInt32();

    public override async Task<RawSocket> ListenAsync(string channel, bool awaitsAnswer)
    {
        var socket = await RawSocket.ConnectAsync(_bench.Handle.Port, "/v5/public/spot");
        var topic = channel switch { "book" => "orderbook.50", "best" => "orderbook.1", _ => "publicTrade" };
        await socket.SendAsync($"{{\"req_id\":\"1\",\"op\":\"subscribe\",\"args\":[\"{topic}.BTCUSDT\"]}}");
        if (awaitsAnswer)
        {
            await socket.ReceiveJsonAsync();
        }

        return socket;
    }

    public override async Task<RawSocket> ListenToAccountAsync()
    {
        var socket = await OpenAsync("/v5/private");
        await socket.SendAsync("{\"req_id\":\"1\",\"op\":\"subscribe\",\"args\":[\"order\",\"execution\"]}");
        await socket.ReceiveJsonAsync();
        return socket;
    }

    public override Task<RawSocket> OpenTradeAsync() => OpenAsync("/v5/trade");

    public override string TradeMessage(string id, decimal price) =>
        $"{{\"reqId\":\"r{++_requests}\",\"header\":{{\"X-BAPI-TIMESTAMP\":\"{Now}\"}},\"op\":\"order.create\",\"args\":[{Order(id, price, 0.01m, "BTCUSDT")}]}}";

    public override int CodeOf(JsonElement answer) => answer.GetProperty("retCode").GetInt32();

    public override string Bid(JsonElement message) =>
        (message.TryGetProperty("data", out var data) ? data : message.GetProperty("result")).GetProperty("b")[0][0].GetString()!;

    public override long LastUpdate(JsonElement message) =>
        (message.TryGetProperty("data", out var data) ? data : message.GetProperty("result")).GetProperty("u").GetInt64();

    public override string Told(JsonElement message) => !message.TryGetProperty("topic", out var topic) ? "answer" : topic.GetString() switch
    {
        "execution" => "fill",
        "order" => message.GetProperty("data")[0].GetProperty("orderStatus").GetString() switch
        {
            "New" => "new",
            "Cancelled" or "PartiallyFilledCanceled" => "closed",
            var other => other!,
        },
        _ => "other",
    };

    private static string Order(string id, decimal price, decimal quantity, string symbol) =>
        $"{{\"category\":\"spot\",\"symbol\":\"{symbol}\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"{Text(quantity)}\",\"price\":\"{Text(price)}\",\"orderLinkId\":\"{id}\"}}";

    private async Task<RawSocket> OpenAsync(string path)
    {
        var socket = await RawSocket.ConnectAsync(_bench.Handle.Port, path);
        var expires = (_bench.Venue.Clock.NowMillis + 10_000).ToString(CultureInfo.InvariantCulture);
        await socket.SendAsync($"{{\"req_id\":\"a\",\"reqId\":\"a\",\"op\":\"auth\",\"args\":[\"{FaultBench.Key}\",{expires},\"{Sign("GET/realtime" + expires)}\"]}}");
        await socket.ReceiveJsonAsync();
        return socket;
    }

    private Task<WireAnswer> AskAsync(string path, string query)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?{query}");
        return SendAsync(Signed(request, query));
    }

    private Task<WireAnswer> PostAsync(string path, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        return SendAsync(Signed(request, body));
    }

    private HttpRequestMessage Signed(HttpRequestMessage request, string payload)
    {
        var now = Now;
        request.Headers.Add("X-BAPI-API-KEY", FaultBench.Key);
        request.Headers.Add("X-BAPI-TIMESTAMP", now);
        request.Headers.Add("X-BAPI-RECV-WINDOW", "60000");
        request.Headers.Add("X-BAPI-SIGN", Sign(now + FaultBench.Key + "60000" + payload));
        return request;
    }
}
