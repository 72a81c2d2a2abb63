using System.Text.Json;
using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.UserData;

public sealed class UserStreamTests : IDisposable
{
    private const string Subscribed = """{"id":1,"status":200,"result":{"subscriptionId":0}}""";
    private readonly Venue _venue = new();
    private readonly FakeUserSession _session = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task Hmac_key_subscribes_with_a_signature_and_is_connected_only_after_the_answer()
    {
        var run = await StartAsync(_venue);
        using var request = JsonDocument.Parse(await _venue.Sockets.SentAsync());
        request.RootElement.GetProperty("method").GetString().ShouldBe("userDataStream.subscribe.signature");
        var parameters = request.RootElement.GetProperty("params");
        var payload = $"apiKey={new HmacSigner().ApiKey}&recvWindow=5000&timestamp=1700000000000";
        parameters.GetProperty("signature").GetString().ShouldBe(HmacSigner.Hex(payload));
        parameters.GetProperty("timestamp").GetInt64().ShouldBe(1700000000000);
        _session.Said.ShouldBeEmpty();
        _venue.Sockets.Push(Subscribed);
        (await _session.NextAsync()).ShouldBe("connected");
        await _stop.CancelAsync();
        (await run.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(StreamEnd.Orderly);
    }

    [Fact]
    public async Task Ed25519_key_logs_on_and_then_subscribes()
    {
        var signature = Convert.ToBase64String(new byte[64]);
        var venue = new Venue { Signer = new Ed25519VectorSigner("key", new Dictionary<string, string> { ["apiKey=key&recvWindow=5000&timestamp=1700000000000"] = signature }) };
        _ = await StartAsync(venue);
        (await venue.Sockets.SentAsync()).ShouldBe($$$"""{"id":1,"method":"session.logon","params":{"apiKey":"key","recvWindow":5000,"signature":"{{{signature}}}","timestamp":1700000000000}}""");
        venue.Sockets.Push("""{"id":1,"status":200,"result":{"apiKey":"key","authorizedSince":1}}""");
        (await venue.Sockets.SentAsync()).ShouldBe("""{"id":2,"method":"userDataStream.subscribe"}""");
        _session.Said.ShouldBeEmpty();
        venue.Sockets.Push("""{"id":2,"status":200,"result":{"subscriptionId":0}}""");
        (await _session.NextAsync()).ShouldBe("connected");
        await _stop.CancelAsync();
    }

    [Fact]
    public async Task Refused_subscription_ends_with_the_venue_s_reason()
    {
        var run = await StartAsync(_venue);
        _venue.Sockets.Push("""{"id":1,"status":400,"error":{"code":-1022,"msg":"Signature for this request is not valid."}}""");
        (await run.WaitAsync(TimeSpan.FromSeconds(20))).Error.ShouldBe(new VenueError(VenueErrorKind.Authentication, "Signature for this request is not valid.", "-1022"));
        _session.Said.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusal_by_rate_pauses_until_the_moment_that_the_venue_names()
    {
        var run = await StartAsync(_venue);
        _venue.Sockets.Push("""{"id":1,"status":418,"error":{"code":-1003,"msg":"banned","data":{"serverTime":1000,"retryAfter":31000}}}""");
        var error = (await run.WaitAsync(TimeSpan.FromSeconds(20))).Error!;
        (error.Kind, error.RetryAfter).ShouldBe((VenueErrorKind.Banned, TimeSpan.FromSeconds(30)));
        _venue.Budget.ShouldBe(["take 4 request weight Order", "ban Address 00:00:30"]);
    }

    [Fact]
    public async Task Missing_answer_ends_at_the_deadline()
    {
        var run = await StartAsync(_venue);
        await _venue.Sockets.SentAsync();
        while (!run.IsCompleted)
        {
            _venue.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        (await run).Error!.Kind.ShouldBe(VenueErrorKind.Timeout);
        _venue.Sockets.IsDisposed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"subscriptionId":0,"event":{"e":"eventStreamTerminated","E":1728973001334}}""", VenueErrorKind.Unavailable)]
    [InlineData("""{"id":null,"status":401,"error":{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}}""", VenueErrorKind.Authentication)]
    public async Task Stream_ends_when_the_venue_says_so(string text, VenueErrorKind kind)
    {
        var run = await ConnectedAsync();
        _venue.Sockets.Push(text);
        (await run.WaitAsync(TimeSpan.FromSeconds(20))).Error!.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task N20_Announced_end_asks_for_a_renewal_and_the_stream_goes_on()
    {
        var run = await ConnectedAsync();
        _venue.Sockets.Push("""{"event":{"e":"serverShutdown","E":1770123456789}}""");
        ((string)await _session.NextAsync()).ShouldContain("serverShutdown");
        run.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Trade_is_a_fill_and_then_a_report()
    {
        await ConnectedAsync();
        _venue.Sockets.Push(Report("""{"e":"executionReport","E":1719467634107,"s":"BTCUSDT","c":"wb-1","S":"BUY","o":"MARKET","f":"GTC","q":"6.0","p":"0.0","C":"","x":"TRADE","X":"PARTIALLY_FILLED","r":"NONE","i":32,"l":"2.0","z":"4.0","L":"1.5","n":"0.001","N":"BNB","T":1719467634105,"t":7,"I":63,"m":true,"Z":"5.0"}"""));
        var fill = (await _session.NextAsync()).ShouldBeOfType<FillReport>();
        (fill.TradeId.Value, fill.VenueOrderId.Value, fill.ClientOrderId!.Value.Value, fill.Side, fill.Price.Value, fill.Quantity.Value).ShouldBe(("7", "32", "wb-1", Side.Buy, 1.5m, 2m));
        (fill.Fee.Value, fill.FeeAsset!.Value.Code, fill.Role, fill.VenueTime).ShouldBe((0.001m, "BNB", LiquidityRole.Maker, Timestamp.FromUnixMilliseconds(1719467634105)));
        var report = (await _session.NextAsync()).ShouldBeOfType<OrderReport>();
        (report.Status, report.FilledQuantity!.Value.Value, report.AverageFillPrice!.Value.Value, report.Quantity!.Value.Value).ShouldBe((OrderStatus.PartiallyFilled, 4m, 1.25m, 6m));
    }

    [Fact]
    public async Task Cancel_is_reported_under_the_order_s_own_id_and_not_the_cancel_s()
    {
        await ConnectedAsync();
        _venue.Sockets.Push(Report("""{"e":"executionReport","E":1,"s":"BTCUSDT","c":"the-cancel","C":"wb-1","S":"BUY","o":"LIMIT","q":"1","p":"5","x":"CANCELED","X":"CANCELED","r":"NONE","i":32,"l":"0.0","z":"0.0","L":"0.0","n":"0","N":null,"T":1719467634105,"t":-1,"Z":"0"}"""));
        var report = (await _session.NextAsync()).ShouldBeOfType<OrderReport>();
        (report.ClientOrderId!.Value.Value, report.Status, report.LimitPrice!.Value.Value, report.AverageFillPrice).ShouldBe(("wb-1", OrderStatus.Cancelled, 5m, null));
    }

    [Fact]
    public async Task Expiry_carries_its_reason_and_unknown_words_end_nothing()
    {
        await ConnectedAsync();
        _venue.Sockets.Push(Report("""{"e":"executionReport","E":1,"s":"BTCUSDT","c":"wb-1","C":"","S":"BUY","x":"EXPIRED","X":"EXPIRED","r":"NONE","eR":"INSUFFICIENT_LIQUIDITY","i":32,"T":1719467634105,"t":-1}"""));
        var expired = (await _session.NextAsync()).ShouldBeOfType<OrderReport>();
        (expired.Status, expired.Reason).ShouldBe((OrderStatus.Expired, "INSUFFICIENT_LIQUIDITY"));
        _venue.Sockets.Push(Report("""{"e":"executionReport","E":1,"s":"BTCUSDT","c":"wb-1","x":"NOVELTY","X":"NOVEL_STATE","i":32,"T":1719467634105,"t":9,"l":"1","L":"2","S":"SELL"}"""));
        (await _session.NextAsync()).ShouldBeOfType<FillReport>().TradeId.Value.ShouldBe("9");
        (await _session.NextAsync()).ShouldBeOfType<OrderReport>().Status.IsFinal().ShouldBeFalse();
    }

    [Fact]
    public async Task Account_position_gives_absolute_balances_also_zeros_and_a_balance_update_gives_nothing()
    {
        await ConnectedAsync();
        _venue.Sockets.Push(Report("""{"e":"balanceUpdate","E":1573200697110,"a":"BTC","d":"100.0","T":1573200697068}"""));
        _venue.Sockets.Push(Report("""{"e":"outboundAccountPosition","E":1,"u":1,"B":[{"a":"BTC","f":"11818.0","l":"182.5"},{"a":"USDT","f":"0.0","l":"0.0"}]}"""));
        var balances = (await _session.NextAsync()).ShouldBeAssignableTo<IReadOnlyList<Balance>>()!;
        balances.ShouldBe([new Balance(new Asset("BTC"), new Amount(11818m), new Amount(182.5m)), new Balance(new Asset("USDT"), Amount.Zero, Amount.Zero)]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"event":{"e":"executionReport","E":1,"s":"NOPE","X":"NEW","i":1}}""")]
    [InlineData("""{"event":{"e":"executionReport","E":1,"s":"BTCUSDT","X":"NEW"}}""")]
    [InlineData("""{"event":{"e":"executionReport","E":1,"s":"BTCUSDT","X":"NEW","i":1,"q":"NaN"}}""")]
    [InlineData("""{"event":{"e":"executionReport","E":1,"s":"BTCUSDT","X":"FILLED","S":"BUY","i":1,"t":5,"l":"1","L":"0"}}""")]
    [InlineData("""{"event":{"e":"executionReport","E":1,"s":"BTCUSDT","X":"FILLED","S":"BUY","i":1,"t":5,"l":"-1","L":"1"}}""")]
    [InlineData("""{"event":{"e":"outboundAccountPosition","B":[{"a":"BTC","f":"1"}]}}""")]
    [InlineData("""{"event":{"e":"outboundAccountPosition"}}""")]
    public async Task Impossible_event_is_quarantined_and_the_stream_goes_on(string text)
    {
        await ConnectedAsync();
        _venue.Sockets.Push(text);
        ((string)await _session.NextAsync()).ShouldStartWith("bad ");
        _venue.Sockets.Push(Report("""{"e":"executionReport","E":1,"s":"BTCUSDT","c":"wb-1","X":"NEW","i":1}"""));
        (await _session.NextAsync()).ShouldBeOfType<OrderReport>();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static string Report(string text) => $$"""{"subscriptionId":0,"event":{{text}}}""";

    private async Task<Task<StreamEnd>> StartAsync(Venue venue)
    {
        var connector = await venue.ConnectorAsync();
        return connector.Trading!.RunUserStreamAsync(_session, _stop.Token);
    }

    private async Task<Task<StreamEnd>> ConnectedAsync()
    {
        var run = await StartAsync(_venue);
        await _venue.Sockets.SentAsync();
        _venue.Sockets.Push(Subscribed);
        (await _session.NextAsync()).ShouldBe("connected");
        return run;
    }
}
