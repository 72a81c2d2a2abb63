using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>How a request travels; every order call must do the same both ways.</summary>
public enum Wire
{
    Rest,
    WebSocket,
}

/// <summary>
/// A venue whose clock the test moves, so that nothing trades but what the test makes trade, and a client that calls it by
/// REST or by the WebSocket API.
/// </summary>
internal sealed class OrderBench : IAsyncDisposable
{
    public const string Symbol = "BTCUSDT";
    private static readonly Dictionary<string, (HttpMethod Method, string Path)> Rest = new()
    {
        ["order.place"] = (HttpMethod.Post, "/api/v3/order"),
        ["order.test"] = (HttpMethod.Post, "/api/v3/order/test"),
        ["order.cancel"] = (HttpMethod.Delete, "/api/v3/order"),
        ["order.cancelReplace"] = (HttpMethod.Post, "/api/v3/order/cancelReplace"),
        ["order.amend.keepPriority"] = (HttpMethod.Put, "/api/v3/order/amend/keepPriority"),
        ["order.amendments"] = (HttpMethod.Get, "/api/v3/order/amendments"),
        ["openOrders.cancelAll"] = (HttpMethod.Delete, "/api/v3/openOrders"),
        ["order.status"] = (HttpMethod.Get, "/api/v3/order"),
        ["openOrders.status"] = (HttpMethod.Get, "/api/v3/openOrders"),
        ["allOrders"] = (HttpMethod.Get, "/api/v3/allOrders"),
        ["myTrades"] = (HttpMethod.Get, "/api/v3/myTrades"),
        ["myPreventedMatches"] = (HttpMethod.Get, "/api/v3/myPreventedMatches"),
        ["myAllocations"] = (HttpMethod.Get, "/api/v3/myAllocations"),
        ["myFilters"] = (HttpMethod.Get, "/api/v3/myFilters"),
        ["account.status"] = (HttpMethod.Get, "/api/v3/account"),
        ["account.commission"] = (HttpMethod.Get, "/api/v3/account/commission"),
        ["account.rateLimits.orders"] = (HttpMethod.Get, "/api/v3/rateLimit/order"),
        ["orderList.place.oco"] = (HttpMethod.Post, "/api/v3/orderList/oco"),
        ["orderList.place.oto"] = (HttpMethod.Post, "/api/v3/orderList/oto"),
        ["orderList.place.otoco"] = (HttpMethod.Post, "/api/v3/orderList/otoco"),
        ["orderList.place.opo"] = (HttpMethod.Post, "/api/v3/orderList/opo"),
        ["orderList.place.opoco"] = (HttpMethod.Post, "/api/v3/orderList/opoco"),
        ["orderList.cancel"] = (HttpMethod.Delete, "/api/v3/orderList"),
        ["orderList.status"] = (HttpMethod.Get, "/api/v3/orderList"),
        ["openOrderLists.status"] = (HttpMethod.Get, "/api/v3/openOrderList"),
        ["allOrderLists"] = (HttpMethod.Get, "/api/v3/allOrderList"),
    };

    private readonly SimulatorHost _host;
    private readonly HttpClient _http;
    private readonly TestSocket _socket;
    private readonly List<Account> _others = [];
    private readonly Wire _wire;
    private TestSocket? _events;
    private int _lastId;

    private OrderBench(SimulatorHost host, Wire wire, TestSocket socket, FakeTimeProvider time)
    {
        _host = host;
        _wire = wire;
        _socket = socket;
        Time = time;
        _http = new HttpClient { BaseAddress = Venue.Rest, Timeout = TimeSpan.FromSeconds(20) };
    }

    public FakeTimeProvider Time { get; }
    public VenueHandle Venue => _host["binance"];
    public Account Account => Venue.Venue.Credentials[Venue.ApiKey].Account;
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();
    public decimal Bid => Venue.Venue.Execute(engine => engine.Books[Symbol].Top.BidPrice);
    public decimal Ask => Venue.Venue.Execute(engine => engine.Books[Symbol].Top.AskPrice);

