using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class ServerErrorTests
{
    /// <summary>For a clock that runs ten times as fast.</summary>
    private const string Leisurely = """
        connections: { all: { stale_after: 20s, connect_timeout: 10s, request_timeout: 20s } }
        """;

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E04_Server_error_after_execution_leaves_the_order_unknown_until_it_is_found_and_sends_nothing_again(string venue)
    {
        await using var rig = await FaultRig.StartAsync();
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "error-5xx", new FaultSettings { Count = 1, BeforeExecution = false, Requests = "orders" });
        await rig.InjectAsync(connection, "drop-events", new FaultSettings { Channel = "orders,fills" });

        var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = connection });
        var answered = await rig.WithinAsync(handle.Answered, "the order is answered");
        answered.Knowledge.ShouldBe(OrderKnowledge.Unknown);
        var done = await rig.WithinAsync(handle.Done, "the resolver has found the order");

        (done.Status, done.FilledQuantity.Value).ShouldBe((OrderStatus.Filled, 0.001m));
        rig.Venues[connection].OrderRequests.ShouldBe(1);
        rig.Venues[connection].Orders.Count.ShouldBe(1);
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E05_Server_error_before_execution_is_unknown_until_two_late_reads_prove_the_order_absent_and_nothing_is_sent_again(string venue)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Pace = 10, Yaml = Leisurely + "\nexecution: { max_attempts: 1 }\n" });
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "error-5xx", new FaultSettings { Count = 1, BeforeExecution = true, Requests = "orders" });

        var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = connection });
        (await rig.WithinAsync(handle.Answered, "the order is answered")).Knowledge.ShouldBe(OrderKnowledge.Unknown);
        var done = await rig.WithinAsync(handle.Done, "the order is proven absent");

        (done.Knowledge, done.Status, done.FilledQuantity.IsZero).ShouldBe((OrderKnowledge.Known, null, true));
        done.Reason!.ShouldContain("not found");
        (done.UpdatedAt - done.CreatedAt).ShouldBeGreaterThan(TimeSpan.FromSeconds(16));
        rig.Venues.Values.Sum(v => v.OrderRequests).ShouldBe(1);
        rig.Venues[connection].Orders.ShouldBeEmpty();
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E05_Order_of_unknown_fate_outlives_a_restart_and_is_still_looked_up_and_not_sent_again()
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { OneVenue = true });
        await rig.InjectAsync(FaultRig.Binance, "error-5xx", new FaultSettings { Count = 1, BeforeExecution = false, Requests = "orders" });
        await rig.InjectAsync(FaultRig.Binance, "drop-events", new FaultSettings { Channel = "orders,fills" });
        await rig.InjectAsync(FaultRig.Binance, "rest-down", new FaultSettings { Requests = "queries" });
        var handle = rig.Workbench.Orders.Buy(FaultRig.Btc, new Quantity(0.001m));
        (await rig.WithinAsync(handle.Answered, "the order is answered")).Knowledge.ShouldBe(OrderKnowledge.Unknown);

        await rig.RestartHostAsync(() => rig.ClearAsync(FaultRig.Binance));

        await rig.UntilAsync(() => rig.Workbench.Orders.All.Single(o => o.Id == handle.Id).Status == OrderStatus.Filled, "the order is found after the restart");
        rig.Venues[FaultRig.Binance].OrderRequests.ShouldBe(1);
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance", 500, -1000)]
    [InlineData("binance", 400, -1001)]
    [InlineData("binance", 400, -1006)]
    [InlineData("binance", 504, -1007)]
    [InlineData("bybit", 200, 10000)]
    [InlineData("bybit", 200, 10016)]
    [InlineData("bybit", 200, 170007)]
    public async Task E06_Code_that_leaves_the_outcome_open_is_unknown_and_never_refused_until_the_order_is_found(string venue, int status, int code)
    {
        await using var rig = await FaultRig.StartAsync();
        var connection = new ConnectionId(venue);
        var options = new Dictionary<string, string> { ["code"] = code.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        await rig.InjectAsync(connection, "error-5xx", new FaultSettings { Count = 1, Status = status, BeforeExecution = false, Requests = "orders", Options = options });
        await rig.InjectAsync(connection, "drop-events", new FaultSettings { Channel = "orders,fills" });

        var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = connection });
        var answered = await rig.WithinAsync(handle.Answered, "the order is answered");
        (answered.Knowledge, answered.Status).ShouldBe((OrderKnowledge.Unknown, null));
        answered.Reason!.ShouldContain(options["code"]);

        (await rig.WithinAsync(handle.Done, "the order is found")).Status.ShouldBe(OrderStatus.Filled);
        rig.Venues.Values.Sum(v => v.OrderRequests).ShouldBe(1);
        await rig.AssertBooksAgreeAsync();
    }
}
