namespace Workbench.Simulator.Tests.Bybit;

/// <summary>What clients ask for holdings, and how they page through bars.</summary>
public sealed class AssetTests
{
    [Fact]
    public async Task Balances_are_in_the_unified_account_and_none_in_the_funding_account()
    {
        await using var bench = await BybitBench.StartAsync();
        const string path = "/v5/asset/transfer/query-account-coins-balance";

        await bench.Client.LimitAsync("Buy", "0.1", "50000");

        var unified = (await bench.Client.PrivateGetAsync(path, "accountType=UNIFIED&coin=USDT")).Result.GetProperty("balance")[0];
        (unified.Get("coin"), unified.Get("walletBalance"), unified.Get("transferBalance")).ShouldBe(("USDT", "1000000", "995000"));
        (await bench.Client.PrivateGetAsync(path, "accountType=FUND")).Result.GetProperty("balance").GetArrayLength().ShouldBe(0);
        (await bench.Client.PrivateGetAsync(path, "accountType=NOPE")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task Bars_from_a_start_alone_are_the_first_ones_after_it()
    {
        await using var bench = await BybitBench.StartAsync(nowMillis: 1_700_000_040_000);
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        bench.Advance(TimeSpan.FromMinutes(10));
        const string query = "/v5/market/kline?category=spot&symbol=BTCUSDT&interval=1&limit=2&start=1700000040000";

        (await StartsAsync(query)).ShouldBe(["1700000100000", "1700000040000"]);
        (await StartsAsync(query + "&end=1700000400000")).ShouldBe(["1700000400000", "1700000340000"], "a range gives its newest bars");

        async Task<string?[]> StartsAsync(string request) =>
            [.. (await bench.Client.GetAsync(request)).List.EnumerateArray().Select(b => b[0].GetString())];
    }
}
