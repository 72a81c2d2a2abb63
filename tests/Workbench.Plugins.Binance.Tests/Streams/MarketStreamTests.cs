using System.Text.Json;
using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Streams;

public sealed class MarketStreamTests : IDisposable
{
    private const string Ticker = """{"stream":"btcusdt@bookTicker","data":{"u":7,"s":"BTCUSDT","b":"1","B":"2","a":"3","A":"4"}}""";
    private readonly Venue _venue = new();
    private readonly FakeMarketSession _session = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task Wishes_are_subscribed_acknowledged_and_delivered()
    {
        _session.Wish(Venue.Btc, MarketChannel.Quotes);
        _session.Wish(Venue.Btc, MarketChannel.Trades);
        _session.Wish("ETH/USDT", MarketChannel.Candles);
        var run = await StartAsync();

        _venue.Sockets.Address!.AbsoluteUri.ShouldBe("ws://127.0.0.1:9999/stream");
        (await _venue.Sockets.SentAsync()).ShouldBe("""{"method":"SUBSCRIBE","params":["btcusdt@bookTicker","btcusdt@trade","ethusdt@kline_1m"],"id":1}""");
        _venue.Sockets.Push("""{"result":null,"id":1}""");
        (await _session.NextAsync()).ShouldBe("acknowledged BTC/USDT Quotes");
        (await _session.NextAsync()).ShouldBe("acknowledged BTC/USDT Trades");
        (await _session.NextAsync()).ShouldBe("acknowledged ETH/USDT Candles");
        _venue.Sockets.Push(Ticker);
        (await _session.NextAsync<Quote>()).Stamp.Session.ShouldBe(7);
        await EndAsync(run);
    }

    [Fact]
    public async Task Many_wishes_go_out_in_chunks_of_a_hundred_four_a_second()
    {
        var names = Enumerable.Range(0, 250).Select(i => $"C{i}").ToList();
        var symbols = string.Join(',', names.Select(n => $$"""{"symbol":"{{n}}USDT","status":"TRADING","baseAsset":"{{n}}","quoteAsset":"USDT","filters":[]}"""));
        await using var connector = new BinanceConnector(_venue.Context);
        _venue.Http.Then(200, $$"""{"symbols":[{{symbols}}]}""");
        await connector.GetInstrumentsAsync(CancellationToken.None);
        names.ForEach(n => _session.Wish(Symbol.Parse($"{n}/USDT"), MarketChannel.Quotes));
        var run = connector.RunMarketStreamAsync(_session, _stop.Token);
        (await _session.NextAsync()).ShouldBe("connected");

        Count(await _venue.Sockets.SentAsync()).ShouldBe(100);
        _venue.Time.Advance(TimeSpan.FromMilliseconds(249));
        _venue.Sockets.TrySent(out _).ShouldBeFalse();
        _venue.Time.Advance(TimeSpan.FromMilliseconds(1));
        Count(await _venue.Sockets.SentAsync()).ShouldBe(100);
        _venue.Sockets.Push("""{"result":null,"id":1}""");
        _venue.Sockets.Push("""{"result":null,"id":2}""");
        for (var i = 0; i < 200; i++)
        {
            ((string)await _session.NextAsync()).ShouldStartWith("acknowledged");
        }

        Count(await AdvanceUntilAsync(_venue.Sockets.SentAsync())).ShouldBe(50);
        await EndAsync(run);

        static int Count(string text) => JsonDocument.Parse(text).RootElement.GetProperty("params").GetArrayLength();
    }

    [Fact]
    public async Task Refused_subscription_is_reported_in_both_documented_forms()
    {
        _session.Wish(Venue.Btc, MarketChannel.Quotes);
        var run = await StartAsync();
        await _venue.Sockets.SentAsync();
        _venue.Sockets.Push("""{"error":{"code":2,"msg":"Invalid request: nope"},"id":1}""");
        (await _session.NextAsync()).ShouldBe("refused BTC/USDT Quotes: InvalidRequest 2: Invalid request: nope");
        _session.Wish(Venue.Btc, MarketChannel.Quotes);
        await AdvanceUntilAsync(_venue.Sockets.SentAsync());
        _venue.Sockets.Push("""{"code":2,"msg":"again","id":2}""");
        (await _session.NextAsync()).ShouldBe("refused BTC/USDT Quotes: InvalidRequest 2: again");
        await EndAsync(run);
    }

