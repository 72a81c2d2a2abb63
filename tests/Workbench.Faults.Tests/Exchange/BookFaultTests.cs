using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class BookFaultTests
{
    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E25_Book_that_misses_a_change_is_read_anew_and_never_shown_wrong(string venue)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var connection = new ConnectionId(venue);
        var books = new Recording<OrderBook>(rig.Workbench.Market.Books(FaultRig.Btc, Delivery.EveryEvent, connection));
        await rig.UntilAsync(() => books.Count >= 5, "books come");
        for (var strikes = 1; strikes <= 3; strikes++)
        {
            await rig.InjectAsync(connection, "book-gap", new FaultSettings { Count = 1, Symbol = FaultRig.Btc });
            await rig.UntilAsync(() => rig.Venues[connection].Strikes("book-gap") == strikes, "a change is missing");
            var seen = books.Count;
            await rig.UntilAsync(() => books.Count >= seen + 5, "books come again");
        }

        books.Items.ShouldAllBe(b => !b.IsCrossed);
        await UntilBookIsTheVenuesAsync(rig, connection, books);
    }

    [Fact]
    public async Task E25_Book_whose_numbers_begin_anew_is_read_anew()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var books = new Recording<OrderBook>(rig.Workbench.Market.Books(FaultRig.Btc, Delivery.EveryEvent, FaultRig.Bybit));
        await rig.UntilAsync(() => books.Count >= 5, "books come");
        var before = books.Last!.Stamp.Sequence;
        await rig.InjectAsync(FaultRig.Bybit, "update-ids-reset", new FaultSettings { Symbol = FaultRig.Btc });

        await rig.UntilAsync(() => books.Last!.Stamp.Sequence < before, "the new numbers are followed");
        var seen = books.Count;
        await rig.UntilAsync(() => books.Count >= seen + 5, "books go on");
        books.Items.ShouldAllBe(b => !b.IsCrossed);
        await UntilBookIsTheVenuesAsync(rig, FaultRig.Bybit, books);
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
