using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class BookFaultTests
{
    [Theory]
    [InlineData("binance", "book-gap")]
    [InlineData("binance", "update-ids-reset")]
    [InlineData("bybit", "book-gap")]
    [InlineData("bybit", "update-ids-reset")]
    public async Task E25_Book_whose_changes_do_not_follow_each_other_is_read_anew_and_never_shown_wrong(string venue, string fault)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var connection = new ConnectionId(venue);
        var books = new Recording<OrderBook>(rig.Workbench.Market.Books(FaultRig.Btc, Delivery.EveryEvent, connection));
        await rig.UntilAsync(() => books.Count >= 5, "books come");

        for (var i = 0; i < 3; i++)
        {
            await rig.InjectAsync(connection, fault, new FaultSettings { Count = fault == "book-gap" ? 1 : null, Symbol = FaultRig.Btc });
            var strikes = i + 1;
            await rig.UntilAsync(() => rig.Venues[connection].Strikes(fault) >= strikes, "the fault has struck");
            await rig.ClearAsync(connection);
            var seen = books.Count;
            await rig.UntilAsync(() => books.Count >= seen + 5, "books come again");
        }

        books.Items.ShouldAllBe(b => !b.IsCrossed);
        await UntilBookIsTheVenuesAsync(rig, connection, books);
    }

    [Fact]
    public async Task E25_Snapshot_that_is_older_than_the_stream_is_not_built_on()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var books = new Recording<OrderBook>(rig.Workbench.Market.Books(FaultRig.Btc, Delivery.EveryEvent, FaultRig.Binance));
        await rig.UntilAsync(() => books.Count >= 5, "books come");
        await rig.InjectAsync(FaultRig.Binance, "stale-snapshot", new FaultSettings { Count = 2, Options = new Dictionary<string, string> { ["by"] = "1000000" } });
        await rig.InjectAsync(FaultRig.Binance, "book-gap", new FaultSettings { Count = 1, Symbol = FaultRig.Btc });

        await rig.UntilAsync(() => rig.Venues[FaultRig.Binance].Strikes("stale-snapshot") == 2, "two old snapshots were read");
        var seen = books.Count;
        await rig.UntilAsync(() => books.Count >= seen + 5, "books come again");
        books.Items.ShouldAllBe(b => !b.IsCrossed);
        await UntilBookIsTheVenuesAsync(rig, FaultRig.Binance, books);
    }

    // The feed is a moment behind the venue, so the two are compared until they are seen to agree.
    private static Task UntilBookIsTheVenuesAsync(FaultRig rig, ConnectionId connection, Recording<OrderBook> books) => rig.UntilAsync(
        () =>
        {
            var top = rig.Venues[connection].Top("BTCUSDT");
            return books.Last is { BestBid: { } bid, BestAsk: { } ask } && (bid.Price.Value, ask.Price.Value) == top;
        },
        "the book is that of the venue");
}
