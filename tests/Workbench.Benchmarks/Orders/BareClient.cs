using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Workbench.Benchmarks.Orders;

/// <summary>The same order as somebody writes it by hand: a form, an HMAC, <see cref="HttpClient"/>, and the status read from the answer. No journal, no limits, no state, no proof of what was sent.</summary>
internal sealed class BareClient(Uri rest) : IOrderClient
{
    public const string ApiKey = "benchmark-key";
    public const string Secret = "benchmark-secret-that-opens-nothing";

    private static readonly byte[] SecretBytes = Encoding.UTF8.GetBytes(Secret);
    private static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private readonly Uri _address = new(rest, "/api/v3/order");
    private long _number;

    public string Name => "bare HttpClient";

    public async Task PlaceAsync()
    {
        var form = string.Create(
            CultureInfo.InvariantCulture,
            $"symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=61234.57&newClientOrderId=w{++_number:D16}&newOrderRespType=FULL&recvWindow=5000&timestamp={DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(SecretBytes, Encoding.ASCII.GetBytes(form)));
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"{form}&signature={signature}"));
        content.Headers.ContentType = Form;
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
        request.Headers.TryAddWithoutValidation("X-MBX-APIKEY", ApiKey);
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        if (!IsFilled(body))
        {
            throw new InvalidOperationException("The order was not filled.");
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsFilled(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("status"u8))
            {
                reader.Read();
                return reader.ValueTextEquals("FILLED"u8);
            }
        }

        return false;
    }
}
