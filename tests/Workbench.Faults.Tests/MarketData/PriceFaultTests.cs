using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.MarketData;

/// <summary>Prices that cannot be, and prices that nobody should believe at once, on the whole host.</summary>
public sealed class PriceFaultTests
{
    private static readonly string[] Impossible = ["zero", "negative", "nan", "infinite", "tiny", "long", "text"];

    public static TheoryData<string, string> Everywhere => new(from venue in new[] { "binance", "bybit" } from price in Impossible select (venue, price));

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task E27_Impossible_prices_are_put_aside_and_never_seen(string venue, string price)
    {
        await using var rig = await FaultRig.StartAsync();
        var connection = new ConnectionId(venue);
        var quotes = new Recording<Quote>(rig.Workbench.Market.Quotes(FaultRig.Btc, Delivery.EveryEvent, connection));
        var trades = new Recording<Trade>(rig.Workbench.Market.Trades(FaultRig.Btc, Delivery.EveryEvent, connection));
        var books = new Recording<OrderBook>(rig.Workbench.Market.Books(FaultRig.Btc, Delivery.EveryEvent, connection));
        await rig.UntilAsync(() => quotes.Count > 0 && books.Count > 0, "data comes");

        await rig.InjectAsync(connection, "bad-price", new FaultSettings { Options = new Dictionary<string, string> { ["price"] = price } });
        await rig.UntilAsync(() => rig.Venues[connection].Strikes("bad-price") > 5 && rig.Log.Any(l => l.Contains($"{venue} sent something unreadable", StringComparison.Ordinal)), "bad messages are counted and shown");
        await rig.ClearAsync(connection);
        var seen = quotes.Count;
        await rig.UntilAsync(() => quotes.Count > seen, "quotes come again");

        rig.Host.Engine.MarketData.Unreadable.ShouldBeGreaterThan(0);
        var usual = quotes.Items[0].Mid!.Value.Value;
        quotes.Items.ShouldAllBe(q => (q.Bid == null || IsNear(q.Bid.Value, usual)) && (q.Ask == null || IsNear(q.Ask.Value, usual)));
        trades.Items.ShouldAllBe(t => IsNear(t.Price, usual));
        books.Items.SelectMany(b => b.Bids.Concat(b.Asks)).ShouldAllBe(l => IsNear(l.Price, usual));
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E28_Absurd_print_reaches_its_readers_marked_as_suspect_and_those_after_it_are_not(string venue)
    {
        await using var rig = await FaultRig.StartAsync();
        var connection = new ConnectionId(venue);
        var trades = new Recording<Trade>(rig.Workbench.Market.Trades(FaultRig.Btc, Delivery.EveryEvent, connection));
        await rig.UntilAsync(() => trades.Count > 0, "there is a history to compare with");

        await rig.InjectAsync(connection, "absurd-trade", new FaultSettings { Symbol = FaultRig.Btc, Options = new Dictionary<string, string> { ["percent"] = "-50" } });
        await rig.UntilAsync(() => trades.Items.Any(t => t.Stamp.IsSuspect), "the print is marked");
        var absurd = trades.Items.First(t => t.Stamp.IsSuspect);
        var seen = trades.Count;
        await rig.UntilAsync(() => trades.Count > seen, "trading goes on");
        absurd.Price.Value.ShouldBeLessThan(trades.Items[0].Price.Value * 0.6m);
        trades.Items.Where(t => t.Stamp.IsSuspect).ShouldHaveSingleItem();
        rig.Log.ShouldContain(l => l.Contains("suspect until another venue", StringComparison.Ordinal));
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled, "the quotes are well: a single print stops nothing");
    }

    [Fact]
    public async Task E28_Quotes_far_off_on_one_venue_take_no_order_there_while_the_other_venue_says_otherwise()
    {
        await using var rig = await FaultRig.StartAsync("risk: { price_jump: 20%, confirm_jump_after: 200ms }");
        await rig.InjectAsync(FaultRig.Binance, "bad-price", new FaultSettings { Options = new Dictionary<string, string> { ["price"] = "up", ["percent"] = "50" } });
        await rig.UntilAsync(() => rig.Quotes.Last is { Stamp.IsSuspect: true }, "the quotes are suspect");
        var order = await rig.BuyAsync();
        (order.Knowledge, order.Reason!.Split(':')[0]).ShouldBe((OrderKnowledge.NotSent, "suspect_price"));
        rig.Venues[FaultRig.Binance].OrderRequests.ShouldBe(0);

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilAsync(() => rig.Quotes.Last is { Stamp.IsSuspect: false }, "the quotes are ordinary again");
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }

    private static bool IsNear(Price price, decimal usual) => price.Value > usual * 0.7m && price.Value < usual * 1.4m;
}