    [Fact]
    public async Task Unknown_market_is_refused_at_once()
    {
        _session.Wish("NO/SUCH", MarketChannel.Quotes);
        var run = await StartAsync();
        ((string)await _session.NextAsync()).ShouldStartWith("refused NO/SUCH Quotes: NotFound");
        await EndAsync(run);
    }

    [Fact]
    public async Task Unsubscribe_goes_out_and_its_answer_is_not_an_acknowledgement()
    {
        _session.Wish(Venue.Btc, MarketChannel.Quotes);
        var run = await StartAsync();
        await _venue.Sockets.SentAsync();
        _venue.Sockets.Push("""{"result":null,"id":1}""");
        (await _session.NextAsync()).ShouldBe("acknowledged BTC/USDT Quotes");
        _session.Wish(Venue.Btc, MarketChannel.Quotes, isAdded: false);
        (await AdvanceUntilAsync(_venue.Sockets.SentAsync())).ShouldBe("""{"method":"UNSUBSCRIBE","params":["btcusdt@bookTicker"],"id":2}""");
        _venue.Sockets.Push("""{"result":null,"id":2}""");
        _venue.Sockets.Push(Ticker);
        await _session.NextAsync<Quote>();
        await EndAsync(run);
    }

    [Fact]
    public async Task N21_Subscription_without_an_answer_is_ended_and_begun_anew_when_the_host_wishes_so()
    {
        _session.Wish(Venue.Btc, MarketChannel.Quotes);
        var run = await StartAsync();
        await _venue.Sockets.SentAsync();
        _session.Wish(Venue.Btc, MarketChannel.Quotes, isAgain: true);
        (await AdvanceUntilAsync(_venue.Sockets.SentAsync())).ShouldBe("""{"method":"UNSUBSCRIBE","params":["btcusdt@bookTicker"],"id":2}""");
        (await AdvanceUntilAsync(_venue.Sockets.SentAsync())).ShouldBe("""{"method":"SUBSCRIBE","params":["btcusdt@bookTicker"],"id":3}""");
        _venue.Sockets.Push("""{"result":null,"id":3}""");
        (await _session.NextAsync()).ShouldBe("acknowledged BTC/USDT Quotes");
        await EndAsync(run);
    }

    [Fact]
    public async Task N20_Announced_end_asks_for_a_renewal_and_the_stream_goes_on()
    {
        var run = await StartAsync();
        _venue.Sockets.Push("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1}}""");
        ((string)await _session.NextAsync()).ShouldContain("serverShutdown");
        run.IsCompleted.ShouldBeFalse();
        await EndAsync(run);
    }

    [Fact]
    public async Task Closed_socket_ends_the_stream_with_its_reason_N17()
    {
        var run = await StartAsync();
        _venue.Sockets.End(new VenueError(VenueErrorKind.Network, "closed with 1006"));
        (await run.WaitAsync(TimeSpan.FromSeconds(20))).Error!.Message.ShouldBe("closed with 1006");
    }

