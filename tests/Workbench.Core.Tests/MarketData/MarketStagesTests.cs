using Workbench.Core.Instruments;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

public sealed class MarketStagesTests
{
    private readonly MarketBoard _quotes = new();
    private readonly RouteTable _routes = new([], TimeSpan.Zero);
    private readonly Collected _output = new();

    [Fact]
    public void Sequencer_drops_what_an_older_session_left_behind()
    {
        var sequencer = new SequencerStage();
        bool Passes(string connection, int session) => sequencer.Process(new MarketDataArrived(Some.Quote(connection, 1, 2, session)), _output);
        Passes("binance", 1).ShouldBeTrue();
        sequencer.Process(new MarketStreamEnded(new ConnectionId("binance"), 1), _output).ShouldBeTrue();
        Passes("binance", 3).ShouldBeTrue();
        Passes("binance", 2).ShouldBeFalse();
        Passes("bybit", 1).ShouldBeTrue("sessions are counted by connection");
        Passes("binance", 3).ShouldBeTrue();
        sequencer.Dropped.ShouldBe(1);
        sequencer.Process(new TimePassed(Some.Now), _output).ShouldBeTrue();
    }

    [Fact]
    public void Board_holds_the_newest_quote_of_each_connection()
    {
        _quotes.Any.ShouldBeFalse();
        var stage = new BooksStage(_quotes, _routes, null, new InstrumentBook());
        stage.Process(new MarketDataArrived(Some.Quote("binance", 1, 2)), _output).ShouldBeTrue();
        stage.Process(new RoutedMarketData(Some.Quote("bybit", 3, 4)), _output).ShouldBeTrue();
        stage.Process(new RoutedMarketData(Some.Quote("binance", 5, 6)), _output).ShouldBeTrue();
        _quotes.Latest(new ConnectionId("binance"), "BTC/USDT")!.Bid.ShouldBe(new Price(5));
        _quotes.Latest(new ConnectionId("bybit"), "BTC/USDT")!.Bid.ShouldBe(new Price(3));
        _quotes.Latest(new ConnectionId("binance"), "ETH/USDT").ShouldBeNull();
        (_quotes.All.Count, _quotes.Any).ShouldBe((2, true));
    }

    [Fact]
    public void Book_of_each_connection_is_kept_apart_and_handed_on_with_its_route()
    {
        var stage = new BooksStage(_quotes, _routes, null, new InstrumentBook());
        stage.Process(new MarketDataArrived(Update("binance", true, 100)), _output).ShouldBeFalse("a change is replaced by the book it leads to");
        stage.Process(new RoutedMarketData(Update("bybit", true, 200)), _output).ShouldBeFalse();
        stage.Process(new RoutedMarketData(Update("binance", false, 101)), _output).ShouldBeFalse();
        var books = _output.Messages.Cast<BookChanged>().ToList();
        books.Select(b => (b.Book.BestBid!.Value.Price.Value, b.Book.Bids.Count, b.IsRouted)).ShouldBe([(100m, 1, false), (200m, 1, true), (101m, 2, true)]);
    }

    [Fact]
    public void Book_without_a_snapshot_shows_nothing()
    {
        new BooksStage(_quotes, _routes, null, new InstrumentBook()).Process(new RoutedMarketData(Update("binance", false, 100)), _output).ShouldBeFalse();
        _output.Messages.ShouldBeEmpty();
    }

    [Fact]
    public void Book_for_readers_is_as_deep_as_promised()
    {
        var levels = Enumerable.Range(1, 500).Select(p => new PriceLevel(new Price(p), new Quantity(1))).ToArray();
        new BooksStage(_quotes, _routes, null, new InstrumentBook()).Process(new RoutedMarketData(new BookUpdate("BTC/USDT", true, levels, levels, Some.Stamp())), _output);
        var book = ((BookChanged)_output.Messages.ShouldHaveSingleItem()).Book;
        (book.Bids.Count, book.Asks.Count, book.BestBid!.Value.Price.Value, book.BestAsk!.Value.Price.Value).ShouldBe((BooksStage.Depth, BooksStage.Depth, 500, 1));
    }

    private static BookUpdate Update(string connection, bool isSnapshot, decimal bid) =>
        new("BTC/USDT", isSnapshot, [new PriceLevel(new Price(bid), new Quantity(1))], [], Some.Stamp(connection));
}
