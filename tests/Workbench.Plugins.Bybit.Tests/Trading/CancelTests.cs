using System.Text;
using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Trading;

public sealed class CancelTests
{
    private const string Cancel = "/v5/order/cancel";

    [Fact]
    public async Task Cancel_names_our_id_and_is_pending_when_taken()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Cancel, """{"orderId":"177","orderLinkId":"wb-0001"}""");

        var outcome = await rig.Trading.CancelAsync(rig.Reference(venueId: "177"), CancellationToken.None);

        outcome.ShouldBeOfType<OrderOutcome.Accepted>().Report.Status.ShouldBe(OrderStatus.Pending);
        var call = rig.Http.Calls.Single();
        call.Lane.ShouldBe(RequestLane.Cancel);
        Encoding.UTF8.GetString(call.Body.Span).ShouldBe("""{"category":"spot","symbol":"BTCUSDT","orderLinkId":"wb-0001"}""");
    }

    [Theory]
    [InlineData("""{"orderId":"178","orderLinkId":"wb-0001"}""")]
    [InlineData("""{"orderId":"177","orderLinkId":"wb-0002"}""")]
    public async Task Cancel_answered_for_another_order_is_unknown(string result)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Cancel, result);

        (await rig.Trading.CancelAsync(rig.Reference(venueId: "177"), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Unknown>();
    }

    [Fact]
    public async Task Order_that_is_not_open_is_not_found_and_a_doubtful_cancel_is_unknown()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Refuse(Cancel, 170213).Refuse(Cancel, 170212).Answer(Cancel, "", 502);

        (await rig.Trading.CancelAsync(rig.Reference(), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Rejected>().Error.Kind.ShouldBe(VenueErrorKind.NotFound);
        (await rig.Trading.CancelAsync(rig.Reference(), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Unknown>();
        (await rig.Trading.CancelAsync(rig.Reference(), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Unknown>();
    }
}
