using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;
using Workbench.Simulator.Faults;

namespace Workbench.Faults.Tests.Exchange;

public sealed class TooManyRequestsTests
{
    // A machine that is busy for a moment must not look like a stall here: these tests say that only trading moves.
    private const string Calm = "connections: { all: { stale_after: 2s } }";

    [Theory]
    [InlineData("binance", "2")]
    [InlineData("binance", "date")]
    [InlineData("bybit", "2")]
    [InlineData("bybit", "none")]
    public async Task E01_Too_many_requests_pause_the_whole_address_for_as_long_as_asked_while_data_flows_and_a_cancel_still_goes(string venue, string header)
    {
        await using var rig = await FaultRig.StartAsync(Calm);
        var connection = new ConnectionId(venue);
        var resting = await RestAsync(rig, connection);

        await rig.InjectAsync(connection, "too-many-requests", Once(header));
        await rig.UntilAsync(() => rig.Status(connection).Reason.Contains("RATE LIMITED until", StringComparison.Ordinal), "the pause is told");
        var paused = rig.Status(connection);
        (paused.State, paused.DataUp, paused.TradingUp).ShouldBe((ConnectionState.Degraded, true, false));
        paused.Budget!.PausedUntil.ShouldNotBeNull();
        if (connection == FaultRig.Binance)
        {
            (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);
        }

        resting.Cancel().ShouldBeTrue();
        (await rig.WithinAsync(resting.Done, "the cancel is done")).Status.ShouldBe(OrderStatus.Cancelled);
        rig.Venues[connection].Wire.Count(RequestKinds.Cancels).ShouldBe(1);

        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.UntilReadyAsync();
        rig.Log.ShouldNotContain(l => l.Contains("breaker of", StringComparison.Ordinal));
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("soon")]
    [InlineData("99999999999999999999")]
    public async Task E01_Header_that_says_nothing_usable_pauses_to_the_next_minute_and_a_huge_one_for_an_hour(string header)
    {
        await using var rig = await FaultRig.StartAsync(Calm);

        // A pause that ends before the test has looked at it would say nothing.
        await rig.UntilAsync(() => new Composition.SteadyTime().GetUtcNow().Second < 45, "a good part of the minute is left");
        await rig.InjectAsync(FaultRig.Binance, "too-many-requests", Once(header));
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Budget?.PausedUntil is not null, "the pause is told");

        var until = rig.Status(FaultRig.Binance).Budget!.PausedUntil!.Value.ToDateTimeOffset();
        var now = new Composition.SteadyTime().GetUtcNow();
        if (header.Length > 5)
        {
            (until - now).ShouldBeInRange(TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));
        }
        else
        {
            // The venue's minute; its clock is known to some milliseconds.
            (until - now).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(61));
            ((until.ToUnixTimeMilliseconds() + 500) % 60_000).ShouldBeLessThan(1000);
        }

        await AssertSilentAsync(rig, FaultRig.Binance);
        var refused = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = FaultRig.Binance });
        (await rig.WithinAsync(refused.Done, "the order is refused")).Status.ShouldNotBe(OrderStatus.Filled);
        rig.Venues[FaultRig.Binance].OrderRequests.ShouldBe(0);
        await rig.AssertBooksAgreeAsync();
    }

    private static FaultSettings Once(string header) =>
        new() { Count = 1, Requests = "market-data", Options = new Dictionary<string, string> { ["retry-after"] = header } };

    private static async Task<IOrderHandle> RestAsync(FaultRig rig, ConnectionId connection)
    {
        var handle = rig.Workbench.Orders.Submit(
            OrderRequest.Limit(FaultRig.Btc, Side.Buy, new Quantity(0.001m), Price.Parse(Math.Round(rig.Quotes.Last!.Bid!.Value.Value * 0.9m).ToString(System.Globalization.CultureInfo.InvariantCulture))) with { Connection = connection });
        await rig.UntilAsync(() => handle.State is { Status: OrderStatus.New }, "the order rests");
        return handle;
    }

    /// <summary>Quotes go on, so time has passed, and the venue has got no request.</summary>
    internal static async Task AssertSilentAsync(FaultRig rig, ConnectionId connection)
    {
        var wire = rig.Venues[connection].Wire;
        await MoreQuotesAsync(rig, 5); // What was on its way when the venue spoke.
        var before = wire.Requests.Count;
        await MoreQuotesAsync(rig, 60);
        wire.Requests.Skip(before).ShouldBeEmpty();
    }

    internal static async Task MoreQuotesAsync(FaultRig rig, int count)
    {
        var before = rig.Quotes.Count;
        await rig.UntilAsync(() => rig.Quotes.Count >= before + count, $"{count} more quotes are read");
    }
}
