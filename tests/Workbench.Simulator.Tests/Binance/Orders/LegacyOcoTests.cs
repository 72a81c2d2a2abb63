using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>The deprecated way to place a pair, which some clients still know alone.</summary>
public sealed class LegacyOcoTests : IAsyncLifetime
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

    [Theory]
    [InlineData("SELL", 70000, 55000, "&stopLimitPrice=54900&stopLimitTimeInForce=GTC", "STOP_LOSS_LIMIT")]
    [InlineData("BUY", 55000, 70000, "&stopLimitPrice=70100&stopLimitTimeInForce=GTC", "STOP_LOSS_LIMIT")]
    [InlineData("SELL", 70000, 55000, "", "STOP_LOSS")]
    public async Task Old_pair_is_placed_as_its_successor_would(string side, int price, int stopPrice, string more, string stopType)
    {
        var reply = await PlaceAsync($"side={side}&price={price}&stopPrice={stopPrice}&limitClientOrderId=near&stopClientOrderId=far&listClientOrderId=pair{more}");

        reply.Status.ShouldBe(200, reply.Text);
        reply.Json.Str("contingencyType").ShouldBe("OCO");
        reply.Json.Str("listClientOrderId").ShouldBe("pair");
        var orders = (await _client.SignedAsync(HttpMethod.Get, "/api/v3/openOrders", "symbol=BTCUSDT")).Json.EnumerateArray();
        orders.Select(o => (o.Str("clientOrderId"), o.Str("type"), o.Str("side"))).ShouldBe([("near", "LIMIT_MAKER", side), ("far", stopType, side)], ignoreOrder: true);
    }

    [Fact]
    public async Task Old_pair_without_its_prices_or_with_a_word_of_its_successor_is_refused()
    {
        var noStop = await PlaceAsync("side=SELL&price=70000");
        (noStop.Code, noStop.Message.Contains("'stopPrice'", StringComparison.Ordinal)).ShouldBe((-1102, true));
        (await PlaceAsync("side=SELL&stopPrice=55000")).Code.ShouldBe(-1102);
        (await PlaceAsync("side=SELL&price=70000&stopPrice=55000&aboveType=LIMIT_MAKER")).Code.ShouldBe(-1104);
    }

    private Task<Reply> PlaceAsync(string query) => _client.SignedAsync(HttpMethod.Post, "/api/v3/order/oco", $"symbol=BTCUSDT&quantity=0.01&{query}");
}