    [Fact]
    public async Task Failed_connect_is_the_end()
    {
        var venue = new Venue { Sockets = new FakeSockets { ConnectError = new VenueError(VenueErrorKind.Network, "refused") } };
        await using var connector = new BinanceConnector(venue.Context);
        (await connector.RunMarketStreamAsync(_session, CancellationToken.None)).Error!.Message.ShouldBe("refused");
        _session.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public async Task Book_waits_for_its_first_event_then_takes_a_snapshot_and_survives_a_gap()
    {
        _session.Wish(Venue.Btc, MarketChannel.Book);
        _venue.Http.Calls.Clear();
        var run = await StartAsync();
        (await _venue.Sockets.SentAsync()).ShouldContain("btcusdt@depth@100ms");
        _venue.Sockets.Push("""{"result":null,"id":1}""");
        (await _session.NextAsync()).ShouldBe("acknowledged BTC/USDT Book");
        _venue.Http.Calls.ShouldBeEmpty();

        _venue.Http.Then(200, """{"lastUpdateId":10,"bids":[["100","1"],["99","2"]],"asks":[["101","3"]]}""");
        _venue.Sockets.Push(Depth(9, 12, "[[\"100\",\"0\"]]"));
        var snapshot = await _session.NextAsync<BookUpdate>();
        (snapshot.IsSnapshot, snapshot.Stamp.Sequence, snapshot.Bids.Count, snapshot.Asks.Count).ShouldBe((true, 10, 2, 1));
        var change = await _session.NextAsync<BookUpdate>();
        (change.IsSnapshot, change.Stamp.Sequence, change.Bids[0].Quantity.IsZero).ShouldBe((false, 12, true));
        var call = _venue.Http.Calls.ShouldHaveSingleItem();
        (call.Address.PathAndQuery, call.Costs[0].Weight, call.Lane).ShouldBe(("/api/v3/depth?symbol=BTCUSDT&limit=1000", 50, RequestLane.Read));

        // A gap: each new snapshot waits for the host's wish. The first is still too old and a network error follows, then the book stands again.
        _venue.Http.Then(200, """{"lastUpdateId":12,"bids":[],"asks":[]}""").ThenFails(HttpReplyKind.Lost).Then(200, """{"lastUpdateId":20,"bids":[["98","1"]],"asks":[]}""");
        _venue.Sockets.Push(Depth(15, 16, "[]"));
        ((string)await _session.NextAsync()).ShouldContain("interrupted BTC/USDT Book: the ids 13 to 14 are missing");
        _venue.Http.Calls.Count.ShouldBe(1);
        _session.Wish(Venue.Btc, MarketChannel.Book, isAgain: true);
        ((string)await AdvanceUntilAsync(_session.NextAsync())).ShouldContain("older than the first event 15");
        _session.Wish(Venue.Btc, MarketChannel.Book, isAgain: true);
        ((string)await _session.NextAsync()).ShouldContain("could not be read");
        _session.Wish(Venue.Btc, MarketChannel.Book, isAgain: true);
        var next = await AdvanceUntilAsync(_session.NextAsync<BookUpdate>());
        (next.IsSnapshot, next.Stamp.Sequence).ShouldBe((true, 20));
        _venue.Sockets.Push(Depth(21, 21, "[]"));
        (await _session.NextAsync<BookUpdate>()).Stamp.Sequence.ShouldBe(21);
        await EndAsync(run);
    }

    [Fact]
    public async Task Book_of_a_quiet_market_takes_its_snapshot_without_an_event()
    {
        _session.Wish(Venue.Btc, MarketChannel.Book);
        var run = await StartAsync();
        await _venue.Sockets.SentAsync();
        _venue.Http.Then(200, """{"lastUpdateId":10,"bids":[["100","1"]],"asks":[]}""");
        _venue.Sockets.Push("""{"result":null,"id":1}""");
        (await _session.NextAsync()).ShouldBe("acknowledged BTC/USDT Book");
        (await AdvanceUntilAsync(_session.NextAsync<BookUpdate>())).IsSnapshot.ShouldBeTrue();
        await EndAsync(run);
    }

    [Fact]
    public async Task Book_whose_snapshot_is_refused_for_good_is_refused_and_may_be_wished_for_again()
    {
        _session.Wish(Venue.Btc, MarketChannel.Book);
        var run = await StartAsync();
        await _venue.Sockets.SentAsync();
        _venue.Http.Then(400, """{"code":-1121,"msg":"Invalid symbol."}""").Then(200, """{"lastUpdateId":10,"bids":[["100","1"]],"asks":[]}""");
        _venue.Sockets.Push("""{"result":null,"id":1}""");
        (await _session.NextAsync()).ShouldBe("acknowledged BTC/USDT Book");
        (await AdvanceUntilAsync(_session.NextAsync())).ShouldBe("refused BTC/USDT Book: InstrumentRule -1121: Invalid symbol.");
        _session.Wish(Venue.Btc, MarketChannel.Book);
        (await _session.NextAsync()).ShouldBe("acknowledged BTC/USDT Book");
        (await AdvanceUntilAsync(_session.NextAsync<BookUpdate>())).IsSnapshot.ShouldBeTrue();
        await EndAsync(run);
    }

    public void Dispose() => _stop.Dispose();

    private static string Depth(long first, long last, string bids) =>
        $$$"""{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000000,"s":"BTCUSDT","U":{{{first}}},"u":{{{last}}},"b":{{{bids}}},"a":[]}}""";

    private async Task<Task<StreamEnd>> StartAsync()
    {
        var connector = await _venue.ConnectorAsync();
        var run = connector.RunMarketStreamAsync(_session, _stop.Token);
        (await _session.NextAsync()).ShouldBe("connected");
        return run;
    }

    private async Task EndAsync(Task<StreamEnd> run)
    {
        await _stop.CancelAsync();
        (await run.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(StreamEnd.Orderly);
        _venue.Sockets.IsDisposed.ShouldBeTrue();
    }

    /// <summary>Moves the clock in small steps until the task is done.</summary>
    private async Task<T> AdvanceUntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            _venue.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await task;
    }
}
