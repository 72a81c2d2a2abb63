using System.Text.Json;
using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Streams;

public sealed class MarketStreamTests : IAsyncDisposable
{
    private static readonly MarketSubscription Quotes = new(Rig.Bitcoin, MarketChannel.Quotes);
    private static readonly MarketSubscription Book = new(Rig.Bitcoin, MarketChannel.Book);

    private readonly FakeMarketSession _session = new();
    private readonly CancellationTokenSource _ending = new();
    private Task<StreamEnd> _run = Task.FromResult(default(StreamEnd));
    private Rig _rig = null!;

    private FakeSocket Socket => _rig.Sockets.Socket;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _run.WaitAsync(Generous.Timeout);
        _ending.Dispose();
    }

    [Fact]
    public async Task Wishes_are_sent_to_the_spot_socket_and_acknowledged_by_request_id()
    {
        _session.Wish(Quotes);
        _session.Wish(Book);
        _session.Wish(new MarketSubscription(Rig.Bitcoin, MarketChannel.Trades));
        _session.Wish(new MarketSubscription(Rig.Bitcoin, MarketChannel.Candles));
        await StartAsync();

        (await Socket.SentAsync()).ShouldBe("""{"req_id":"1","op":"subscribe","args":["orderbook.1.BTCUSDT","orderbook.50.BTCUSDT","publicTrade.BTCUSDT","kline.1.BTCUSDT"]}""");
        _rig.Sockets.Address!.AbsoluteUri.ShouldBe("wss://stream.bybit.com/v5/public/spot");
        Socket.Arrive("""{"success":true,"ret_msg":"subscribe","conn_id":"x","req_id":"1","op":"subscribe"}""");

        (await _session.NextAsync<Acked>()).Subscription.ShouldBe(Quotes);
        (await _session.NextAsync<Acked>()).Subscription.ShouldBe(Book);
    }

    [Fact]
    public async Task More_than_ten_wishes_go_in_several_requests()
    {
        var rows = string.Join(",", Enumerable.Range(0, 23).Select(i => $$$"""{"symbol":"C{{{i}}}USDT","baseCoin":"C{{{i}}}","quoteCoin":"USDT","status":"Trading","lotSizeFilter":{"basePrecision":"1"},"priceFilter":{"tickSize":"1"}}"""));
        _rig = new Rig();
        _rig.Http.Ok("/v5/market/instruments-info", $$"""{"list":[{{rows}}]}""");
        await _rig.Connector.GetInstrumentsAsync(CancellationToken.None);
        foreach (var i in Enumerable.Range(0, 23))
        {
            _session.Wish(new MarketSubscription(Symbol.Parse($"C{i}/USDT"), MarketChannel.Trades));
        }

        await RunAsync();

        (await ArgsAsync()).Length.ShouldBe(10);
        (await ArgsAsync()).Length.ShouldBe(10);
        (await ArgsAsync()).ShouldBe(["publicTrade.C20USDT", "publicTrade.C21USDT", "publicTrade.C22USDT"]);
    }

    [Fact]
    public async Task Market_that_the_venue_does_not_list_is_refused_without_a_request()
    {
        var unknown = new MarketSubscription(Symbol.Parse("NO/SUCH"), MarketChannel.Trades);
        _session.Wish(unknown);
        _session.Wish(Quotes);
        await StartAsync();

        var denied = await _session.NextAsync<Denied>();
        denied.Subscription.ShouldBe(unknown);
        denied.Error.Kind.ShouldBe(VenueErrorKind.NotFound);
        (await ArgsAsync()).ShouldBe(["orderbook.1.BTCUSDT"]);
    }

    [Fact]
    public async Task Refused_request_with_several_topics_is_asked_topic_by_topic_and_only_the_bad_one_is_refused()
    {
        _session.Wish(Quotes);
        _session.Wish(Book);
        await StartAsync();
        await Socket.SentAsync();
        Socket.Arrive("""{"success":false,"ret_msg":"Invalid symbol :[orderbook.50.BTCUSDT]","conn_id":"x","op":"subscribe"}""");

        (await ArgsAsync()).ShouldBe(["orderbook.1.BTCUSDT"]);
        (await ArgsAsync()).ShouldBe(["orderbook.50.BTCUSDT"]);
        Socket.Arrive("""{"success":false,"ret_msg":"error:already subscribed,topic:orderbook.1.BTCUSDT","req_id":"2","op":"subscribe"}""");
        Socket.Arrive("""{"success":false,"ret_msg":"Invalid symbol","req_id":"3","op":"subscribe"}""");

        (await _session.NextAsync<Acked>()).Subscription.ShouldBe(Quotes);
        var denied = await _session.NextAsync<Denied>();
        denied.Subscription.ShouldBe(Book);
        denied.Error.Message.ShouldContain("Invalid symbol");
    }

    [Fact]
    public async Task Ending_a_wish_unsubscribes_and_late_messages_are_nobodys()
    {
        _session.Wish(Quotes);
        await StartAsync();
        await Socket.SentAsync();
        _session.Wish(Quotes, isAdded: false);
        (await Socket.SentAsync()).ShouldBe("""{"req_id":"2","op":"unsubscribe","args":["orderbook.1.BTCUSDT"]}""");
        _session.Wish(Book);
        await Socket.SentAsync();
        Socket.Arrive(TopText("snapshot", 1, 10));
        Socket.Arrive(BookText("snapshot", 5, """["100","1"]""", """["101","1"]"""));

        (await _session.NextAsync<BookUpdate>()).Stamp.Sequence.ShouldBe(5);
    }

    [Fact]
    public async Task Quote_carries_prices_times_and_sequence_and_a_repeat_is_a_fresh_quote()
    {
        _session.Wish(Quotes);
        await StartAsync();
        await Socket.SentAsync();
        Socket.Arrive("""{"topic":"orderbook.1.BTCUSDT","ts":1700000000010,"type":"snapshot","data":{"s":"BTCUSDT","b":[["28165.07","0.175231"]],"a":[["28165.08","0.996816"]],"u":20404754,"seq":4281281856},"cts":1700000000009}""");
        var first = await _session.NextAsync<Quote>();
        _rig.Time.Advance(TimeSpan.FromSeconds(3));
        Socket.Arrive("""{"topic":"orderbook.1.BTCUSDT","ts":1700000003010,"type":"snapshot","data":{"s":"BTCUSDT","b":[["28165.07","0.175231"]],"a":[["28165.08","0.996816"]],"u":20404754,"seq":4281281856},"cts":1700000000009}""");
        var repeat = await _session.NextAsync<Quote>();

        first.Symbol.ShouldBe(Rig.Bitcoin);
        first.Bid.ShouldBe(Price.Parse("28165.07"));
        first.BidQuantity.ShouldBe(Quantity.Parse("0.175231"));
        first.Ask.ShouldBe(Price.Parse("28165.08"));
        first.AskQuantity.ShouldBe(Quantity.Parse("0.996816"));
        first.Stamp.VenueTime.UnixMilliseconds.ShouldBe(1700000000009);
        first.Stamp.Sequence.ShouldBe(20404754);
        (repeat.Stamp.ReceivedAt - first.Stamp.ReceivedAt).ShouldBe(TimeSpan.FromSeconds(3));
        repeat.Stamp.Sequence.ShouldBe(first.Stamp.Sequence);
    }

    [Fact]
    public async Task Quote_with_an_empty_side_has_no_price_there_and_old_style_changes_are_understood()
    {
        _session.Wish(Quotes);
        await StartAsync();
        await Socket.SentAsync();
        Socket.Arrive("""{"topic":"orderbook.1.BTCUSDT","type":"snapshot","data":{"s":"BTCUSDT","b":[],"a":[["101","1"]],"u":5,"seq":1}}""");
        Socket.Arrive("""{"topic":"orderbook.1.BTCUSDT","type":"delta","data":{"s":"BTCUSDT","b":[["100","2"]],"a":[["101","0"],["102","3"]],"u":6,"seq":1}}""");
        Socket.Arrive("""{"topic":"orderbook.1.BTCUSDT","type":"delta","data":{"s":"BTCUSDT","b":[["99","4"],["100","0"]],"a":[],"u":7,"seq":1}}""");

        (await _session.NextAsync<Quote>()).Bid.ShouldBeNull();
        var second = await _session.NextAsync<Quote>();
        (second.Bid, second.Ask, second.AskQuantity).ShouldBe((Price.Parse("100"), Price.Parse("102"), Quantity.Parse("3")));
        var third = await _session.NextAsync<Quote>();
        (third.Bid, third.BidQuantity, third.Ask).ShouldBe((Price.Parse("99"), Quantity.Parse("4"), Price.Parse("102")));
    }

    [Fact]
    public async Task Book_with_a_gap_is_asked_for_again_and_silent_until_its_snapshot()
    {
        _session.Wish(Book);
        await StartAsync();
        await Socket.SentAsync();
        Socket.Arrive(BookText("snapshot", 10, """["100","1"]""", """["101","1"]"""));
        Socket.Arrive(BookText("delta", 11, """["100","0"]""", ""));
        Socket.Arrive(BookText("delta", 13, """["99","1"]""", ""));

        (await _session.NextAsync<BookUpdate>()).IsSnapshot.ShouldBeTrue();
        var change = await _session.NextAsync<BookUpdate>();
        change.IsSnapshot.ShouldBeFalse();
        change.Bids.ShouldHaveSingleItem().Quantity.IsZero.ShouldBeTrue();
        (await _session.NextAsync<Broken>()).Subscription.ShouldBe(Book);
        _session.Wish(Book, isAgain: true);
        (await Socket.SentAsync()).ShouldBe("""{"req_id":"2","op":"unsubscribe","args":["orderbook.50.BTCUSDT"]}""");
        (await Socket.SentAsync()).ShouldBe("""{"req_id":"3","op":"subscribe","args":["orderbook.50.BTCUSDT"]}""");
        Socket.Arrive(BookText("delta", 14, """["98","1"]""", ""));
        Socket.Arrive(BookText("snapshot", 20, """["97","1"]""", ""));
        var again = await _session.NextAsync<BookUpdate>();
        (again.IsSnapshot, again.Stamp.Sequence).ShouldBe((true, 20));
        _session.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Unreadable_book_message_is_reported_and_leads_to_a_new_snapshot()
    {
        _session.Wish(Book);
        await StartAsync();
        await Socket.SentAsync();
        Socket.Arrive(BookText("snapshot", 10, """["100","1"]""", ""));
        Socket.Arrive(BookText("delta", 11, """["NaN","1"]""", ""));
        Socket.Arrive(BookText("delta", 12, """["99","1"]""", ""));

        await _session.NextAsync<BookUpdate>();
        await _session.NextAsync<Bad>();
        (await _session.NextAsync<Broken>()).Subscription.ShouldBe(Book);
        _session.Wish(Book, isAgain: true);
        (await Socket.SentAsync()).ShouldContain("unsubscribe");
    }

    [Fact]
    public async Task Message_of_another_market_than_its_topic_is_put_aside()
    {
        _session.Wish(Quotes);
        await StartAsync();
        await Socket.SentAsync();
        Socket.Arrive("""{"topic":"orderbook.1.BTCUSDT","type":"snapshot","data":{"s":"ETHUSDT","b":[["1","1"]],"a":[],"u":5,"seq":1}}""");

        (await _session.NextAsync<Bad>()).Message.ShouldContain("another market");
    }

    [Fact]
    public async Task Trades_and_candles_are_published_one_by_one()
    {
        _session.Wish(new MarketSubscription(Rig.Bitcoin, MarketChannel.Trades));
        _session.Wish(new MarketSubscription(Rig.Bitcoin, MarketChannel.Candles));
        await StartAsync();
        await Socket.SentAsync();
        Socket.Arrive("""{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":3,"data":[{"T":1,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"a-1","BT":false,"seq":77},{"T":2,"s":"BTCUSDT","S":"Sell","v":"2","p":"16578","i":"a-2","BT":false}]}""");
        Socket.Arrive("""{"type":"snapshot","topic":"kline.1.BTCUSDT","data":[{"start":1786310760000,"end":1786310819999,"interval":"1","open":"65140.4","close":"65140.5","high":"65141","low":"65140.1","volume":"0.15318","turnover":"9978.2084389","confirm":true,"timestamp":1786310816562}],"ts":1786310816562}""");

        var first = await _session.NextAsync<Trade>();
        (first.Id.Value, first.Price.Value, first.Quantity.Value, first.TakerSide, first.Stamp.VenueTime.UnixMilliseconds, first.Stamp.Sequence).ShouldBe(("a-1", 16578.5m, 0.001m, Side.Buy, 1, 77));
        (await _session.NextAsync<Trade>()).TakerSide.ShouldBe(Side.Sell);
        var candle = await _session.NextAsync<Candle>();
        (candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Close.Value, candle.Volume.Value).ShouldBe((65140.4m, 65141m, 65140.1m, 65140.5m, 0.15318m));
        (candle.Interval, candle.IsClosed, candle.OpenTime.UnixMilliseconds).ShouldBe((TimeSpan.FromMinutes(1), true, 1786310760000));
    }

    [Theory]
    [InlineData("""{"success":true,"ret_msg":"pong","conn_id":"x","req_id":"ping","op":"ping"}""")]
    [InlineData("""{"req_id":"ping","op":"pong","args":["1675418560633"],"conn_id":"x"}""")]
    public async Task Ping_goes_out_every_twenty_seconds_and_its_answer_keeps_the_stream(string pong)
    {
        await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(19));
            Socket.HasSent.ShouldBeFalse();
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            (await Socket.SentAsync()).ShouldBe("""{"req_id":"ping","op":"ping"}""");
            Socket.Arrive(pong);
            await SettleAsync();
        }

        _run.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Silence_after_a_ping_ends_the_stream()
    {
        await StartAsync();
        _rig.Time.Advance(TimeSpan.FromSeconds(20));
        await Socket.SentAsync();
        _rig.Time.Advance(TimeSpan.FromSeconds(10));

        (await EndAsync()).Error!.Kind.ShouldBe(VenueErrorKind.Timeout);
        Socket.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task N21_Subscription_without_an_answer_is_ended_and_begun_anew_when_the_host_wishes_so_and_not_before()
    {
        _session.Wish(Quotes);
        await StartAsync();
        await Socket.SentAsync();
        _rig.Time.Advance(TimeSpan.FromSeconds(15));
        Socket.HasSent.ShouldBeFalse();
        _session.Wish(Quotes, isAgain: true);
        (await Socket.SentAsync()).ShouldBe("""{"req_id":"2","op":"unsubscribe","args":["orderbook.1.BTCUSDT"]}""");
        (await Socket.SentAsync()).ShouldBe("""{"req_id":"3","op":"subscribe","args":["orderbook.1.BTCUSDT"]}""");
        Socket.Arrive("""{"success":true,"ret_msg":"","req_id":"3","op":"subscribe"}""");
        (await _session.NextAsync<Acked>()).Subscription.ShouldBe(Quotes);
    }

    [Fact]
    public async Task End_of_the_socket_is_the_end_of_the_stream_with_its_reason()
    {
        await StartAsync();
        Socket.End(new VenueError(VenueErrorKind.Network, "reset"));

        (await EndAsync()).Error!.Message.ShouldBe("reset");
    }

    [Fact]
    public async Task Failed_send_ends_the_stream_with_its_reason()
    {
        await StartAsync();
        Socket.SendError = new VenueError(VenueErrorKind.Network, "broken pipe");
        _session.Wish(Quotes);

        (await EndAsync()).Error!.Message.ShouldBe("broken pipe");
    }

    [Fact]
    public async Task Cancelled_stream_ends_in_order_and_a_refused_connection_says_why()
    {
        await StartAsync();
        await _ending.CancelAsync();
        (await EndAsync()).ShouldBe(StreamEnd.Orderly);

        var refused = new Rig();
        refused.Sockets.Refusal = new VenueError(VenueErrorKind.Network, "connection refused");
        (await refused.Connector.RunMarketStreamAsync(_session, CancellationToken.None)).Error!.Message.ShouldBe("connection refused");
    }

    private static string BookText(string type, long id, string bid, string ask) =>
        $$"""{"topic":"orderbook.50.BTCUSDT","ts":5,"type":"{{type}}","data":{"s":"BTCUSDT","b":[{{bid}}],"a":[{{ask}}],"u":{{id}},"seq":1},"cts":4}""";

    private static string TopText(string type, long id, int price) =>
        $$"""{"topic":"orderbook.1.BTCUSDT","ts":5,"type":"{{type}}","data":{"s":"BTCUSDT","b":[["{{price}}","1"]],"a":[],"u":{{id}},"seq":1},"cts":4}""";

    private async Task StartAsync()
    {
        _rig = await Rig.ReadyAsync();
        await RunAsync();
    }

    private async Task RunAsync()
    {
        _run = _rig.Connector.RunMarketStreamAsync(_session, _ending.Token);
        await _session.NextAsync<Up>();
    }

    private async Task<string[]> ArgsAsync()
    {
        using var sent = JsonDocument.Parse(await Socket.SentAsync());
        return [.. sent.RootElement.GetProperty("args").EnumerateArray().Select(a => a.GetString()!)];
    }

    private async Task<StreamEnd> EndAsync() => await _run.WaitAsync(Generous.Timeout);

    // Whatever arrived before has been read when this has been reported.
    private async Task SettleAsync()
    {
        Socket.Arrive("no message");
        await _session.NextAsync<Bad>();
    }
}
