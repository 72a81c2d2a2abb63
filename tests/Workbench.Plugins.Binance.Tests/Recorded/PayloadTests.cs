using System.Text.Json;
using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Market;
using Workbench.Plugins.Binance.Signing;
using Workbench.Plugins.Binance.Streams;
using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Plugins.Binance.Trading;
using Workbench.Plugins.Binance.UserData;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Recorded;

/// <summary>Walks every collected payload of an endpoint or stream that the connector uses and compares what it decodes with an independent reading.</summary>
public sealed class PayloadTests(ITestOutputHelper output)
{
    /// <summary>Which folder is read by what. A folder that is not here belongs to something that the connector does not use.</summary>
    private static readonly Dictionary<string, Action<byte[], JsonElement>> Decoders = new()
    {
        ["WS-STREAM/symbol@bookTicker"] = (bytes, json) => Comparisons.Same(Event<Quote>(bytes, json), json.Inside()),
        ["WS-STREAM/symbol@trade"] = (bytes, json) => Comparisons.Same(Event<Trade>(bytes, json), json.Inside()),
        ["WS-STREAM/symbol@kline_interval"] = (bytes, json) => Comparisons.Same(Event<Candle>(bytes, json), json.Inside()),
        ["WS-STREAM/symbol@depth"] = (bytes, json) => Comparisons.Same(Message(bytes, json, StreamMessageKind.Depth).Depth, json.Inside()),
        ["WS-STREAM/serverShutdown"] = (bytes, json) => Message(bytes, json, StreamMessageKind.Shutdown),
        ["WS-CONTROL/ack"] = Ack,
        ["WS-CONTROL/SUBSCRIBE"] = Control,
        ["WS-CONTROL/UNSUBSCRIBE"] = Control,
        ["REST/GET_api_v3_time"] = (bytes, json) => JsonSerializer.Deserialize(bytes, BinanceJson.Default.ServerTimeJson)!.ServerTime.ShouldBe((long)json.Number("serverTime")),
        ["REST/GET_api_v3_exchangeInfo"] = ExchangeInfo,
        ["REST/GET_api_v3_depth"] = (bytes, json) => Comparisons.Same(DepthSnapshot.Read(bytes, default).ShouldNotBeNull(), json),
        ["REST/GET_api_v3_klines"] = Klines,
        ["REST/POST_api_v3_order"] = Order,
        ["REST/GET_api_v3_order"] = Order,
        ["REST/DELETE_api_v3_order"] = Order,
        ["REST/GET_api_v3_openOrders"] = Orders,
        ["REST/GET_api_v3_myTrades"] = MyTrades,
        ["REST/GET_api_v3_account"] = Account,
        ["USER-DATA/executionReport"] = Execution,
        ["USER-DATA/outboundAccountPosition"] = Position,
        ["USER-DATA/balanceUpdate"] = (bytes, json) => User(bytes, json, UserMessageKind.Ignored).ShouldBeEmpty(),
        ["USER-DATA/externalLockUpdate"] = (bytes, json) => User(bytes, json, UserMessageKind.Ignored).ShouldBeEmpty(),
        ["USER-DATA/listStatus"] = (bytes, json) => User(bytes, json, UserMessageKind.Ignored).ShouldBeEmpty(),
        ["USER-DATA/eventStreamTerminated"] = (bytes, json) => User(bytes, json, UserMessageKind.Terminated).ShouldBeEmpty(),
        ["USER-DATA/MARGIN_LEVEL_STATUS_CHANGE"] = (bytes, json) => User(bytes, json, UserMessageKind.Ignored).ShouldBeEmpty(),
        ["USER-DATA/USER_LIABILITY_CHANGE"] = (bytes, json) => User(bytes, json, UserMessageKind.Ignored).ShouldBeEmpty(),
        ["WS-API/session.logon"] = Api,
        ["WS-API/userDataStream.subscribe"] = Api,
        ["WS-API/userDataStream.subscribe.signature"] = Api,
        ["ERROR/error_body"] = Error,
        ["OBJECT/exchangeInfo_filter_PRICE_FILTER"] = Filter,
        ["OBJECT/exchangeInfo_filter_LOT_SIZE"] = Filter,
        ["OBJECT/exchangeInfo_filter_MARKET_LOT_SIZE"] = Filter,
        ["OBJECT/exchangeInfo_filter_NOTIONAL"] = Filter,
        ["OBJECT/exchangeInfo_filter_MIN_NOTIONAL"] = Filter,
        ["OBJECT/rate_limit_object"] = RateLimit,
    };

