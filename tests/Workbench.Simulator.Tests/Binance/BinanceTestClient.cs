using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance;

/// <summary>A plain client that knows nothing of the simulator's insides.</summary>
internal sealed class BinanceTestClient(VenueHandle venue) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = venue.Rest, Timeout = TimeSpan.FromSeconds(20) };

    public HttpClient Http => _http;

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public async Task<Reply> GetAsync(string pathAndQuery) => await SendAsync(new HttpRequestMessage(HttpMethod.Get, pathAndQuery));

    public Task<Reply> SignedAsync(HttpMethod method, string path, string query) =>
        SignedRawAsync(method, path, $"{query}{(query.Length > 0 ? "&" : "")}timestamp={Now}");

    public async Task<Reply> SignedRawAsync(HttpMethod method, string path, string query, string? signature = null)
    {
        var request = new HttpRequestMessage(method, $"{path}?{query}&signature={signature ?? Hmac(query)}");
        request.Headers.Add("X-MBX-APIKEY", venue.ApiKey);
        if (method != HttpMethod.Get)
        {
            // Content keeps HttpClient from silently sending the request again.
            request.Content = new StringContent("");
            request.Content.Headers.ContentType = null;
        }

        return await SendAsync(request);
    }

    public Task<Reply> OrderAsync(string query) => SignedAsync(HttpMethod.Post, "/api/v3/order", query);

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Reply((int)response.StatusCode, text, response);
    }

    public string Hmac(string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(venue.ApiSecret), Encoding.UTF8.GetBytes(payload)));

    public async Task<TestSocket> ConnectAsync(string path) => await TestSocket.ConnectAsync(new UriBuilder("ws", "127.0.0.1", venue.Port).Uri, path);

    public void Dispose() => _http.Dispose();
}

internal sealed record Reply(int Status, string Text, HttpResponseMessage Response)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public int Code => Json.GetProperty("code").GetInt32();

    public string Message => Json.GetProperty("msg").GetString()!;
}

internal sealed class TestSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    public ClientWebSocket Socket => _socket;

    public static async Task<TestSocket> ConnectAsync(Uri address, string path)
    {
        var socket = new TestSocket();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await socket._socket.ConnectAsync(new Uri(address, path), timeout.Token);
        return socket;
    }

    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next message, or null when the server closed.</summary>
    public async Task<string?> ReceiveTextAsync(TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(20));
        var length = 0;
        while (true)
        {
            var result = await _socket.ReceiveAsync(_buffer.AsMemory(length), limit.Token);
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

    public async Task<JsonElement> ReceiveAsync() => JsonDocument.Parse((await ReceiveTextAsync())!).RootElement;

    /// <summary>Skips messages until one fits.</summary>
    public async Task<JsonElement> ReceiveAsync(Func<JsonElement, bool> fits)
    {
        while (true)
        {
            var message = await ReceiveAsync();
            if (fits(message))
            {
                return message;
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
