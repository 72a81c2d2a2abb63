namespace Workbench.Simulator.Tests.Bybit.Linear;

/// <summary>Which open orders of contracts a query means by orderFilter.</summary>
public sealed class LinearFilterTests
{
    [Theory]
    [InlineData("", new[] { "stop", "plain" })]
    [InlineData("&orderFilter=Order", new[] { "plain" })]
    [InlineData("&orderFilter=StopOrder", new[] { "stop" })]
    [InlineData("&orderFilter=tpslOrder", new string[0])]
    public async Task Open_orders_are_listed_by_kind(string filter, string[] links)
    {
        await using var bench = await LinearBench.StartAsync();
        (await bench.LimitAsync("Buy", "0.1", "50000", ",\"orderLinkId\":\"plain\"")).Code.ShouldBe(0);
        (await bench.LimitAsync("Buy", "0.1", "60500", ",\"orderLinkId\":\"stop\",\"triggerPrice\":\"60400\",\"triggerDirection\":1")).Code.ShouldBe(0);

        var found = (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=linear&symbol=BTCUSDT" + filter)).List;

        found.EnumerateArray().Select(o => o.Get("orderLinkId")).ShouldBe(links);
    }
}
