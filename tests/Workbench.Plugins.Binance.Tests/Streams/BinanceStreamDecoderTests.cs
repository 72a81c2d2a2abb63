using System.Text;
using System.Text.Json;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Streams;
using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Streams;

public sealed class BinanceStreamDecoderTests(ITestOutputHelper output)
{
    private static readonly Timestamp Received = Timestamp.FromUnixMilliseconds(1_700_000_000_000);
    private readonly FakeMarketSession _session = new();
    private readonly BinanceStreamDecoder _decoder = new(new Catalogue { Current = new InstrumentMap([Venue.BtcInstrument, Venue.BtcInstrument with { Symbol = "币/USDT", VenueSymbol = "币USDT" }]) });

    [Theory]
    [InlineData("""{"u":7,"s":"BTCUSDT","b":"25.35190000","B":"31.21000000","a":"25.36520000","A":"40.66000000"}""")]
    [InlineData("""{"stream":"btcusdt@bookTicker","data":{"u":7,"s":"BTCUSDT","b":"25.35190000","B":"31.21000000","a":"25.36520000","A":"40.66000000","new":{"x":[1,{"e":"trade"}]}}}""")]
    [InlineData(""" { "data" : { "A" : 40.66, "u" : 7 , "s" : "BTCUSDT" , "b" : "25.3519" , "B" : "31.21" , "a" : "25.3652" } , "stream" : "a\"b" } """)]
    public void Book_ticker_in_any_wrapping_is_a_quote(string text)
    {
        Decode(text).ShouldBe(StreamMessageKind.Published);
        var quote = _session.Events.ShouldHaveSingleItem().ShouldBeOfType<Quote>();
        (quote.Bid!.Value.Value, quote.BidQuantity.Value, quote.Ask!.Value.Value, quote.AskQuantity.Value, quote.Stamp.Sequence).ShouldBe((25.3519m, 31.21m, 25.3652m, 40.66m, 7));
        (quote.Symbol, quote.Stamp.VenueTime, quote.Stamp.ReceivedAt).ShouldBe((Venue.Btc, Received, Received));
    }

    [Fact]
    public void Empty_side_of_a_quote_is_null()
    {
        Decode("""{"u":7,"s":"BTCUSDT","b":"0.00000000","B":"0.00000000","a":"25.36520000","A":"40.66000000"}""").ShouldBe(StreamMessageKind.Published);
        var quote = (Quote)_session.Events[0];
        quote.Bid.ShouldBeNull();
        quote.BidQuantity.IsZero.ShouldBeTrue();
        quote.Ask!.Value.Value.ShouldBe(25.3652m);
    }

    [Theory]
    [InlineData("0", "5")]
    [InlineData("-1", "5")]
    [InlineData("1", "-5")]
    [InlineData("NaN", "5")]
    [InlineData("1e400", "5")]
    [InlineData("1E5", "5")]
    [InlineData("1", "Infinity")]
    [InlineData("", "5")]
    [InlineData("99999999999999", "5")]
    [InlineData("1.00000000000000000000000000000000000001", "5")]
    [InlineData("99999999999999999999999999999999999999999", "5")]
    public void E27_Impossible_number_is_quarantined(string price, string quantity)
    {
        Decode($$"""{"u":7,"s":"BTCUSDT","b":"{{price}}","B":"{{quantity}}","a":"25.3","A":"4"}""").ShouldBe(StreamMessageKind.Bad);
        Decode($$"""{"e":"trade","E":1,"s":"BTCUSDT","t":1,"p":"{{price}}","q":"{{quantity}}","T":1,"m":true}""").ShouldBe(StreamMessageKind.Bad);
        Decode($$"""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":1,"b":[["{{price}}","{{quantity}}"]],"a":[]}""").ShouldBe(StreamMessageKind.Bad);
        _session.Events.ShouldBeEmpty();
        _session.BadMessages.Count.ShouldBe(3);
    }

