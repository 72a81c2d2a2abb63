using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.MarketData;

/// <summary>Books that must not be traded on, on the whole host.</summary>
public sealed class BookFaultTests
{
    // A busy machine that is late looks like a stall: these tests are about one venue whose stream is well.
    private static readonly RigOptions Calm = new() { OneVenue = true, Yaml = "connections: { all: { stale_after: 5s } }" };

    [Fact]
    public async Task E26_Crossed_book_is_shown_as_invalid_and_closes_the_gate_until_it_is_uncrossed()
    {
        await using var rig = await FaultRig.StartAsync(Calm);
        var books = new Recording<OrderBook>(rig.Workbench.Market.Books(FaultRig.Btc, Delivery.EveryEvent));
        await rig.UntilAsync(() => rig.Workbench.Market.LatestBook(FaultRig.Btc) is { IsValid: true }, "there is a book");

        await rig.InjectAsync(FaultRig.Binance, "crossed-book", new FaultSettings { Symbol = FaultRig.Btc });
        await rig.UntilAsync(() => rig.Workbench.Market.LatestBook(FaultRig.Btc) is { IsValid: false }, "the crossed book is invalid");
        var denied = await rig.BuyAsync();
        denied.Knowledge.ShouldBe(OrderKnowledge.NotSent);
        denied.Reason.ShouldNotBeNull().ShouldStartWith("book_invalid: crossed since");
        rig.Venues[FaultRig.Binance].OrderRequests.ShouldBe(0);
        books.Items.ShouldContain(b => !b.IsValid && b.Problem!.StartsWith("crossed since", StringComparison.Ordinal), "its readers are told");

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilAsync(() => rig.Workbench.Market.LatestBook(FaultRig.Btc) is { IsValid: true } && rig.Workbench.Market.LatestQuote(FaultRig.Btc) is { } q && q.Bid < q.Ask, "the book is valid again");
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E26_Locked_book_stays_valid()
    {
        await using var rig = await FaultRig.StartAsync(Calm);
        var books = new Recording<OrderBook>(rig.Workbench.Market.Books(FaultRig.Btc, Delivery.EveryEvent));
        await rig.InjectAsync(FaultRig.Binance, "locked-book", new FaultSettings { Symbol = FaultRig.Btc });
        await rig.UntilAsync(() => books.Items.Any(b => b.IsLocked), "the book is locked");
        var since = books.Items.First(b => b.IsLocked).Stamp.ReceivedAt;
        await rig.UntilAsync(() => books.Last!.Stamp.ReceivedAt - since > TimeSpan.FromSeconds(1.5), "it has been so for longer than a book may be crossed");
        books.Items.ShouldAllBe(b => b.IsValid);
    }

    [Theory]
    [InlineData("asks", Side.Buy)]
    [InlineData("bids", Side.Sell)]
    public async Task E26_Market_order_towards_an_empty_side_is_not_sent(string away, Side side)
    {
        await using var rig = await FaultRig.StartAsync(Calm);
        await rig.InjectAsync(FaultRig.Binance, "one-sided-book", new FaultSettings { Symbol = FaultRig.Btc, Options = new Dictionary<string, string> { ["side"] = away } });
        await rig.UntilAsync(() => rig.Workbench.Market.LatestQuote(FaultRig.Btc) is { } q && (side == Side.Buy ? q.Ask : q.Bid) is null, "the side is empty");
        var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, side, new Quantity(0.001m)));
        var denied = await rig.WithinAsync(handle.Done, "the order is denied");
        denied.Knowledge.ShouldBe(OrderKnowledge.NotSent);
        rig.Venues[FaultRig.Binance].OrderRequests.ShouldBe(0);
    }

    [Fact]
    public async Task E26_Empty_book_takes_no_order()
    {
        await using var rig = await FaultRig.StartAsync(Calm);
        await rig.InjectAsync(FaultRig.Binance, "empty-book", new FaultSettings { Symbol = FaultRig.Btc });
        await rig.UntilAsync(() => rig.Workbench.Market.LatestQuote(FaultRig.Btc) is { Bid: null, Ask: null }, "the book is empty");
        (await rig.BuyAsync()).Knowledge.ShouldBe(OrderKnowledge.NotSent);
        rig.Venues[FaultRig.Binance].OrderRequests.ShouldBe(0);
    }
}
