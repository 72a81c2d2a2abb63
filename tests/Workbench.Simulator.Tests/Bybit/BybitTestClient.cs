using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Bybit;

/// <summary>A plain client over HttpClient and ClientWebSocket; it signs with the venue's clock unless told otherwise.</summary>
internal sealed class BybitTestClient(VenueHandle venue, string key, string secret) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = venue.Rest, Timeout = TimeSpan.FromSeconds(20) };
    private int _requests;

    public HttpClient Http => _http;

    private string Now => venue.Venue.Clock.NowMillis.ToString(CultureInfo.InvariantCulture);

    public Task<BybitReply> GetAsync(string pathAndQuery) => SendAsync(new HttpRequestMessage(HttpMethod.Get, pathAndQuery));

    public Task<BybitReply> PrivateGetAsync(string path, string query = "") => SignedAsync(HttpMethod.Get, path, query);

    public Task<BybitReply> PostAsync(string path, string body) => SignedAsync(HttpMethod.Post, path, body);

    public Task<BybitReply> CreateAsync(string members) => PostAsync("/v5/order/create", Spot(members));

    public static string Spot(string members) => "{\"category\":\"spot\",\"symbol\":\"BTCUSDT\"," + members + "}";

    public Task<BybitReply> LimitAsync(string side, string qty, string price, string more = "") =>
        CreateAsync($"\"side\":\"{side}\",\"orderType\":\"Limit\",\"qty\":\"{qty}\",\"price\":\"{price}\"{more}");

    public Task<BybitReply> SignedAsync(
        HttpMethod method, string path, string payload, string? timestamp = null, string? window = "5000", string? signature = null, string? apiKey = null)
    {
        timestamp ??= Now;
        var request = method == HttpMethod.Get
            ? new HttpRequestMessage(method, Verbatim(payload.Length > 0 ? $"{path}?{payload}" : path))
            : new HttpRequestMessage(method, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(payload)) };
        request.Headers.Add("X-BAPI-API-KEY", apiKey ?? key);
        request.Headers.Add("X-BAPI-TIMESTAMP", timestamp);
        request.Headers.Add("X-BAPI-SIGN", signature ?? Sign(timestamp + (apiKey ?? key) + window + payload));
        if (window is not null)
        {
            request.Headers.Add("X-BAPI-RECV-WINDOW", window);
        }

        return SendAsync(request);
    }

    public string Sign(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    public async Task<BybitReply> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        return new BybitReply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public async Task<BybitTestSocket> ConnectAsync(string name, string query = "")
    {
        var socket = new BybitTestSocket();
        await socket.Socket.ConnectAsync(new Uri(venue.Address(name) + query), CancellationToken.None);
        return socket;
    }

    /// <summary>An authenticated socket, private or trade.</summary>
    public async Task<BybitTestSocket> LoginAsync(string name, string query = "")
    {
        var socket = await ConnectAsync(name, query);
        await socket.SendAsync(AuthMessage(venue.Venue.Clock.NowMillis + 10_000));
        await socket.ReceiveAsync();
        return socket;
    }

    public string AuthMessage(long expires, string? signature = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"req_id\":\"a\",\"reqId\":\"a\",\"op\":\"auth\",\"args\":[\"{key}\",{expires},\"{signature ?? Sign($"GET/realtime{expires}")}\"]}}");

    /// <summary>A private socket that listens to these topics.</summary>
    public async Task<BybitTestSocket> ListenAsync(params string[] topics)
    {
        var socket = await LoginAsync("private");
        await socket.SubscribeAsync(topics);
        return socket;
    }

    public string TradeMessage(string op, string args, string? reqId = null, string? timestamp = null) =>
        $"{{\"reqId\":\"{reqId ?? $"r{++_requests}"}\",\"header\":{{\"X-BAPI-TIMESTAMP\":\"{timestamp ?? Now}\",\"X-BAPI-RECV-WINDOW\":\"5000\"}},\"op\":\"{op}\",\"args\":[{args}]}}";

    public void Dispose() => _http.Dispose();

    // Keeps HttpClient from escaping what the test wants to send raw.
    private Uri Verbatim(string pathAndQuery) => new(
        venue.Rest.GetLeftPart(UriPartial.Authority) + pathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}

internal sealed record BybitReply(int Status, string Text, HttpResponseMessage Response)
{
    public JsonElement Json { get; } = Text.StartsWith('{') ? JsonDocument.Parse(Text).RootElement : default;
    public int Code => Json.GetProperty("retCode").GetInt32();
    public JsonElement Result => Json.GetProperty("result");
    public JsonElement List => Result.GetProperty("list");
    public string OrderId => Result.GetProperty("orderId").GetString()!;

    public string Header(string name) => Response.Headers.GetValues(name).Single();
}

internal sealed class BybitTestSocket : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 20];

    public ClientWebSocket Socket { get; } = new();

    public Task SendAsync(string text) =>
        Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public async Task<JsonElement> AskAsync(string text)
    {
        await SendAsync(text);
        return await ReceiveAsync();
    }

    /// <summary>Subscribes and returns the acknowledgement.</summary>
    public Task<JsonElement> SubscribeAsync(params string[] topics) =>
        AskAsync($"{{\"req_id\":\"s\",\"op\":\"subscribe\",\"args\":[{string.Join(',', topics.Select(t => $"\"{t}\""))}]}}");

    public async Task<JsonElement> ReceiveAsync() =>
        JsonDocument.Parse(await ReceiveTextAsync() ?? throw new InvalidOperationException("The server closed.")).RootElement;

    /// <summary>Null when the server closed.</summary>
    public async Task<string?> ReceiveTextAsync(TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(20));
        var length = 0;
        while (true)
        {
            var result = await Socket.ReceiveAsync(_buffer.AsMemory(length), limit.Token);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += result.Count;
            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    /// <summary>
    /// Everything pushed up to now, in order: a ping is sent, and because one queue serves a connection all that comes before
    /// its answer was pushed before.
    /// </summary>
    public async Task<List<JsonElement>> DrainAsync()
    {
        await SendAsync("{\"req_id\":\"drain\",\"reqId\":\"drain\",\"op\":\"ping\"}");
        var messages = new List<JsonElement>();
        while (true)
        {
            var message = await ReceiveAsync();
            if (message.TryGetProperty("op", out _) && message.GetRawText().Contains("\"drain\"", StringComparison.Ordinal))
            {
                return messages;
            }

            messages.Add(message);
        }
    }

    public void Dispose() => Socket.Dispose();
}

internal static class JsonReading
{
    public static string Get(this JsonElement json, string name) => json.GetProperty(name).ToString();

    public static JsonElement First(this JsonElement push) => push.GetProperty("data")[0];

    /// <summary>Topic and, for orders, status: how an event script of the notes reads.</summary>
    public static string[] Script(this IEnumerable<JsonElement> pushes) =>
        [.. pushes.Select(p => p.Get("topic") == "order" ? $"order {p.First().Get("orderStatus")}" : p.Get("topic"))];
}
