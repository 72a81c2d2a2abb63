using System.Text.Json;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance;

/// <summary>What clients ask the wallet API for while they load their markets.</summary>
public sealed class WalletTests : IAsyncLifetime
{
    private SimulatorHost _host = null!;
    private BinanceTestClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await Simulators.StartAsync();
        _client = new BinanceTestClient(_host["binance"]);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Coins_are_those_of_the_markets_with_a_network_and_the_callers_balance()
    {
        var coins = (await _client.SignedAsync(HttpMethod.Get, "/sapi/v1/capital/config/getall", "")).Json.EnumerateArray().ToArray();
        var account = (await _client.SignedAsync(HttpMethod.Get, "/api/v3/account", "")).Json.GetProperty("balances");

        coins.Select(c => c.GetProperty("coin").GetString()).ShouldBeUnique();
        foreach (var asset in (string[])["BTC", "ETH", "USDT"])
        {
            var coin = coins.Single(c => c.GetProperty("coin").GetString() == asset);
            coin.GetProperty("trading").GetBoolean().ShouldBeTrue();
            var network = coin.GetProperty("networkList").EnumerateArray().ShouldHaveSingleItem();
            network.GetProperty("network").GetString().ShouldBe(asset);
            network.GetProperty("withdrawEnable").GetBoolean().ShouldBeFalse();
            var balance = account.EnumerateArray().Single(b => b.GetProperty("asset").GetString() == asset);
            (Number(coin, "free") + Number(coin, "locked")).ShouldBe(Number(balance, "free") + Number(balance, "locked"));
        }
    }

    [Fact]
    public async Task Trade_fees_are_those_of_the_account_for_one_market_or_for_all()
    {
        var one = (await _client.SignedAsync(HttpMethod.Get, "/sapi/v1/asset/tradeFee", "symbol=BTCUSDT")).Json;
        one.GetArrayLength().ShouldBe(1);
        Number(one[0], "makerCommission").ShouldBe(0.001m);
        Number(one[0], "takerCommission").ShouldBe(0.001m);

        var all = (await _client.SignedAsync(HttpMethod.Get, "/sapi/v1/asset/tradeFee", "")).Json;
        all.GetArrayLength().ShouldBe((await _client.GetAsync("/api/v3/exchangeInfo")).Json.GetProperty("symbols").GetArrayLength());
        (await _client.SignedAsync(HttpMethod.Get, "/sapi/v1/asset/tradeFee", "symbol=NOPE")).Code.ShouldBe(-1121);
    }

    [Fact]
    public async Task Wallet_answers_ask_for_a_valid_signature()
    {
        (await _client.SignedRawAsync(HttpMethod.Get, "/sapi/v1/capital/config/getall", $"timestamp={BinanceTestClient.Now}", "00")).Code.ShouldBe(-1022);
        (await _client.GetAsync("/sapi/v1/asset/tradeFee")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Status_margin_pairs_and_rights_of_the_key_are_answered_and_cost_no_weight_of_spot()
    {
        var before = UsedWeight(await _client.GetAsync("/sapi/v1/system/status"));

        (await _client.GetAsync("/sapi/v1/system/status")).Json.GetProperty("status").GetInt32().ShouldBe(0);
        (await _client.GetAsync("/sapi/v1/margin/allPairs")).Json.GetArrayLength().ShouldBe(0);
        (await _client.SignedAsync(HttpMethod.Get, "/sapi/v1/margin/isolated/allPairs", "")).Json.GetArrayLength().ShouldBe(0);
        var rights = await _client.SignedAsync(HttpMethod.Get, "/sapi/v1/account/apiRestrictions", "");
        rights.Json.GetProperty("enableSpotAndMarginTrading").GetBoolean().ShouldBeTrue();
        rights.Json.GetProperty("enableWithdrawals").GetBoolean().ShouldBeFalse();
        UsedWeight(rights).ShouldBe(before);
    }

    private static string UsedWeight(Reply reply) => reply.Response.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single();

    private static decimal Number(JsonElement item, string name) =>
        decimal.Parse(item.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