    [Fact]
    public void E27_Random_texts_in_the_place_of_prices_are_read_exactly_or_quarantined()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        const string Alphabet = "0123456789000000.....--+eE ,xNaIn";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, random.Next(2, 45))).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            _session.Events.Clear();
            var kind = Decode($$"""{"e":"trade","E":1,"s":"BTCUSDT","t":1,"p":"{{text}}","q":"1","T":1,"m":true}""");
            var isPrice = Numbers.TryParse(text, out var value) && value is > 0 and <= 1_000_000_000_000m;
            kind.ShouldBe(isPrice ? StreamMessageKind.Published : StreamMessageKind.Bad, text);
            if (isPrice)
            {
                ((Trade)_session.Events.ShouldHaveSingleItem()).Price.Value.ShouldBe(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture), text);
            }
        }
    }

    [Theory]
    [InlineData("""{"e":"trade","E":1672515782136,"s":"BTCUSDT","t":12345,"p":"0.001","q":"100","T":1672515782135,"m":true,"M":true}""", Side.Sell)]
    [InlineData("""{"e":"trade","E":1672515782136000,"s":"BTCUSDT","t":12345,"p":"0.001","q":"100","T":1672515782135000,"m":false,"M":true}""", Side.Buy)]
    public void Trade_names_the_taker_and_its_own_time(string text, Side taker)
    {
        Decode(text).ShouldBe(StreamMessageKind.Published);
        var trade = _session.Events.ShouldHaveSingleItem().ShouldBeOfType<Trade>();
        (trade.Id.Value, trade.Price.Value, trade.Quantity.Value, trade.TakerSide, trade.Stamp.Sequence).ShouldBe(("12345", 0.001m, 100m, taker, 12345));
        trade.Stamp.VenueTime.ShouldBe(Timestamp.FromUnixMilliseconds(1672515782135));
    }

    [Theory]
    [InlineData("币USDT")]
    [InlineData("\\u5e01USDT")]
    public void Foreign_symbol_is_found_plain_and_escaped(string name)
    {
        Decode($$"""{"u":7,"s":"{{name}}","b":"1","B":"1","a":"2","A":"1"}""").ShouldBe(StreamMessageKind.Published);
        _session.Events[0].Symbol.ShouldBe(Symbol.Parse("币/USDT"));
    }

    [Theory]
    [InlineData("""{"result":null,"id":3}""", 3, null)]
    [InlineData("""{"result":[],"id":3}""", 3, null)]
    [InlineData("""{"error":{"code":2,"msg":"Invalid request"},"id":4}""", 4, "2")]
    [InlineData("""{"code":2,"msg":"Invalid request","id":4}""", 4, "2")]
    [InlineData("""{"error":{"code":3,"msg":"Invalid JSON"},"id":null}""", 0, "3")]
    [InlineData("""{"result":null,"id":"3"}""", 3, null)]
    public void Answer_is_told_from_an_event(string text, long id, string? code)
    {
        var reply = _decoder.Decode(Encoding.UTF8.GetBytes(text), Received, _session);
        reply.Kind.ShouldBe(StreamMessageKind.Reply);
        (reply.Reply.Id, reply.Reply.Error?.Code).ShouldBe((id, code));
    }

    [Theory]
    [InlineData("""{"e":"serverShutdown","E":1770123456789}""", "Shutdown")]
    [InlineData("""{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}""", "Shutdown")]
    [InlineData("""{"e":"somethingNew","E":1,"s":"BTCUSDT"}""", "Ignored")]
    [InlineData("""{"u":7,"s":"NOPE","b":"1","B":"1","a":"2","A":"1"}""", "Bad")]
    [InlineData("""{"e":"trade","E":1,"s":"BTCUSDT","t":1,"p":"1","q":"1","T":1,"m":"yes"}""", "Bad")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":9,"u":8,"b":[],"a":[]}""", "Bad")]
    [InlineData("""{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":8,"u":9,"b":[]}""", "Bad")]
    [InlineData("""{"e":"kline","E":1,"s":"BTCUSDT","k":7}""", "Bad")]
    [InlineData("""{}""", "Bad")]
    [InlineData("""[]""", "Bad")]
    [InlineData("", "Bad")]
    [InlineData("""{"e":"trade"}garbage""", "Bad")]
    [InlineData("""{"data":{"data":{"data":{"data":{"e":"trade"}}}}}""", "Bad")]
    public void Message_is_what_it_is(string text, string expected) => Decode(text).ToString().ShouldBe(expected);

    [Fact]
    public void Damaged_messages_never_throw_and_never_give_an_impossible_quote_N16()
    {
        string[] samples =
        [
            """{"stream":"btcusdt@bookTicker","data":{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}""",
            """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":1,"u":3,"b":[["61737.63","0.0"],["1","2",[]]],"a":[["61837.64","1.5"]]}}""",
            """{"e":"kline","E":123,"s":"BTCUSDT","k":{"t":123400000,"T":123460000,"s":"BTCUSDT","i":"1m","o":"0.0010","c":"0.0020","h":"0.0025","l":"0.0015","v":"1000","x":false}}""",
            """{"error":{"code":2,"msg":"Invalid \" request"},"id":4}""",
        ];
        const int Seed = 20240808;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var understood = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(samples[i % samples.Length]);
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var cut = bytes.AsMemory(0, random.Next(10) == 0 ? random.Next(bytes.Length) : bytes.Length);
            var kind = _decoder.Decode(cut, Received, _session).Kind;
            understood += kind == StreamMessageKind.Bad ? 0 : 1;
            new Utf8Scanner(cut.Span).TrySkip();
        }

        output.WriteLine($"{understood} of 200000 damaged messages were still understood");
        _session.Events.OfType<Quote>().ShouldAllBe(q => q.Bid == null || q.Bid.Value.Value > 0);
        samples.ShouldAllBe(text => IsJson(text) && Decode(text) != StreamMessageKind.Bad);
    }

    private static bool IsJson(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind == JsonValueKind.Object;
    }

    private StreamMessageKind Decode(string text) => _decoder.Decode(Encoding.UTF8.GetBytes(text), Received, _session).Kind;
}
