using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

/// <summary>A venue that comes back with an old state.</summary>
public sealed class LostStateTests
{
    [Theory]
    [InlineData("update-ids-reset")]
    [InlineData("state-restored")]
    public async Task E43_Market_ids_that_fell_back_halt_the_venue_until_the_operator_resumes_it_and_history_stays(string fault)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 1s } }");
        var bought = await rig.WithinAsync(rig.Workbench.Orders.Buy(FaultRig.Btc, new Quantity(0.001m)).Done, "the order is done");
        await rig.InjectAsync(FaultRig.Binance, fault, fault == "update-ids-reset" ? new FaultSettings { Symbol = FaultRig.Btc } : Restored);
        await UntilHaltedAsync(rig, FaultRig.Binance);
        rig.Status(FaultRig.Binance).Reason.ShouldContain("fell back from");
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);
        (rig.Workbench.Orders.All.Single(o => o.Id == bought.Id).FilledQuantity, rig.Workbench.Portfolio.Fills.Count).ShouldBe((bought.FilledQuantity, 2));

        await rig.ClearAsync(FaultRig.Binance);
        rig.Status(FaultRig.Binance).TradingUp.ShouldBeFalse("only the operator resumes it");
        rig.Workbench.Connections.Resume(FaultRig.Binance).ShouldBeTrue();
        rig.Workbench.Connections.Resume(FaultRig.Binance).ShouldBeFalse("it is not halted any more");
        await rig.UntilAsync(() => rig.Route.Trading == FaultRig.Binance, "trading is back");
        rig.Events.Items.Where(e => e.Kind is ConnectionEventKind.Halted or ConnectionEventKind.Resumed).Select(e => e.Kind).ShouldBe([ConnectionEventKind.Halted, ConnectionEventKind.Resumed]);
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E43_Venue_that_has_forgotten_a_fill_is_halted_although_its_streams_are_well(string venue)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Pace = 10, Yaml = "connections: { all: { stale_after: 20s, readiness_interval: 5s, connect_timeout: 10s, request_timeout: 20s } }" });
        var connection = new ConnectionId(venue);
        var bought = await rig.WithinAsync(rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = connection }).Done, "the order is done");
        bought.Status.ShouldBe(OrderStatus.Filled);

        // Only its memory of orders: the ids of its books are as they were.
        await rig.InjectAsync(connection, "state-restored", new FaultSettings { Options = new Dictionary<string, string> { ["age"] = "1d", ["by"] = "1" } });
        await UntilHaltedAsync(rig, connection);
        rig.Status(connection).Reason.ShouldContain($"does not know order {bought.Id}");
        rig.Workbench.Orders.All.Single(o => o.Id == bought.Id).FilledQuantity.ShouldBe(bought.FilledQuantity);
        rig.Workbench.Portfolio.Position(FaultRig.Btc).Net.Value.ShouldBe(0.001m);
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E43_Venue_that_lists_a_finished_order_as_open_is_halted(string venue)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Pace = 10, Yaml = "connections: { all: { stale_after: 20s, readiness_interval: 5s, connect_timeout: 10s, request_timeout: 20s } }" });
        var connection = new ConnectionId(venue);
        var handle = rig.Workbench.Orders.Submit(OrderRequest.Limit(FaultRig.Btc, Side.Buy, new Quantity(0.001m), new Price(60_000m)) with { Connection = connection });
        await rig.UntilAsync(() => handle.State.Status == OrderStatus.New, "the order works");
        await rig.InjectAsync(connection, "stale-answers");
        var checks = rig.Status(connection).Readiness?.CheckedAt;
        await rig.UntilAsync(() => rig.Status(connection).Readiness?.CheckedAt != checks, "its answers are frozen with the order open");
        rig.Workbench.Orders.Cancel(handle.Id).ShouldBeTrue();
        (await rig.WithinAsync(handle.Done, "the order is cancelled")).Status.ShouldBe(OrderStatus.Cancelled);
        await UntilHaltedAsync(rig, connection);
        rig.Status(connection).Reason.ShouldContain($"lists order {handle.Id} as open");
        handle.State.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E43_Ordinary_reconnects_and_a_restarted_book_service_halt_nothing(string venue)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 1s, readiness_interval: 3s } }");
        var connection = new ConnectionId(venue);
        await rig.BuyAsync();
        for (var i = 0; i < 3; i++)
        {
            await rig.InjectAsync(connection, "close-socket");
            await rig.UntilAsync(() => rig.Venues[connection].Strikes("close-socket") > 0, "the sockets are closed");
            await rig.UntilReadyAsync();
        }

        if (venue == "bybit")
        {
            await rig.InjectAsync(connection, "update-ids-reset", new FaultSettings { Symbol = FaultRig.Btc });
            var count = rig.Quotes.Count;
            await rig.UntilAsync(() => rig.Status(connection).Readiness is not null && rig.Quotes.Count > count + 50, "many quotes later");
        }

        rig.Events.Items.ShouldNotContain(e => e.Kind == ConnectionEventKind.Halted);
        await rig.UntilReadyAsync();
    }

    private static readonly FaultSettings Restored = new() { Options = new Dictionary<string, string> { ["age"] = "0ms", ["by"] = "1000000" } };

    private static Task UntilHaltedAsync(FaultRig rig, ConnectionId connection) =>
        rig.UntilAsync(() => rig.Status(connection) is { TradingUp: false } status && status.Reason.Contains("HALTED", StringComparison.Ordinal), $"{connection} is halted");
}
