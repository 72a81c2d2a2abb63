using System.Text.Json;

namespace Workbench.Simulator.Tests.Bybit;

/// <summary>
/// Holds our answers and pushes against the recorded ones: every member that the live venue sends for spot is there, in the
/// same JSON kind. Exempt is what the live venue no longer sends, or sends for other categories only.
/// </summary>
public sealed class RecordedShapeTests
{
    private static readonly HashSet<string> Exempt =
    [
        "data[].createType", // absent on spot today
        "data[].tpslMode", // null in one client's copy
        "data[].extraFees", // "" in most records, [] in one
        "result.nextPageCursor", // spot instruments come in one piece
        "result.list[].riskParameters.limitParameter", // before the price limit formula of 2024
        "result.list[].riskParameters.marketParameter",
    ];

    public static TheoryData<string, string> Queries => new()
    {
        { "/v5/market/time", "" },
        { "/v5/market/instruments-info", "category=spot" },
        { "/v5/market/orderbook", "category=spot&symbol=BTCUSDT" },
        { "/v5/market/tickers", "category=spot&symbol=BTCUSDT" },
        { "/v5/market/kline", "category=spot&symbol=BTCUSDT&interval=1" },
        { "/v5/market/recent-trade", "category=spot&symbol=BTCUSDT" },
        { "/v5/market/price-limit", "category=spot&symbol=BTCUSDT" },
        { "/v5/order/realtime", "category=spot" },
        { "/v5/order/history", "category=spot" },
        { "/v5/execution/list", "category=spot" },
        { "/v5/account/wallet-balance", "accountType=UNIFIED" },
        { "/v5/account/info", "" },
        { "/v5/account/fee-rate", "category=spot&symbol=BTCUSDT" },
        { "/v5/account/user-setting-config", "" },
        { "/v5/account/transaction-log", "category=spot" },
        { "/v5/asset/coin/query-info", "" },
        { "/v5/user/query-api", "" },
    };

