using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Network;

/// <summary>One market's channel alone is ill; its neighbours on the same socket are well.</summary>
public sealed class FrozenChannelTests
{
    private static readonly Symbol Eth = "ETH/USDT";

    private static readonly FaultSettings OfBtc = new() { Symbol = FaultRig.Btc };

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task N18_Frozen_market_is_named_and_closes_its_own_gate_alone(string venue)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { OneVenue = venue == "binance", Symbols = ["BTC/USDT", "ETH/USDT"], Yaml = "risk: { stale_price_after: 400ms }" });
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "stall-streams", OfBtc);
        await rig.UntilAsync(() => rig.Status(connection).Reason.Contains("STALE quotes BTC/USDT", StringComparison.Ordinal), "the frozen market is named");
        rig.Status(connection).Reason.ShouldNotContain("ETH/USDT");
        rig.Log.Count(l => l.Contains("STALE quotes BTC/USDT", StringComparison.Ordinal)).ShouldBeLessThan(5, "an age that grows is not told again and again");

        var frozen = await OrderAsync(rig, connection, FaultRig.Btc);
        frozen.Knowledge.ShouldBe(OrderKnowledge.NotSent);
        frozen.Reason!.ShouldStartWith("stale_price");
        (await OrderAsync(rig, connection, Eth)).Status.ShouldBe(OrderStatus.Filled, "the other market of that connection goes on");

        await rig.ClearAsync(connection);
        await rig.UntilAsync(() => !rig.Status(connection).Reason.Contains("STALE", StringComparison.Ordinal), "nothing is stale any more");
        (await OrderAsync(rig, connection, FaultRig.Btc)).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task N21_Subscription_without_acknowledgement_or_data_is_told_of_and_asked_for_again(string venue)
    {
        // Longer than the deadline of an acknowledgement: a silence that is noticed earlier opens the stream anew for a reason of its own.
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 30s } }");
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "subscribe-unanswered");
        await rig.InjectAsync(connection, "stall-streams");
        await rig.InjectAsync(connection, "close-socket", new FaultSettings { Requests = "streams" });
        await rig.UntilAsync(() => rig.Venues[connection].Strikes("subscribe-unanswered") > 0, "it is asked for");
        var strikes = rig.Venues[connection].Strikes("subscribe-unanswered");
        await rig.UntilAsync(() => rig.Log.Any(l => l.Contains(venue, StringComparison.Ordinal) && l.Contains("was not acknowledged within", StringComparison.Ordinal)), "it is told that nothing was acknowledged");
        await rig.UntilAsync(() => rig.Venues[connection].Strikes("subscribe-unanswered") > strikes, "it is asked for again");

        await rig.ClearAsync(connection);
        await rig.UntilReadyAsync();
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task N21_Data_is_as_good_as_an_acknowledgement()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        await rig.InjectAsync(FaultRig.Binance, "subscribe-unanswered");
        await rig.InjectAsync(FaultRig.Binance, "close-socket", new FaultSettings { Requests = "streams" });
        await rig.UntilAsync(() => rig.Venues[FaultRig.Binance].Strikes("subscribe-unanswered") > 0, "the venue withheld an acknowledgement");
        var seen = rig.Quotes.Count;
        await rig.UntilAsync(() => rig.Quotes.Since(seen).Any(q => q.Stamp is { Connection.Value: "binance", Session: > 1 }), "its data is read");
        await rig.UntilReadyAsync();
        (await OrderAsync(rig, FaultRig.Binance, FaultRig.Btc)).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task N15_Fragmented_messages_are_put_together_and_nothing_is_missed(string venue)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var connection = new ConnectionId(venue);
        using var stop = new CancellationTokenSource();
        var trades = new Recording<Trade>(rig.Workbench.Market.Trades(FaultRig.Btc, via: connection, cancellationToken: stop.Token));
        await rig.UntilAsync(() => trades.Count > 0, "trades come");
        await rig.InjectAsync(connection, "fragmented-frames", new FaultSettings { Options = new Dictionary<string, string> { ["size"] = "3" } });
        var (seen, strikes) = (trades.Count, rig.Venues[connection].Strikes("fragmented-frames"));
        await rig.UntilAsync(() => trades.Count > seen + 5, "trades go on in fragments");
        rig.Venues[connection].Strikes("fragmented-frames").ShouldBeGreaterThan(strikes);
        (await OrderAsync(rig, connection, FaultRig.Btc)).Status.ShouldBe(OrderStatus.Filled);
        trades.Items.Select(t => t.Id).ShouldBeUnique();
        await rig.AssertBooksAgreeAsync();
        await stop.CancelAsync();
    }

    private static Task<Order> OrderAsync(FaultRig rig, ConnectionId connection, Symbol symbol)
    {
        var quantity = new Quantity(symbol == FaultRig.Btc ? 0.001m : 0.01m);
        return rig.WithinAsync(rig.Workbench.Orders.Submit(OrderRequest.Market(symbol, Side.Buy, quantity) with { Connection = connection }).Done, "the order is done");
    }
}
