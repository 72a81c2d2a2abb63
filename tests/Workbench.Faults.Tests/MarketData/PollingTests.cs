using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.MarketData;

public sealed class PollingTests
{
    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E33_Streams_down_and_REST_up_gives_polled_prices_cancels_and_queries_and_no_new_risk(string venue)
    {
        var other = venue == "binance" ? "bybit" : "binance";
        await using var rig = await FaultRig.StartAsync($$"""
            routes:
              default:
                data: { primary: {{venue}}, secondary: {{other}} }
                trading: { primary: {{venue}}, secondary: {{other}} }
            """);
        var connection = new ConnectionId(venue);
        var quote = rig.Workbench.Market.LatestQuote(FaultRig.Btc)!;
        var resting = rig.Workbench.Orders.Submit(OrderRequest.Limit(FaultRig.Btc, Side.Buy, new Quantity(0.001m), new Price(decimal.Round(quote.Bid!.Value.Value * 0.97m, 1))));
        await rig.WithinAsync(resting.Answered, "the resting order is answered");

        await rig.InjectAsync(FaultRig.Binance, "stall-streams");
        await rig.InjectAsync(FaultRig.Bybit, "stall-streams");
        await rig.UntilAsync(() => rig.Quotes.Last is { Stamp.IsPolled: true }, "polled quotes come");
        rig.Quotes.Items.Where(q => q.Stamp.IsPolled).ShouldAllBe(q => q.Stamp.Connection == connection && !q.Stamp.IsBackup);
        var denied = await rig.BuyAsync();
        denied.Knowledge.ShouldBe(OrderKnowledge.NotSent);
        rig.Venues.Values.Sum(v => v.OrderRequests).ShouldBe(1, "the resting order and nothing else");

        resting.Cancel();
        await rig.UntilAsync(() => rig.Venues[connection].Orders.All(o => !o.IsOpen), "the cancel has reached the venue");

        await rig.ClearAsync(FaultRig.Binance);
        await rig.ClearAsync(FaultRig.Bybit);
        await rig.UntilAsync(() => rig.Quotes.Last is { Stamp.IsPolled: false } && rig.Route is { Data: not null, Trading: not null }, "streams deliver again");
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }
}