    public static TheoryData<string, string> Commands => new()
    {
        { "/v5/order/create", BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"") },
        { "/v5/order/amend", BybitTestClient.Spot("\"orderLinkId\":\"open\",\"qty\":\"0.2\"") },
        { "/v5/order/cancel", BybitTestClient.Spot("\"orderLinkId\":\"open\"") },
        { "/v5/order/cancel-all", "{\"category\":\"spot\"}" },
        { "/v5/order/create-batch", "{\"category\":\"spot\",\"request\":[{\"symbol\":\"BTCUSDT\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"}]}" },
        { "/v5/order/amend-batch", "{\"category\":\"spot\",\"request\":[{\"symbol\":\"BTCUSDT\",\"orderLinkId\":\"open\",\"qty\":\"0.2\"}]}" },
        { "/v5/order/cancel-batch", "{\"category\":\"spot\",\"request\":[{\"symbol\":\"BTCUSDT\",\"orderLinkId\":\"open\"}]}" },
        { "/v5/account/set-limit-px-action", "{\"category\":\"spot\",\"modifyEnable\":true}" },
    };

    public static TheoryData<string, string, string> Pushes => new()
    {
        { "private", "order", "WS-PRIVATE/order" },
        { "private", "execution", "WS-PRIVATE/execution" },
        { "private", "execution.fast", "WS-PRIVATE/execution.fast" },
        { "private", "wallet", "WS-PRIVATE/wallet" },
        { "public", "publicTrade.BTCUSDT", "WS-PUBLIC/publicTrade.symbol" },
        { "public", "tickers.BTCUSDT", "WS-PUBLIC/tickers.symbol" },
        { "public", "orderbook.50.BTCUSDT", "WS-PUBLIC/orderbook.depth.symbol" },
        { "public", "orderbook.1.BTCUSDT", "WS-PUBLIC/orderbook.depth.symbol" },
        { "public", "kline.1.BTCUSDT", "WS-PUBLIC/kline.interval.symbol" },
        { "public", "priceLimit.BTCUSDT", "WS-PUBLIC/priceLimit.symbol" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Queries_answer_in_the_recorded_shape(string path, string query)
    {
        await using var bench = await TradedAsync();
        var reply = query.Length == 0 || path.StartsWith("/v5/market", StringComparison.Ordinal)
            ? await bench.Client.GetAsync(path.StartsWith("/v5/market", StringComparison.Ordinal) ? $"{path}?{query}" : path) is { Status: 200 } open
                ? open
                : await bench.Client.PrivateGetAsync(path)
            : await bench.Client.PrivateGetAsync(path, query);
        Check("REST/GET" + path.Replace('/', '_'), "response_", reply.Json, path);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Commands_answer_in_the_recorded_shape(string path, string body)
    {
        await using var bench = await TradedAsync();
        Check("REST/POST" + path.Replace('/', '_'), "response_", (await bench.Client.PostAsync(path, body)).Json, path);
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public async Task Pushes_have_the_recorded_shape(string name, string topic, string folder)
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = name == "private" ? await bench.Client.ListenAsync(topic) : await bench.Client.ConnectAsync(name);
        if (name == "public")
        {
            await socket.SubscribeAsync(topic);
        }

        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        bench.Advance(TimeSpan.FromSeconds(1));
        Check(folder, "push_", (await socket.DrainAsync())[^1], topic);
    }

    private static async Task<BybitBench> TradedAsync()
    {
        var bench = await BybitBench.StartAsync();
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        await bench.Client.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"open\"");
        return bench;
    }

    private static void Check(string folder, string prefix, JsonElement answer, string what)
    {
        var differences = new SortedSet<string>();
        var compared = 0;
        foreach (var (file, recorded) in Recorded.All(folder, prefix).Where(r => Concerns(r.Json, what)))
        {
            compared++;
            foreach (var difference in Shape.Differences(recorded, answer, Exempt))
            {
                differences.Add($"{difference} ({Path.GetFileName(file)})");
            }
        }

        compared.ShouldBeGreaterThan(0, "nothing recorded concerns it");
        differences.ShouldBeEmpty(string.Join('\n', differences));
    }

    // A file concerns spot when it says so, or when only spot has what it holds.
    private static bool Concerns(JsonElement recorded, string what)
    {
        if (recorded.ValueKind != JsonValueKind.Object || (recorded.TryGetProperty("retCode", out var code) && code.GetInt32() != 0))
        {
            return false;
        }

        // Without an envelope it is some client's own notation, not the venue's.
        var isPush = recorded.TryGetProperty("data", out var data);
        if (!isPush && !recorded.TryGetProperty("retCode", out _))
        {
            return false;
        }

        var result = isPush ? data : recorded.GetProperty("result");
        var category = result.ValueKind == JsonValueKind.Object && result.TryGetProperty("category", out var named) ? named.GetString() : "";
        var item = First(result);
        return what switch
        {
            "/v5/market/instruments-info" => item.TryGetProperty("lotSizeFilter", out var lot) && lot.TryGetProperty("basePrecision", out _),
            "/v5/order/history" or "/v5/execution/list" => !item.TryGetProperty("avgPrice", out var price) || price.ValueKind == JsonValueKind.String,
            "/v5/market/kline" => true,
            "tickers.BTCUSDT" => result.TryGetProperty("usdIndexPrice", out _),
            "publicTrade.BTCUSDT" => !item.TryGetProperty("L", out _),
            "wallet" => !item.TryGetProperty("totalPerpUpl", out _),
            "order" => item.TryGetProperty("category", out var of) && of.GetString() == "spot",
            _ => category is "" or "spot",
        };
    }

    private static JsonElement First(JsonElement result)
    {
        var list = result.ValueKind == JsonValueKind.Object && result.TryGetProperty("list", out var inner) ? inner : result;
        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 ? list[0] : list;
    }

}
