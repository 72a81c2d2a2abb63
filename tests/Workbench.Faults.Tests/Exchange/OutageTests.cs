using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class OutageTests
{
    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E32_Maintenance_is_called_so_and_the_connection_comes_back_when_it_is_over(string venue)
    {
        await using var rig = await FaultRig.StartAsync();
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "maintenance");
        await rig.UntilAsync(() => rig.Status(connection) is { DataUp: false, TradingUp: false } s && s.Reason.Contains("maintenance", StringComparison.OrdinalIgnoreCase), "the reason says maintenance");
        await rig.UntilRoutedToAsync(connection == FaultRig.Binance ? FaultRig.Bybit : FaultRig.Binance);
        await rig.ClearAsync(connection);
        await rig.UntilReadyAsync();
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance", "rest-down")]
    [InlineData("bybit", "rest-down")]
    public async Task E34_Sockets_without_requests_give_data_and_take_no_orders(string venue, string fault)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 1s } }");
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, fault);
        await rig.UntilAsync(() => rig.Status(connection) is { DataUp: true, TradingUp: false }, "data is up and trading is down");
        await rig.ClearAsync(connection);
        await rig.UntilReadyAsync();
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E35_Trading_that_is_down_while_market_data_is_up_moves_orders_and_not_data(string venue)
    {
        await using var rig = await FaultRig.StartAsync($"connections: {{ all: {{ stale_after: 2s }} }}\nroutes: {{ default: {{ data: {{ primary: {venue}, secondary: {Other(venue)} }}, trading: {{ primary: {venue}, secondary: {Other(venue)} }} }} }}");
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "trading-down");
        await rig.UntilAsync(() => rig.Route.Trading == new ConnectionId(Other(venue)), "new orders move");
        rig.Route.Data.ShouldBe(connection);
        var order = await rig.BuyAsync();
        order.Connection.ShouldBe(new ConnectionId(Other(venue)), order.Reason);
        await rig.ClearAsync(connection);
        await rig.UntilRoutedToAsync(connection);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E35_E31_Market_that_takes_cancels_only_refuses_the_order_with_a_reason_and_other_markets_go_on()
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Symbols = ["BTC/USDT", "ETH/USDT"], Yaml = "connections: { all: { stale_after: 2s } }" });
        var far = new Price(Math.Floor(rig.Workbench.Market.LatestQuote(FaultRig.Btc)!.Bid!.Value.Value * 0.97m));
        var resting = rig.Workbench.Orders.Submit(OrderRequest.Limit(FaultRig.Btc, Side.Buy, new Quantity(0.001m), far) with { Connection = FaultRig.Binance });
        (await rig.WithinAsync(resting.Answered, "the order rests")).Status.ShouldBe(OrderStatus.New);
        await rig.InjectAsync(FaultRig.Binance, "symbol-cancel-only", new FaultSettings { Symbol = FaultRig.Btc });

        var refused = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = FaultRig.Binance });
        var end = await rig.WithinAsync(refused.Done, "the order is refused");
        (end.FilledQuantity.IsZero, end.Reason is { Length: > 0 }).ShouldBe((true, true));
        resting.Cancel().ShouldBeTrue();
        (await rig.WithinAsync(resting.Done, "the cancel is taken")).Status.ShouldBe(OrderStatus.Cancelled);
        var ether = rig.Workbench.Orders.Submit(OrderRequest.Market("ETH/USDT", Side.Buy, new Quantity(0.01m)) with { Connection = FaultRig.Binance });
        (await rig.WithinAsync(ether.Done, "the other market fills")).Status.ShouldBe(OrderStatus.Filled, ether.State.Reason);
        await rig.AssertBooksAgreeAsync();
    }

    private static string Other(string venue) => venue == "binance" ? "bybit" : "binance";
}
