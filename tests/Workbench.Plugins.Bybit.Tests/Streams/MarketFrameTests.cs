using System.Text;
using Workbench.Plugins.Bybit.Streams;

namespace Workbench.Plugins.Bybit.Tests.Streams;

public sealed class MarketFrameTests
{
    private readonly MarketFrame _frame = new();

    [Theory]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":5,"data":{"s":"BTCUSDT","b":[["1","2"]],"a":[],"u":7,"seq":9},"cts":4}""")]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","ts":5,"type":"delta","cts":4,"data":{"u":7,"seq":9,"a":[],"b":[["1.00","2.0"]],"s":"BTCUSDT"}}""")]
    [InlineData("""{"data":{"s":"BTCUSDT","b":[["1","2"]],"a":[],"u":7,"seq":9},"cts":4,"ts":5,"type":"delta","topic":"orderbook.50.BTCUSDT"}""")]
    [InlineData(""" { "new" : [ {"deep":[1,[2]]} ] , "topic" : "orderbook.50.BTCUSDT", "ts":5, "type":"delta", "cts":4, "data" : { "x":{}, "s":"BTCUSDT","b":[["1","2","more"]],"a":[],"u":"7","seq":9 } } """)]
    public void Book_reads_the_same_in_any_order_of_fields_and_with_unknown_ones(string text)
    {
        Decode(text).ShouldBeNull();

        _frame.Kind.ShouldBe(FrameKind.Book);
        Encoding.UTF8.GetString(_frame.Topic).ShouldBe("orderbook.50.BTCUSDT");
        Encoding.UTF8.GetString(_frame.VenueSymbol).ShouldBe("BTCUSDT");
        _frame.IsSnapshot.ShouldBeFalse();
        _frame.UpdateId.ShouldBe(7);
        _frame.Sequence.ShouldBe(9);
        _frame.Time!.Value.UnixMilliseconds.ShouldBe(5);
        _frame.EngineTime!.Value.UnixMilliseconds.ShouldBe(4);
        _frame.Bids.ShouldHaveSingleItem().Quantity.Value.ShouldBe(2);
        _frame.Asks.ShouldBeEmpty();
    }

    [Fact]
    public void Frame_forgets_the_message_before()
    {
        Decode("""{"topic":"orderbook.1.BTCUSDT","type":"snapshot","ts":5,"cts":4,"data":{"s":"BTCUSDT","b":[["1","2"]],"a":[["3","4"]],"u":7,"seq":9}}""").ShouldBeNull();
        Decode("""{"success":true,"ret_msg":"subscribe","req_id":"1","op":"subscribe"}""").ShouldBeNull();

        _frame.Kind.ShouldBe(FrameKind.Control);
        _frame.Bids.ShouldBeEmpty();
        _frame.Topic.IsEmpty.ShouldBeTrue();
        _frame.EngineTime.ShouldBeNull();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("1E-05")]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("Infinity")]
    [InlineData("1.2345678901234567890123456789012345")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("\\ud800")]
    public void E27_Price_that_is_no_price_puts_the_message_aside(string price)
    {
        Decode($$$"""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","ts":5,"data":{"s":"BTCUSDT","b":[["{{{price}}}","2"]],"a":[],"u":7,"seq":9}}""").ShouldNotBeNull();
        Decode($$$"""{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":5,"data":[{"T":5,"s":"BTCUSDT","S":"Buy","v":"1","p":"{{{price}}}","i":"a"}]}""").ShouldNotBeNull();
        Decode($$$"""{"topic":"kline.1.BTCUSDT","ts":5,"data":[{"start":5,"interval":"1","open":"{{{price}}}","close":"1","high":"1","low":"1","volume":"1","confirm":false}]}""").ShouldNotBeNull();
    }

    [Fact]
    public void E27_Random_texts_in_the_place_of_prices_are_read_exactly_or_put_aside()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        const string Alphabet = "0123456789000000.....--+eE ,xNaIn";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, random.Next(2, 45))).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var problem = Decode($$$"""{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":5,"data":[{"T":5,"s":"BTCUSDT","S":"Buy","v":"1","p":"{{{text}}}","i":"a"}]}""");
            var isPrice = Sdk.Numbers.TryParse(text, out var value) && value > 0;
            (problem is null).ShouldBe(isPrice, text);
            if (isPrice)
            {
                _frame.Trades.ShouldHaveSingleItem().Price.Value.ShouldBe(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture), text);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","data":{"s":"BTCUSDT","b":[],"a":[]}}""")]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","data":[]}""")]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","data":{"s":"BTCUSDT","b":{},"a":[],"u":1}}""")]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","data":{"s":"BTCUSDT","b":["1","2"],"a":[],"u":1}}""")]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","data":{"s":"BTCUSDT","b":[["1"]],"a":[],"u":1}}""")]
    [InlineData("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","data":{"s":"BTCUSDT","b":[["1",["2"]]],"a":[],"u":1}}""")]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","data":[]}""")]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","data":[{"s":"A","S":"Buy","v":"1","p":"1","i":"1"},{"s":"B","S":"Buy","v":"1","p":"1","i":"2"}]}""")]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","data":[{"s":"A","S":"Hold","v":"1","p":"1","i":"1"}]}""")]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","ts":99999999999999999,"data":[{"s":"A","S":"Buy","v":"1","p":"1","i":"1"}]}""")]
    [InlineData("""{"topic":"publicTrade.BTCUSDT","data":[{"s":"A","S":"Buy","v":"1","p":"1","i":"1"}]} x""")]
    public void Text_that_is_no_message_is_put_aside_without_an_exception(string text) => Decode(text).ShouldNotBeNull();

    [Fact]
    public void Every_cut_and_every_flipped_bit_is_put_aside_or_read_without_an_exception()
    {
        var whole = Encoding.UTF8.GetBytes("""{"topic":"orderbook.50.BTCUSDT","type":"snapshot","ts":1672304486868,"data":{"s":"BTCUSDT","b":[["16578.50","0.001"]],"a":[["16579","1"]],"u":7,"seq":9},"cts":1672304486860}""");
        for (var length = 0; length < whole.Length; length++)
        {
            _frame.Decode(whole.AsMemory(0, length)).ShouldNotBeNull($"cut at {length}");
        }

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var copy = (byte[])whole.Clone();
            copy[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.NotThrow(() => _frame.Decode(copy), $"bit {bit}");
        }
    }

    [Fact]
    public void Topic_of_another_kind_is_nobody_s_and_no_problem()
    {
        Decode("""{"topic":"tickers.BTCUSDT","ts":5,"type":"snapshot","data":{"symbol":"BTCUSDT"}}""").ShouldBeNull();
        _frame.Kind.ShouldBe(FrameKind.Other);
        Decode("""{"topic":"orderbook.rpi.BTCUSDT","ts":5,"type":"snapshot","data":{"s":"BTCUSDT","b":[["1","2","3"]],"a":[],"u":1}}""").ShouldBeNull();
        _frame.Kind.ShouldBe(FrameKind.Other);
    }

    [Theory]
    [InlineData("""{"topic":"orderbook.1.BTCUSDT","ts":1680652806504,"type":"snapshot","data":{"s":"BTCUSDT","b":[["28165.07","0.175231"]],"a":[["28165.08","0.996816"]],"u":20404754,"seq":4281281856},"cts":1680652806500}""")]
    [InlineData("""{"type":"snapshot","topic":"kline.1.BTCUSDT","data":[{"start":1786310760000,"end":1786310819999,"interval":"1","open":"65140.4","close":"65140.5","high":"65141","low":"65140.1","volume":"0.15318","turnover":"9978.2084389","confirm":true,"timestamp":1786310816562}],"ts":1786310816562}""")]
    public void Decoding_books_and_candles_allocates_nothing_once_warm(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < 100; i++)
        {
            _frame.Decode(payload).ShouldBeNull();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _frame.Decode(payload);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private string? Decode(string text) => _frame.Decode(Encoding.UTF8.GetBytes(text));
}
