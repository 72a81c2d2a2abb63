using System.Globalization;
using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Network;

public sealed class ClosedSocketTests
{
    private static readonly int[] Codes = [1000, 1001, 1006, 1008, 1011, 1012, 1013];

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task N17_Sockets_closed_with_any_code_come_back_subscribed_and_with_the_account_read(string venue)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var connection = new ConnectionId(venue);
        foreach (var code in Codes)
        {
            await rig.InjectAsync(connection, "close-socket", new FaultSettings { Options = new Dictionary<string, string> { ["code"] = code.ToString(CultureInfo.InvariantCulture) } });
            await rig.UntilAsync(() => rig.Status(connection) is not { DataUp: true, TradingUp: true } || rig.Venues[connection].Strikes("close-socket") > 0, "the sockets are closed");
            await rig.UntilReadyAsync();
            var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = connection });
            (await rig.WithinAsync(handle.Done, "the order is done")).Status.ShouldBe(OrderStatus.Filled, handle.State.Reason);
        }

        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance", "connect")]
    [InlineData("binance", "subscribe")]
    [InlineData("bybit", "connect")]
    [InlineData("bybit", "auth")]
    [InlineData("bybit", "subscribe")]
    public async Task N17_Sockets_closed_in_every_phase_of_their_life_come_back(string venue, string phase)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "close-socket", new FaultSettings { Count = 3, Options = new Dictionary<string, string> { ["code"] = "1011", ["phase"] = phase } });
        await rig.InjectAsync(connection, "close-socket", new FaultSettings { Requests = "streams,user-streams", Options = new Dictionary<string, string> { ["code"] = "1006" } });
        await rig.UntilAsync(() => rig.Venues[connection].Strikes("close-socket") >= 5, "they were closed in that phase");
        await rig.UntilReadyAsync();
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance", "subscribe-silent")]
    [InlineData("bybit", "subscribe-silent")]
    public async Task N21_Subscription_that_brings_no_data_is_not_called_well(string venue, string fault)
    {
        await using var rig = await FaultRig.StartAsync();
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, fault);
        await rig.InjectAsync(connection, "close-socket", new FaultSettings { Requests = "streams" });
        await rig.UntilAsync(() => !rig.Status(connection).TradingUp, "the connection is not well");
        await rig.UntilRoutedToAsync(connection == FaultRig.Binance ? FaultRig.Bybit : FaultRig.Binance);
        await rig.ClearAsync(connection);
        await rig.UntilReadyAsync();
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }
}
