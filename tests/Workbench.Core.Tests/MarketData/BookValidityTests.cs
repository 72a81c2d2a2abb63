using Workbench.Core.Instruments;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

public sealed class BookValidityTests
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly MarketSubscription BtcBook = new(Btc, MarketChannel.Book);

    private readonly MarketBoard _board = new();
    private readonly Collected _output = new();
    private readonly BooksStage _stage;
    private Timestamp _now = Some.Now;

    public BookValidityTests()
    {
        _stage = new BooksStage(_board, new RouteTable([], TimeSpan.Zero), null, new InstrumentBook());
        _stage.Process(new ReaderMoved(Binance, BtcBook, IsThere: true), _output);
    }

    private MarketSlot Slot => _board.Find(Binance, Btc)!;

    [Fact]
    public void E26_Crossed_book_is_invalid_after_one_second_to_the_tick()
    {
        Update(true, [(99, 1)], [(100, 1)]);
        Update(false, [(101, 1)], []);
        Pass(999);
        (Slot.Book!.IsCrossed, Slot.Book.IsValid, Slot.BookProblem).ShouldBe((true, true, null));
        Pass(1);
        Slot.Book!.Problem.ShouldBe("crossed since 22:13:20.000: bid 101 is above ask 100");
        Slot.BookProblem.ShouldBe(Slot.Book.Problem);
        _output.Messages.OfType<BookChanged>().Last().Book.IsValid.ShouldBeFalse("readers are told without a change of the book");
        _output.Messages.OfType<AnomalyFound>().Count().ShouldBe(1);
        Pass(5000);
        _output.Messages.OfType<AnomalyFound>().Count().ShouldBe(1, "it is told once");
    }

    [Fact]
    public void E26_Crossing_that_ends_in_time_leaves_no_trace()
    {
        Update(true, [(101, 1)], [(100, 1)]);
        Pass(900);
        Update(false, [(101, 0), (99, 1)], []);
        Pass(5000);
        Update(false, [(101, 1)], []);
        Pass(999);
        Slot.Book!.IsValid.ShouldBeTrue("the time begins anew with each crossing");
    }

    [Fact]
    public void E26_Crossed_book_is_valid_again_with_the_change_that_uncrosses_it()
    {
        Update(true, [(101, 1)], [(100, 1)]);
        Pass(1000);
        Update(false, [(102, 1)], []);
        Slot.Book!.IsValid.ShouldBeFalse("still crossed");
        Update(false, [(102, 0), (101, 0), (99, 1)], []);
        (Slot.Book!.IsValid, Slot.BookProblem).ShouldBe((true, null));
    }

    [Fact]
    public void E26_Locked_book_and_one_sided_and_empty_ones_are_valid_for_ever()
    {
        Update(true, [(100, 1)], [(100, 1)]);
        Pass(60_000);
        (Slot.Book!.IsLocked, Slot.Book.IsValid).ShouldBe((true, true));
        Update(true, [(100, 1)], []);
        Pass(60_000);
        Slot.Book!.IsValid.ShouldBeTrue();
        Update(true, [], []);
        Pass(60_000);
        Slot.Book!.IsValid.ShouldBeTrue();
    }

    [Fact]
    public void E25_Interrupted_book_is_invalid_at_once_keeps_its_last_levels_and_is_valid_again_only_with_a_whole_book()
    {
        Update(true, [(99, 1)], [(100, 1)]);
        Interrupt("the ids 5 to 7 are missing");
        (Slot.Book!.Problem, Slot.BookProblem, Slot.Book.BestBid!.Value.Price.Value).ShouldBe(("the ids 5 to 7 are missing", "the ids 5 to 7 are missing", 99));
        var told = _output.Messages.Count;
        Update(false, [(98, 1)], []);
        _output.Messages.Count.ShouldBe(told, "a change on top of a lost book says nothing");
        Update(true, [(97, 1)], [(98, 1)]);
        (Slot.Book!.IsValid, Slot.BookProblem, Slot.Book.Bids.Count).ShouldBe((true, null, 1));
    }

    [Fact]
    public void E25_Interruption_of_another_channel_or_connection_does_not_touch_the_book()
    {
        Update(true, [(99, 1)], [(100, 1)]);
        _stage.Process(new MarketDataInterrupted(Binance, new MarketSubscription(Btc, MarketChannel.Trades), "silent"), _output).ShouldBeTrue();
        _stage.Process(new MarketDataInterrupted(new ConnectionId("bybit"), BtcBook, "silent"), _output).ShouldBeTrue();
        Slot.Book!.IsValid.ShouldBeTrue();
    }

    [Fact]
    public void E25_End_of_a_stream_invalidates_its_books_and_not_those_that_a_newer_session_has_brought()
    {
        Update(true, [(99, 1)], [(100, 1)]);
        _stage.Process(new MarketStreamEnded(Binance, 0), _output).ShouldBeTrue();
        Slot.Book!.IsValid.ShouldBeTrue("an older session has ended");
        _stage.Process(new MarketStreamEnded(Binance, 1), _output).ShouldBeTrue();
        (Slot.Book!.Problem, Slot.BookProblem).ShouldBe(("the stream has ended", "the stream has ended"));
    }

    [Fact]
    public void E25_Interruption_of_a_book_that_nobody_follows_stops_no_order()
    {
        Update(true, [(99, 1)], [(100, 1)]);
        _stage.Process(new ReaderMoved(Binance, BtcBook, IsThere: false), _output);
        Interrupt("a gap");
        (Slot.Book!.IsValid, Slot.BookProblem).ShouldBe((false, null));
    }

    [Fact]
    public void Book_that_nobody_follows_any_more_stops_no_order_and_says_so()
    {
        Update(true, [(101, 1)], [(100, 1)]);
        Pass(1000);
        _stage.Process(new ReaderMoved(Binance, BtcBook, IsThere: true), _output);
        _stage.Process(new ReaderMoved(Binance, BtcBook, IsThere: false), _output);
        Slot.BookProblem.ShouldNotBeNull("the first reader is still there");
        _stage.Process(new ReaderMoved(Binance, BtcBook, IsThere: false), _output);
        Slot.BookProblem.ShouldBeNull();
        Slot.Book!.Problem.ShouldBe("nobody follows it any more");
        Update(false, [(101, 0), (99, 1)], []);
        Slot.Book!.IsValid.ShouldBeTrue("somebody came back before the venue was told");
    }

    private void Update(bool isSnapshot, (decimal, decimal)[] bids, (decimal, decimal)[] asks) =>
        _stage.Process(new MarketDataArrived(new BookUpdate(Btc, isSnapshot, Levels(bids), Levels(asks), Some.Stamp() with { ReceivedAt = _now })), _output);

    private void Interrupt(string reason) => _stage.Process(new MarketDataInterrupted(Binance, BtcBook, reason), _output);

    private void Pass(int milliseconds)
    {
        _now += TimeSpan.FromMilliseconds(milliseconds);
        _stage.Process(new TimePassed(_now), _output);
    }

    private static PriceLevel[] Levels((decimal Price, decimal Quantity)[] levels) => [.. levels.Select(l => new PriceLevel(new Price(l.Price), new Quantity(l.Quantity)))];
}
