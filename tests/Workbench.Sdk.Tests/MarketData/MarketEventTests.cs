namespace Workbench.Sdk.Tests.MarketData;

public sealed class MarketEventTests
{
    private static readonly Timestamp Received = Timestamp.FromUnixMilliseconds(1_723_161_253_937);

    private static readonly MarketStamp Stamp = new()
    {
        Connection = new ConnectionId("binance"), Venue = new VenueId("binance"), Session = 1, VenueTime = Received, ReceivedAt = Received,
    };

    [Theory]
    [InlineData("100", "102", "101", "2")]
    [InlineData("100.01", "100.02", "100.015", "0.01")]
    [InlineData("102", "100", "101", "-2")]
    [InlineData("100", null, null, null)]
    [InlineData(null, "100", null, null)]
    [InlineData(null, null, null, null)]
    public void Quote_has_a_middle_and_a_spread_when_it_has_both_sides(string? bid, string? ask, string? mid, string? spread)
    {
        var quote = new Quote("BTC/USDT", Price(bid), new Quantity(1), Price(ask), new Quantity(1), Stamp);
        (quote.Mid?.ToString(), quote.Spread?.ToString()).ShouldBe((mid, spread));
    }

    [Theory]
    [InlineData("100", "101", false, false)]
    [InlineData("101", "101", false, true)]
    [InlineData("102", "101", true, false)]
    [InlineData("102", null, false, false)]
    [InlineData(null, "101", false, false)]
    [InlineData(null, null, false, false)]
    public void Book_is_crossed_above_its_ask_and_locked_at_it(string? bid, string? ask, bool isCrossed, bool isLocked)
    {
        var book = new OrderBook("BTC/USDT", Side(bid), Side(ask), Stamp);
        (book.IsCrossed, book.IsLocked, book.IsValid).ShouldBe((isCrossed, isLocked, true));
        (book.BestBid?.Price.ToString(), book.BestAsk?.Price.ToString()).ShouldBe((bid, ask));
    }

    [Fact]
    public void Stamp_ages_from_its_arrival()
    {
        var stamp = Stamp with { VenueTime = Received + TimeSpan.FromSeconds(-9) };
        stamp.AgeAt(Received + TimeSpan.FromSeconds(2)).ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Event_marked_as_backup_keeps_its_kind_and_values()
    {
        MarketEvent e = new Trade("BTC/USDT", new TradeId("1"), new Price(1), new Quantity(1), Sdk.Side.Buy, Stamp);
        var marked = e with { Stamp = e.Stamp with { IsBackup = true } };
        marked.ShouldBeOfType<Trade>().Id.ShouldBe(new TradeId("1"));
        (marked.Stamp.IsBackup, e.Stamp.IsBackup).ShouldBe((true, false));
    }

    [Fact]
    public void Subscription_says_what_it_means() => new MarketSubscription("BTC/USDT", MarketChannel.Trades).ToString().ShouldBe("BTC/USDT Trades");

    private static Price? Price(string? text) => text is null ? null : Sdk.Price.Parse(text);

    private static PriceLevel[] Side(string? price) => Price(price) is { } p ? [new PriceLevel(p, new Quantity(1))] : [];
}