    /// <summary>Collected texts that are not what the venue sends: cut down or spoilt on purpose by the tests they come from, or of a form that ended years ago. They must be refused.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["WS-STREAM/symbol@depth/push_04_xchange.json"] = "the form of 2017 without the first id cannot be brought into sequence",
        ["WS-STREAM/symbol@trade/push_04_barter.json"] = "a test's wrong value for m",
        ["WS-STREAM/symbol@kline_interval/push_01_jkorf.json"] = "cut down to one member",
        ["WS-STREAM/symbol@kline_interval/push_02_jkorf.json"] = "cut down to one member",
    };

    [Fact]
    public void Every_collected_payload_of_ours_decodes_without_loss()
    {
        var root = SharedData.Folder("payloads", "binance-spot");
        var files = Decoders.Keys.SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.json").Order().Select(path => (folder, path))).ToList();
        var refused = 0;
        foreach (var (folder, path) in files)
        {
            var bytes = File.ReadAllBytes(path);
            using var json = JsonDocument.Parse(bytes);
            if (Refused.ContainsKey($"{folder}/{Path.GetFileName(path)}"))
            {
                Message(bytes, json.RootElement, StreamMessageKind.Bad);
                refused++;
                continue;
            }

            try
            {
                Decoders[folder](bytes, json.RootElement);
            }
            catch (Exception e) when (e is ShouldAssertException or JsonException or InvalidOperationException or KeyNotFoundException)
            {
                Assert.Fail($"{folder}/{Path.GetFileName(path)}: {e.Message}");
            }
        }

        refused.ShouldBe(Refused.Count);
        output.WriteLine($"{files.Count} payloads in {Decoders.Count} folders: {files.Count - refused} decoded and compared, {refused} refused as they must be");
        foreach (var group in files.GroupBy(f => f.folder))
        {
            output.WriteLine($"  {group.Count(),3} {group.Key}");
        }
    }

    [Fact]
    public void The_whole_recorded_exchange_info_decodes_without_loss()
    {
        var path = SharedData.Folder("series", "reference", "binance_spot_exchangeInfo_20211012.json.gz");
        var bytes = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', SharedData.Lines(path)));
        using var json = JsonDocument.Parse(bytes);
        ExchangeInfo(bytes, json.RootElement);
        output.WriteLine($"{json.RootElement.GetProperty("symbols").GetArrayLength()} instruments, {bytes.Length} bytes");
    }

    private static StreamMessage Message(byte[] bytes, JsonElement json, StreamMessageKind expected, FakeMarketSession? session = null)
    {
        session ??= new FakeMarketSession();
        var message = new BinanceStreamDecoder(Instruments.Knowing(Instruments.MentionedIn(json))).Decode(bytes, Timestamp.FromUnixMilliseconds(1), session);
        message.Kind.ShouldBe(expected, string.Join("; ", session.BadMessages));
        return message;
    }

    private static T Event<T>(byte[] bytes, JsonElement json)
        where T : MarketEvent
    {
        var session = new FakeMarketSession();
        Message(bytes, json, StreamMessageKind.Published, session);
        return session.Events.ShouldHaveSingleItem().ShouldBeOfType<T>();
    }

    private static void Ack(byte[] bytes, JsonElement json)
    {
        var reply = Message(bytes, json, StreamMessageKind.Reply).Reply;
        (reply.Id, reply.Error).ShouldBe(((long)json.Number("id"), null));
    }

    /// <summary>Requests are compared with what we would write for the same streams; answers are answers.</summary>
    private static void Control(byte[] bytes, JsonElement json)
    {
        if (!json.TryGetProperty("method", out var method))
        {
            Ack(bytes, json);
            return;
        }

        var streams = json.GetProperty("params").EnumerateArray().Select(p => (default(MarketSubscription), p.GetString()!)).ToList();
        var command = new ControlCommand((long)json.Number("id"), method.GetString() == "SUBSCRIBE", streams);
        using var mine = JsonDocument.Parse(command.ToUtf8());
        mine.RootElement.Text("method").ShouldBe(json.Text("method"));
        mine.RootElement.GetProperty("params").EnumerateArray().Select(p => p.GetString()).ShouldBe(streams.Select(s => s.Item2));
        mine.RootElement.Number("id").ShouldBe(json.Number("id"));
    }

    private static void ExchangeInfo(byte[] bytes, JsonElement json)
    {
        var info = ExchangeInfoDecoder.Read(bytes).ShouldNotBeNull();
        var symbols = json.GetProperty("symbols").EnumerateArray().ToList();
        info.Symbols!.Count.ShouldBe(symbols.Count);
        foreach (var (mine, theirs) in info.Symbols.Zip(symbols))
        {
            Comparisons.Same(ExchangeInfoDecoder.ToInstrument(mine).ShouldNotBeNull(), theirs);
        }

        info.RateLimits!.Select(l => (l.RateLimitType, l.Interval, (decimal)l.IntervalNum, (decimal)l.Limit))
            .ShouldBe(json.GetProperty("rateLimits").EnumerateArray().Select(l => (l.Text("rateLimitType"), l.Text("interval"), l.TryNumber("intervalNum") ?? 0, l.TryNumber("limit") ?? 0)));
    }

    private static void Klines(byte[] bytes, JsonElement json)
    {
        var stamp = new FakeMarketSession().Stamp(default, null, 0);
        var candles = KlinesDecoder.Read(bytes, Venue.Btc, TimeSpan.FromDays(7), Timestamp.FromUnixMilliseconds(1_700_000_000_000), _ => stamp).ShouldNotBeNull();
        var rows = json.EnumerateArray().ToList();
        candles.Count.ShouldBe(rows.Count);
        foreach (var (candle, row) in candles.Zip(rows))
        {
            Comparisons.Same(candle, row, TimeSpan.FromDays(7));
        }
    }

    private static void Order(byte[] bytes, JsonElement json)
    {
        if (json.TryGetProperty("code", out _))
        {
            Error(bytes, json);
            return;
        }

        var mine = JsonSerializer.Deserialize(bytes, BinanceJson.Default.OrderJson)!;
        SameOrder(mine, json);
    }

    private static void Orders(byte[] bytes, JsonElement json)
    {
        var mine = JsonSerializer.Deserialize(bytes, BinanceJson.Default.ListOrderJson)!;
        mine.Count.ShouldBe(json.GetArrayLength());
        foreach (var (order, theirs) in mine.Zip(json.EnumerateArray()))
        {
            SameOrder(order, theirs);
        }
    }

    private static void SameOrder(OrderJson mine, JsonElement json)
    {
        var report = OrderReports.Of(mine, Instruments.SymbolOf(mine.Symbol!)).ShouldNotBeNull();
        Comparisons.Same(report, json);
        var fills = OrderReports.FillsOf(mine, report, Side.Buy).ShouldNotBeNull();
        var theirs = json.TryGetProperty("fills", out var list) ? list.EnumerateArray().ToList() : [];
        fills.Count.ShouldBe(theirs.Count);
        foreach (var (fill, their) in fills.Zip(theirs))
        {
            Comparisons.Same(fill, their);
        }
    }

    private static void MyTrades(byte[] bytes, JsonElement json)
    {
        var mine = JsonSerializer.Deserialize(bytes, BinanceJson.Default.ListMyTradeJson)!;
        mine.Count.ShouldBe(json.GetArrayLength());
        foreach (var (trade, their) in mine.Zip(json.EnumerateArray()))
        {
            var fill = OrderReports.Of(trade, Instruments.SymbolOf(trade.Symbol!), null).ShouldNotBeNull();
            Comparisons.Same(fill, their);
            (fill.VenueOrderId.Value, fill.VenueTime).ShouldBe((their.Text("orderId")!, their.Time("time")!.Value));
            (fill.Side == Side.Buy, fill.Role == LiquidityRole.Maker).ShouldBe((their.GetProperty("isBuyer").GetBoolean(), their.GetProperty("isMaker").GetBoolean()));
        }
    }

    private static void Account(byte[] bytes, JsonElement json)
    {
        var mine = Balances.All(JsonSerializer.Deserialize(bytes, BinanceJson.Default.AccountJson)!.Balances).ShouldNotBeNull();
        var theirs = json.GetProperty("balances").EnumerateArray().ToList();
        mine.Count.ShouldBe(theirs.Count);
        foreach (var (balance, their) in mine.Zip(theirs))
        {
            Comparisons.Same(balance, their, "asset", "free", "locked");
        }
    }

    private static List<object> User(byte[] bytes, JsonElement json, UserMessageKind expected)
    {
        var session = new FakeUserSession();
        var kind = new UserEventDecoder(Instruments.Knowing(Instruments.MentionedIn(json))).Decode(bytes, session);
        kind.ShouldBe(expected, string.Join("; ", session.Said));
        return session.Said;
    }

    private static void Execution(byte[] bytes, JsonElement json)
    {
        var said = User(bytes, json, UserMessageKind.Published);
        Comparisons.SameExecution(said[^1].ShouldBeOfType<OrderReport>(), said.Count > 1 ? said[0].ShouldBeOfType<FillReport>() : null, json.Inside());
    }

    private static void Position(byte[] bytes, JsonElement json)
    {
        var balances = User(bytes, json, UserMessageKind.Published).ShouldHaveSingleItem().ShouldBeAssignableTo<IReadOnlyList<Balance>>()!;
        var theirs = json.Inside().GetProperty("B").EnumerateArray().ToList();
        balances.Count.ShouldBe(theirs.Count);
        foreach (var (balance, their) in balances.Zip(theirs))
        {
            Comparisons.Same(balance, their, "a", "f", "l");
        }
    }

    /// <summary>Requests must have the members that ours have; answers must be successes under their own id.</summary>
    private static void Api(byte[] bytes, JsonElement json)
    {
        if (json.TryGetProperty("method", out var method))
        {
            SameMembers(method.GetString()!, json);
            return;
        }

        ApiErrors.Of(bytes).ShouldBeNull();
        UserFrame.TryRead(bytes, out var frame).ShouldBeTrue();
        System.Text.Encoding.UTF8.GetString(frame.Id).ShouldBe(json.Text("id"));
    }

    private static void SameMembers(string method, JsonElement json)
    {
        var request = new ApiRequest(1, method);
        if (method != "userDataStream.subscribe")
        {
            request.Signed(new HmacSigner(), new Venue().Context);
        }

        using var mine = JsonDocument.Parse(request.ToUtf8());
        Members(mine.RootElement).Except(["recvWindow"]).ShouldBe(Members(json));

        static IEnumerable<string> Members(JsonElement json) => json.TryGetProperty("params", out var list) ? [.. list.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)] : [];
    }

    private static void Error(byte[] bytes, JsonElement json)
    {
        var body = ErrorBody.Read(bytes);
        var isNumber = json.GetProperty("code").ValueKind == JsonValueKind.Number;
        (body?.Code, body?.Message).ShouldBe(isNumber ? (json.GetProperty("code").GetInt32(), json.Text("msg")) : (null, null));
    }

    private static void Filter(byte[] bytes, JsonElement json)
    {
        var text = $$"""{"symbols":[{"symbol":"AB","status":"TRADING","baseAsset":"A","quoteAsset":"B","filters":[{{json.GetRawText()}}]}]}""";
        using var wrapped = JsonDocument.Parse(text);
        var symbol = ExchangeInfoDecoder.Read(System.Text.Encoding.UTF8.GetBytes(text))!.Symbols!.ShouldHaveSingleItem();
        Comparisons.Same(ExchangeInfoDecoder.ToInstrument(symbol).ShouldNotBeNull(), wrapped.RootElement.GetProperty("symbols")[0]);
    }

    private static void RateLimit(byte[] bytes, JsonElement json)
    {
        var text = $$"""{"symbols":[],"rateLimits":[{{json.GetRawText()}}]}""";
        using var wrapped = JsonDocument.Parse(text);
        ExchangeInfo(System.Text.Encoding.UTF8.GetBytes(text), wrapped.RootElement);
    }
}
