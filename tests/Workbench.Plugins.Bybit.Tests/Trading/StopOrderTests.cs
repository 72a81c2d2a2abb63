using System.Text;
using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Trading;

public sealed class StopOrderTests
{
    private const string Create = "/v5/order/create";
    private const string Cancel = "/v5/order/cancel";
    private const string Realtime = "/v5/order/realtime";
    private const string History = "/v5/order/history";
    private const string Executions = "/v5/execution/list";
    private const string Nothing = """{"list":[],"nextPageCursor":"","category":"spot"}""";

    [Theory]
    [InlineData(OrderType.Stop, TimeInForce.GoodTillCancelled, """{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Market","qty":"0.01","marketUnit":"baseCoin","triggerPrice":"29000","orderFilter":"StopOrder","timeInForce":"IOC","orderLinkId":"wb-0001"}""")]
    [InlineData(OrderType.StopLimit, TimeInForce.GoodTillCancelled, """{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.01","price":"28000.1","triggerPrice":"29000","orderFilter":"StopOrder","timeInForce":"GTC","orderLinkId":"wb-0001"}""")]
    [InlineData(OrderType.StopLimit, TimeInForce.FillOrKill, """{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.01","price":"28000.1","triggerPrice":"29000","orderFilter":"StopOrder","timeInForce":"FOK","orderLinkId":"wb-0001"}""")]
    public async Task Stop_is_written_in_the_venue_s_words(OrderType type, TimeInForce time, string expected)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Create, """{"orderId":"177","orderLinkId":"wb-0001"}""");
        var order = rig.Order() with { Type = type, TimeInForce = time, PostOnly = false, StopPrice = new Price(29000) };

        var outcome = await rig.Trading.SubmitAsync(type == OrderType.Stop ? order with { LimitPrice = null } : order, CancellationToken.None);

        outcome.ShouldBeOfType<OrderOutcome.Accepted>().Report.StopPrice.ShouldBe(new Price(29000));
        Encoding.UTF8.GetString(rig.Http.Calls.Single().Body.Span).ShouldBe(expected);
    }

    [Theory]
    [InlineData("Untriggered", "Limit", "Stop", OrderType.StopLimit, OrderStatus.New, false)]
    [InlineData("Untriggered", "Market", "Stop", OrderType.Stop, OrderStatus.New, false)]
    [InlineData("Triggered", "Limit", "Stop", OrderType.StopLimit, OrderStatus.New, true)]
    [InlineData("Filled", "Market", "Stop", OrderType.Stop, OrderStatus.Filled, true)]
    [InlineData("Deactivated", "Limit", "Stop", OrderType.StopLimit, OrderStatus.Cancelled, false)]
    [InlineData("Untriggered", "Limit", "TakeProfit", null, OrderStatus.New, null)]
    [InlineData("Untriggered", "Market", "tpslOrder", null, OrderStatus.New, null)]
    public async Task Stop_is_told_from_what_takes_a_profit_and_from_what_was_started(string status, string type, string kind, OrderType? expected, OrderStatus expectedStatus, bool? isTriggered)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, "{\"list\":[{\"symbol\":\"BTCUSDT\",\"orderId\":\"177\",\"orderLinkId\":\"wb-0001\",\"side\":\"Buy\",\"qty\":\"0.01\",\"price\":\"28000.1\",\"triggerPrice\":\"29000\",\"marketUnit\":\"baseCoin\","
            + $"\"orderStatus\":\"{status}\",\"orderType\":\"{type}\",\"stopOrderType\":\"{kind}\",\"updatedTime\":\"1700000000000\"}}],\"nextPageCursor\":\"\",\"category\":\"spot\"}}");

        var report = (await rig.Trading.QueryOrderAsync(rig.Reference(), CancellationToken.None)).Value!;

        (report.Type, report.Status, report.IsTriggered, report.StopPrice).ShouldBe((expected, expectedStatus, isTriggered, new Price(29000)));
    }

    [Fact]
    public async Task Cancel_of_a_stop_that_waits_looks_where_the_venue_keeps_those()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Cancel, """{"orderId":"177","orderLinkId":"wb-0001"}""");

        await rig.Trading.CancelAsync(rig.Reference() with { IsConditional = true }, CancellationToken.None);

        Encoding.UTF8.GetString(rig.Http.Calls.Single().Body.Span).ShouldBe("""{"category":"spot","symbol":"BTCUSDT","orderLinkId":"wb-0001","orderFilter":"StopOrder"}""");
    }

    [Fact]
    public async Task E11_Stop_is_absent_only_after_every_endpoint_said_so_for_both_kinds_of_orders()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Realtime, Nothing).Ok(Realtime, Nothing).Ok(History, Nothing).Ok(History, Nothing).Ok(Executions, Nothing);

        (await rig.Trading.QueryOrderAsync(rig.Reference() with { IsConditional = true }, CancellationToken.None)).Value.ShouldBeNull();

        rig.Http.Calls.Select(c => c.Address.AbsolutePath + (c.Address.Query.Contains("orderFilter=StopOrder", StringComparison.Ordinal) ? " stops" : ""))
            .ShouldBe([Realtime, Realtime + " stops", History, History + " stops", Executions]);
    }

    [Fact]
    public async Task What_the_venue_does_not_take_is_never_sent_as_something_else()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        (await rig.Trading.SubmitAsync(rig.Order() with { PostOnly = false, TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = new Timestamp(1) }, CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>();
        (await rig.Trading.SubmitAsync(rig.Order() with { ReduceOnly = true }, CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>();
        rig.Http.Calls.ShouldBeEmpty();
    }
}
