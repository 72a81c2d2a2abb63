using System.Text;
using Workbench.Plugins.Bybit.Errors;
using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Trading;

public sealed class AmendTests
{
    private const string Amend = "/v5/order/amend";
    private const string CancelAll = "/v5/order/cancel-all";

    [Theory]
    [InlineData("0.02", "28000.1", "27000", """{"category":"spot","symbol":"BTCUSDT","orderLinkId":"wb-0001","qty":"0.02"}""")]
    [InlineData("0.005", "28000.1", "27000", """{"category":"spot","symbol":"BTCUSDT","orderLinkId":"wb-0001","qty":"0.005"}""")]
    [InlineData("0.01", "28001", "27000", """{"category":"spot","symbol":"BTCUSDT","orderLinkId":"wb-0001","price":"28001"}""")]
    [InlineData("0.01", "28000.1", "27000.5", """{"category":"spot","symbol":"BTCUSDT","orderLinkId":"wb-0001","triggerPrice":"27000.5"}""")]
    public async Task Amendment_names_our_id_and_what_changes_and_is_pending_when_taken(string quantity, string price, string stop, string expected)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Amend, """{"orderId":"177","orderLinkId":"wb-0001"}""");

        var outcome = await rig.Trading.AmendAsync(Change(rig, quantity, price, stop), CancellationToken.None);

        var report = outcome.ShouldBeOfType<OrderOutcome.Accepted>().Report;
        (report.Status, report.Quantity, report.VenueOrderId.Value).ShouldBe((OrderStatus.Pending, null, "177"), "queued is not done");
        var call = rig.Http.Calls.Single();
        (call.Method, call.Lane).ShouldBe((HttpMethod.Post, RequestLane.Order));
        Encoding.UTF8.GetString(call.Body.Span).ShouldBe(expected);
    }

    [Fact]
    public async Task Amendment_that_changes_nothing_is_not_sent()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        (await rig.Trading.AmendAsync(Change(rig, "0.01", "28000.1", "27000"), CancellationToken.None)).ShouldBeOfType<OrderOutcome.NotSent>();
        rig.Http.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(170213, "Rejected NotFound")]
    [InlineData(110001, "Rejected NotFound")]
    [InlineData(170313, "Rejected InvalidRequest")] // Not more than is filled.
    [InlineData(34040, "Rejected InvalidRequest")] // Not modified.
    [InlineData(170131, "Rejected InsufficientFunds")]
    [InlineData(10002, "Rejected ClockSkew")]
    [InlineData(170310, "Unknown Unavailable")] // Amend timed out.
    [InlineData(110079, "Unknown Unavailable")] // In progress.
    [InlineData(10016, "Unknown Unavailable")]
    [InlineData(123456789, "Unknown BadResponse")]
    public async Task Answer_to_an_amendment_is_judged_by_its_code(int code, string expected)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Refuse(Amend, code);
        Text(await rig.Trading.AmendAsync(Change(rig, "0.02", "28000.1", "27000"), CancellationToken.None)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"orderId":"178","orderLinkId":"wb-0001"}""")]
    [InlineData("""{"orderId":"177","orderLinkId":"wb-0002"}""")]
    [InlineData("{}")]
    public async Task Amendment_answered_for_another_order_is_unknown(string result)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Amend, result);
        Text(await rig.Trading.AmendAsync(Change(rig, "0.02", "28000.1", "27000"), CancellationToken.None)).ShouldBe("Unknown BadResponse");
    }

    [Fact]
    public void Only_a_documented_no_ends_an_amendment() =>
        Enum.GetValues<ErrorClass>().Where(c => Verdicts.OfAmend(c) == Verdict.Rejected).ShouldBe(
            [
                ErrorClass.Request, ErrorClass.MarketRule, ErrorClass.Authentication, ErrorClass.ClockSkew, ErrorClass.Funds, ErrorClass.NotOpen, ErrorClass.NoChange,
                ErrorClass.ClosedForNow, ErrorClass.RateLimited, ErrorClass.Banned,
            ],
            ignoreOrder: true);

    [Fact]
    public async Task All_orders_of_a_market_are_cancelled_kind_by_kind_also_after_a_failure()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(CancelAll, """{"list":[],"success":"1"}""").Refuse(CancelAll, 10016).Ok(CancelAll, """{"list":[],"success":"1"}""");

        (await rig.Trading.CancelAllAsync(rig.Instrument, CancellationToken.None))!.Kind.ShouldBe(VenueErrorKind.Unavailable);

        rig.Http.Calls.ShouldAllBe(c => c.Lane == RequestLane.Cancel);
        rig.Http.Calls.Select(c => Encoding.UTF8.GetString(c.Body.Span)).ShouldBe([
            """{"category":"spot","symbol":"BTCUSDT","orderFilter":"Order"}""",
            """{"category":"spot","symbol":"BTCUSDT","orderFilter":"StopOrder"}""",
            """{"category":"spot","symbol":"BTCUSDT","orderFilter":"tpslOrder"}"""]);
    }

    private static AmendOrder Change(Rig rig, string quantity, string price, string stop) => new()
    {
        Current = rig.Order() with { Type = OrderType.StopLimit, PostOnly = false, StopPrice = new Price(27000) },
        VenueOrderId = new VenueOrderId("177"),
        Filled = Quantity.Zero,
        Quantity = Quantity.Parse(quantity),
        LimitPrice = Price.Parse(price),
        StopPrice = Price.Parse(stop),
        ReplacementId = new ClientOrderId("wb-0002"),
    };

    private static string Text(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Rejected rejected => $"Rejected {rejected.Error.Kind}",
        OrderOutcome.Unknown unknown => $"Unknown {unknown.Reason.Kind}",
        _ => outcome.ToString(),
    };
}
