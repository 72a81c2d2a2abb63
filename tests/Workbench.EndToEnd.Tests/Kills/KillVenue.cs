using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Workbench.EndToEnd.Tests.Kills;

/// <summary>One simulated Binance of another process, as the owner of its account sees it over REST.</summary>
internal sealed record KillVenue(string Name, string Rest, string Stream, string Api, string Key, string Secret)
{
    private static readonly HttpClient Client = new();

    /// <summary>Every order the venue ever took, oldest first.</summary>
    public async Task<IReadOnlyList<VenueOrder>> OrdersAsync() =>
    [
        .. (await PagesAsync("/api/v3/allOrders", "orderId", e => e.GetProperty("orderId").GetInt64())).Select(e => new VenueOrder(
            e.GetProperty("clientOrderId").GetString()!, e.GetProperty("orderId").GetInt64(), e.GetProperty("status").GetString()!,
            decimal.Parse(e.GetProperty("origQty").GetString()!, CultureInfo.InvariantCulture),
            decimal.Parse(e.GetProperty("executedQty").GetString()!, CultureInfo.InvariantCulture))),
    ];

    /// <summary>Every execution.</summary>
    public async Task<IReadOnlyList<VenueTrade>> TradesAsync() =>
    [
        .. (await PagesAsync("/api/v3/myTrades", "fromId", e => e.GetProperty("id").GetInt64())).Select(e => new VenueTrade(
            e.GetProperty("id").GetInt64(), e.GetProperty("orderId").GetInt64(), e.GetProperty("isBuyer").GetBoolean(),
            decimal.Parse(e.GetProperty("qty").GetString()!, CultureInfo.InvariantCulture))),
    ];

    private async Task<List<JsonElement>> PagesAsync(string path, string from, Func<JsonElement, long> id)
    {
        List<JsonElement> all = [];
        while (true)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"symbol=BTCUSDT&limit=1000&{from}={(all.Count == 0 ? 0 : id(all[^1]) + 1)}&recvWindow=60000&timestamp={DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(query)));
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Rest.TrimEnd('/')}{path}?{query}&signature={signature}");
            request.Headers.Add("X-MBX-APIKEY", Key);
            using var response = await Client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            response.IsSuccessStatusCode.ShouldBeTrue(text);
            using var document = JsonDocument.Parse(text);
            var page = document.RootElement.EnumerateArray().Select(e => e.Clone()).ToArray();
            all.AddRange(page);
            if (page.Length < 1000)
            {
                return all;
            }
        }
    }
}

/// <summary>An order as its venue has it.</summary>
internal sealed record VenueOrder(string ClientId, long Id, string Status, decimal Quantity, decimal Executed);

/// <summary>An execution as its venue has it.</summary>
internal sealed record VenueTrade(long Id, long OrderId, bool IsBuy, decimal Quantity);