    public static async Task<OrderBench> StartAsync(Wire wire = Wire.Rest, Func<VenueOptions, VenueOptions>? change = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 12, 0, 1, TimeSpan.Zero));
        var host = await Simulators.StartAsync(change, time);
        var address = new UriBuilder("ws", "127.0.0.1", host["binance"].Port).Uri;
        return new OrderBench(host, wire, await TestSocket.ConnectAsync(address, "/ws-api/v3"), time);
    }

    /// <summary>Calls by the name of the WebSocket method, on whichever wire the bench was started with.</summary>
    public Task<OrderReply> CallAsync(string method, string query = "") => _wire == Wire.Rest ? CallRestAsync(method, query) : CallSocketAsync(_socket, method, query);

    public Task<OrderReply> PlaceAsync(string query) => CallAsync("order.place", $"symbol={Symbol}&{query}");

    public Task<OrderReply> LimitAsync(string side, decimal quantity, decimal price, string more = "") =>
        PlaceAsync(Text($"side={side}&type=LIMIT&timeInForce=GTC&quantity={quantity}&price={price}") + (more.Length > 0 ? "&" + more : ""));

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public async Task<(decimal Free, decimal Locked)> BalanceAsync(string asset)
    {
        var account = await CallAsync("account.status");
        var balance = account.Body.GetProperty("balances").EnumerateArray().First(b => b.GetProperty("asset").GetString() == asset);
        return (balance.Dec("free"), balance.Dec("locked"));
    }

    public async Task<(int TenSeconds, int Day)> CountsAsync()
    {
        var limits = (await CallAsync("account.rateLimits.orders")).Body.EnumerateArray().ToList();
        return (limits[0].GetProperty("count").GetInt32(), limits[1].GetProperty("count").GetInt32());
    }

    public async Task<JsonElement> OrderAsync(string clientId) =>
        (await CallAsync("order.status", $"symbol={Symbol}&origClientOrderId={clientId}")).Body;

    public void Change(Func<Instrument, Instrument> change, string symbol = Symbol) => Venue.Venue.Execute(_ =>
    {
        var book = Venue.Venue.Market(symbol)!.Book;
        book.Instrument = change(book.Instrument);
    });

    public void ChangeSpot(Func<SpotRules, SpotRules> change) => Change(i => i with { Spot = change(i.Spot) });

    public void ChangeExchange(Func<ExchangeRules, ExchangeRules> change) =>
        Venue.Venue.Execute(_ => Venue.Venue.ExchangeRules = change(Venue.Venue.ExchangeRules));

    /// <summary>Places a limit order of somebody else.</summary>
    public Order Other(Side side, decimal quantity, decimal price, TimeInForce tif = TimeInForce.Gtc, int who = 0, SelfTradePrevention prevention = SelfTradePrevention.None)
    {
        while (_others.Count <= who)
        {
            _others.Add(Venue.Venue.OpenAccount("other" + _others.Count, 0, 0, [new("BTC", 10_000m), new("USDT", 900_000_000_000m)]));
        }

        return Venue.Venue.Execute(engine =>
        {
            var result = engine.Place(_others[who], new NewOrder
            {
                Symbol = Symbol,
                Side = side,
                Type = OrderType.Limit,
                TimeInForce = tif,
                Quantity = quantity,
                Price = price,
                SelfTradePrevention = prevention,
                Tag = new OrderTag(OrderKind.Find("LIMIT")!, "NONE"),
            });
            result.Rejection.ShouldBe(Rejection.None);
            return result.Order!;
        });
    }

    /// <summary>Lets others trade so that the last price is this one.</summary>
    public void TradeAt(decimal price)
    {
        Other(Side.Buy, 1000, price, TimeInForce.Ioc);
        Other(Side.Sell, 1000, price, TimeInForce.Ioc);
        Other(Side.Sell, 0.001m, price);
        Other(Side.Buy, 0.001m, price, who: 1);
    }

    /// <summary>Listens to the account from here on.</summary>
    public async Task ListenAsync()
    {
        _events = await TestSocket.ConnectAsync(new UriBuilder("ws", "127.0.0.1", Venue.Port).Uri, "/ws-api/v3");
        (await CallSocketAsync(_events, "userDataStream.subscribe.signature", "")).Status.ShouldBe(200);
    }

    /// <summary>The events of one engine step: everything up to the next account position, that included.</summary>
    public async Task<List<JsonElement>> StepAsync()
    {
        var events = new List<JsonElement>();
        do
        {
            events.Add((await _events!.ReceiveAsync(m => m.TryGetProperty("event", out _))).GetProperty("event"));
        }
        while (events[^1].GetProperty("e").GetString() != "outboundAccountPosition");
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        _events?.Dispose();
        _socket.Dispose();
        _http.Dispose();
        await _host.DisposeAsync();
    }

    public async Task<OrderReply> CallRestAsync(string method, string query)
    {
        var (verb, path) = Rest[method];
        var payload = query + (query.Length > 0 ? "&" : "") + Text($"timestamp={Now}");
        using var request = new HttpRequestMessage(verb, $"{path}?{payload}&signature={Hmac(payload)}");
        request.Headers.Add("X-MBX-APIKEY", Venue.ApiKey);
        if (verb != HttpMethod.Get)
        {
            request.Content = new StringContent("");
            request.Content.Headers.ContentType = null;
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var headers = response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new OrderReply((int)response.StatusCode, text, JsonDocument.Parse(text).RootElement, headers);
    }

    private async Task<OrderReply> CallSocketAsync(TestSocket socket, string method, string query)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["apiKey"] = Venue.ApiKey, ["timestamp"] = Text($"{Now}") };
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            parameters[pair[..pair.IndexOf('=')]] = Uri.UnescapeDataString(pair[(pair.IndexOf('=') + 1)..]);
        }

        parameters["signature"] = Hmac(string.Join('&', parameters.Select(p => $"{p.Key}={p.Value}")));
        var id = ++_lastId;
        await socket.SendAsync($$"""{"id":{{id}},"method":"{{method}}","params":{{JsonSerializer.Serialize(parameters)}}}""");
        var reply = await socket.ReceiveAsync(m => m.TryGetProperty("id", out var own) && own.ValueKind == JsonValueKind.Number && own.GetInt32() == id);
        var body = reply.GetProperty(reply.TryGetProperty("result", out _) ? "result" : "error");
        return new OrderReply(reply.GetProperty("status").GetInt32(), reply.GetRawText(), body, CountHeaders(reply));
    }

    // The counters of the socket, under the names they have as headers; answers given in the venue's place have none.
    private static Dictionary<string, string> CountHeaders(JsonElement reply) => (reply.TryGetProperty("rateLimits", out var limits) ? limits.EnumerateArray() : default)
        .Where(l => l.GetProperty("rateLimitType").GetString() == "ORDERS")
        .ToDictionary(
            l => $"X-MBX-ORDER-COUNT-{l.GetProperty("intervalNum")}{l.GetProperty("interval").GetString()![0]}",
            l => l.GetProperty("count").GetRawText());

    private string Hmac(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Venue.ApiSecret), Encoding.UTF8.GetBytes(payload)));
}

/// <summary>A reply of either wire: the result, or the error object.</summary>
internal sealed record OrderReply(int Status, string Raw, JsonElement Body, IReadOnlyDictionary<string, string> Headers)
{
    public int Code => Body.GetProperty("code").GetInt32();

    public string Message => Body.GetProperty("msg").GetString()!;

    public OrderReply Ok()
    {
        Status.ShouldBe(200, Raw);
        return this;
    }

    public void ShouldRefuse(int code, string message, int status = 400)
    {
        Status.ShouldBe(status, Raw);
        (Code, Message).ShouldBe((code, message), Raw);
    }
}

internal static class JsonReading
{
    public static decimal Dec(this JsonElement json, string name) => decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    public static string? Str(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static long Num(this JsonElement json, string name) => json.GetProperty(name).GetInt64();

    public static bool Has(this JsonElement json, string name) => json.TryGetProperty(name, out _);
}
