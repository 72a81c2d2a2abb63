using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class SigningTests
{
    // For a clock that runs ten times as fast: a thousand requests at fifty a second take two seconds.
    private const string Leisurely = "connections: { all: { stale_after: 20s, connect_timeout: 10s, request_timeout: 60s, receive_window: 60s } }";

    [Theory]
    [InlineData("binance", true)]
    [InlineData("binance", false)]
    [InlineData("bybit", true)]
    [InlineData("bybit", false)]
    public async Task E09_Thousand_parallel_signed_requests_over_one_key_are_all_taken(string venue, bool hasLimits)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Pace = 10, Yaml = $"{Leisurely}\nsimulator: {{ venues: {{ {venue}: {{ rate_limits: {(hasLimits ? "true" : "false")} }} }} }}" });
        var id = new ConnectionId(venue);
        var order = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = id });
        var done = await rig.WithinAsync(order.Done, "the order is done");
        var connection = rig.Host.Engine.Connection(id)!.Connector!;
        var instruments = await connection.GetInstrumentsAsync(TestContext.Current.CancellationToken);
        var reference = new OrderReference(instruments.Value.First(i => i.Symbol == FaultRig.Btc), done.Id, done.VenueOrderId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => AskAsync(rig, connection.Trading!, reference))));

        answers.Where(a => !a.IsOk).Select(a => a.Error).ShouldBeEmpty();
        answers.ShouldAllBe(a => a.Value!.ClientOrderId == done.Id);
        await rig.AssertBooksAgreeAsync();
    }

    /// <summary>Asks until there is room, in the host's budget or, where requests bunch on a busy machine, at the venue; any other refusal is the answer.</summary>
    private static async Task<ReadResult<OrderReport?>> AskAsync(FaultRig rig, ITradingConnector trading, OrderReference reference)
    {
        while (true)
        {
            var answer = await trading.QueryOrderAsync(reference, TestContext.Current.CancellationToken);
            if (answer.Error is not { Kind: VenueErrorKind.RateLimited, RetryAfter: { } wait })
            {
                return answer;
            }

            await Task.Delay(wait, rig.Host.Engine.Time, TestContext.Current.CancellationToken);
        }
    }
}
