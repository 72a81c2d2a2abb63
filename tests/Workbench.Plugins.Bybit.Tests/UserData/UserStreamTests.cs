using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.UserData;

public sealed class UserStreamTests : IAsyncDisposable
{
    private readonly FakeUserSession _session = new();
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
    public async Task Stream_logs_in_subscribes_and_is_connected_only_after_the_answer()
    {
        _rig = await Rig.ReadyAsync(new TestSigner());
        _rig.VenueClock.Now = Timestamp.FromUnixMilliseconds(1_699_999_990_000);
        _run = _rig.Trading.RunUserStreamAsync(_session, _ending.Token);

        // Ten seconds ahead is the moment of the signature vector.
        (await Socket.SentAsync()).ShouldBe("""{"req_id":"login","op":"auth","args":["test_api_key",1700000000000,"bacffe7500499eb829bb58c45d36d1b3e5ac67c14eaeba91df5e99ccee013925"]}""");
        _rig.Sockets.Address!.AbsoluteUri.ShouldBe("wss://stream.bybit.com/v5/private");
        Socket.Arrive("""{"success":true,"ret_msg":"","op":"auth","conn_id":"x","req_id":"login"}""");
        (await Socket.SentAsync()).ShouldBe("""{"req_id":"1","op":"subscribe","args":["order","execution","wallet"]}""");
        _session.HasMore.ShouldBeFalse();
        Socket.Arrive("""{"success":true,"ret_msg":"","conn_id":"x","req_id":"1","op":"subscribe"}""");

        await _session.NextAsync<Up>();
    }

    [Theory]
    [InlineData("""{"success":false,"ret_msg":"Failed to authenticate","op":"auth","conn_id":"x"}""")]
    [InlineData("""{"op":"auth","success":false,"retCode":10003,"retMsg":"Invalid apikey","connId":"x"}""")]
    [InlineData("""{"reqId":"login","retCode":10004,"retMsg":"bad signature","op":"auth","connId":"x"}""")]
    public async Task Refused_login_ends_the_stream_as_an_authentication_error(string answer)
    {
        await BeginAsync();
        Socket.Arrive(answer);

        (await EndAsync()).Error!.Kind.ShouldBe(VenueErrorKind.Authentication);
    }

    [Fact]
    public async Task Refused_subscription_and_a_login_without_an_answer_end_the_stream()
    {
        await BeginAsync();
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        (await EndAsync()).Error!.Kind.ShouldBe(VenueErrorKind.Timeout);

        await BeginAsync();
        Socket.Arrive("""{"success":true,"op":"auth","req_id":"login"}""");
        await Socket.SentAsync();
        Socket.Arrive("""{"success":false,"ret_msg":"no such topic","op":"subscribe","req_id":"1"}""");
        (await EndAsync()).Error!.Message.ShouldContain("no such topic");
    }

    [Fact]
    public async Task Key_of_a_kind_that_the_venue_does_not_take_ends_the_stream_before_it_connects()
    {
        _rig = await Rig.ReadyAsync(new TestSigner(SignatureAlgorithm.Ed25519));

        (await _rig.Trading.RunUserStreamAsync(_session, CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.Authentication);
        _rig.Sockets.Address.ShouldBeNull();
    }

    [Theory]
    [InlineData("New", "EC_NoError", "0", OrderStatus.New, null)]
    [InlineData("Untriggered", "", "0", OrderStatus.New, null)]
    [InlineData("Triggered", "", "0", OrderStatus.New, null)]
    [InlineData("PartiallyFilled", "EC_NoError", "0.4", OrderStatus.PartiallyFilled, null)]
    [InlineData("Filled", "EC_NoError", "1", OrderStatus.Filled, null)]
    [InlineData("Filled", "EC_OrigClOrdIDDoesNotExist", "1", OrderStatus.Filled, null)]
    [InlineData("Cancelled", "EC_PerCancelRequest", "0", OrderStatus.Cancelled, "EC_PerCancelRequest")]
    [InlineData("Cancelled", "EC_NoError", "0", OrderStatus.Cancelled, "CancelByUser")]
    [InlineData("Cancelled", "EC_NoImmediateQtyToFill", "0", OrderStatus.Cancelled, "EC_NoImmediateQtyToFill")]
    [InlineData("Cancelled", "EC_PostOnlyWillTakeLiquidity", "0", OrderStatus.Rejected, "EC_PostOnlyWillTakeLiquidity")]
    [InlineData("PartiallyFilledCanceled", "EC_CancelForNoFullFill", "0.4", OrderStatus.Cancelled, "EC_CancelForNoFullFill")]
    [InlineData("Deactivated", "", "0", OrderStatus.Cancelled, "CancelByUser")]
    [InlineData("Rejected", "EC_Others", "0", OrderStatus.Rejected, "EC_Others")]
    [InlineData("SomethingNew", "", "0", OrderStatus.New, null)]
    [InlineData("SomethingNew", "", "0.1", OrderStatus.PartiallyFilled, null)]
    public async Task Order_event_is_reported_with_its_status_and_reason(string status, string reason, string filled, OrderStatus expected, string? expectedReason)
    {
        await ConnectAsync();
        Socket.Arrive(OrderText($"""
            "category":"spot","symbol":"BTCUSDT","orderId":"177","orderLinkId":"wb-1","side":"Buy","orderType":"Limit","price":"28000.1","qty":"1","leavesQty":"0","cumExecQty":"{filled}","avgPrice":"","orderStatus":"{status}","rejectReason":"{reason}","cancelType":"CancelByUser","createdTime":"1","updatedTime":"1672364262457"
            """));

        var report = await _session.NextAsync<OrderReport>();
        report.Status.ShouldBe(expected);
        report.Reason.ShouldBe(expectedReason);
        (report.Symbol, report.VenueOrderId.Value, report.ClientOrderId!.Value.Value, report.Side, report.Type).ShouldBe((Rig.Bitcoin, "177", "wb-1", Side.Buy, OrderType.Limit));
        (report.Quantity!.Value.Value, report.FilledQuantity!.Value.Value, report.LimitPrice!.Value.Value, report.AverageFillPrice).ShouldBe((1m, decimal.Parse(filled, System.Globalization.CultureInfo.InvariantCulture), 28000.1m, null));
        report.VenueTime.UnixMilliseconds.ShouldBe(1672364262457);
    }

    [Theory]
    [InlineData("Buy", "", false)]
    [InlineData("Buy", "quoteCoin", false)]
    [InlineData("Sell", "quoteCoin", false)]
    [InlineData("Buy", "baseCoin", true)]
    [InlineData("Sell", "", true)]
    public async Task Quantity_of_a_market_order_is_reported_only_when_it_counts_the_base(string side, string unit, bool isReported)
    {
        await ConnectAsync();
        Socket.Arrive(OrderText($"""
            "category":"spot","symbol":"BTCUSDT","orderId":"177","side":"{side}","orderType":"Market","marketUnit":"{unit}","qty":"200","cumExecQty":"0.003","orderStatus":"Filled","updatedTime":"5"
            """));

        var report = await _session.NextAsync<OrderReport>();
        report.Quantity.HasValue.ShouldBe(isReported);
        report.ClientOrderId.ShouldBeNull();
        report.LimitPrice.ShouldBeNull();
    }

    [Fact]
    public async Task Contracts_and_unknown_markets_are_left_out_and_a_bad_row_takes_no_other_along()
    {
        await ConnectAsync();
        Socket.Arrive("""
            {"id":"1","topic":"order","creationTime":5,"data":[
              {"category":"linear","symbol":"BTCUSDT","orderId":"1","side":"Buy","orderStatus":"New","updatedTime":"5"},
              {"category":"spot","symbol":"NOSUCH","orderId":"2","side":"Buy","orderStatus":"New","updatedTime":"5"},
              {"category":"spot","symbol":"BTCUSDT","orderId":"3","side":"Buy","qty":"1e400","orderStatus":"New","updatedTime":"5"},
              {"category":"spot","symbol":"BTCUSDT","orderId":"4","side":"Buy","orderStatus":"New","updatedTime":"5"}]}
            """);

        await _session.NextAsync<Bad>();
        (await _session.NextAsync<OrderReport>()).VenueOrderId.Value.ShouldBe("4");
        _session.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Execution_is_a_fill_with_fee_and_role_and_funding_is_not()
    {
        await ConnectAsync();
        Socket.Arrive(ExecutionText("Funding", "Buy", "0.1", "", false));
        Socket.Arrive(ExecutionText("Trade", "Buy", "0.000002", "BTC", true));

        var fill = await _session.NextAsync<FillReport>();
        (fill.TradeId.Value, fill.VenueOrderId.Value, fill.ClientOrderId!.Value.Value, fill.Side, fill.Role).ShouldBe(("e-1", "177", "wb-1", Side.Buy, LiquidityRole.Maker));
        (fill.Price.Value, fill.Quantity.Value, fill.Fee.Value, fill.FeeAsset).ShouldBe((28000.1m, 0.002m, 0.000002m, new Asset("BTC")));
        fill.VenueTime.UnixMilliseconds.ShouldBe(1672364174443);
    }

    [Theory]
    [InlineData("Buy", "0.1", false, "BTC")]
    [InlineData("Sell", "0.1", false, "USDT")]
    [InlineData("Buy", "-0.1", true, "USDT")]
    [InlineData("Sell", "-0.1", true, "BTC")]
    public async Task Fee_without_a_currency_follows_the_venue_s_rule(string side, string fee, bool isMaker, string asset)
    {
        await ConnectAsync();
        Socket.Arrive(ExecutionText("Trade", side, fee, "", isMaker));

        (await _session.NextAsync<FillReport>()).FeeAsset.ShouldBe(new Asset(asset));
    }

    [Fact]
    public async Task Wallet_event_reports_the_coins_with_free_as_total_minus_locked()
    {
        await ConnectAsync();
        Socket.Arrive("""{"id":"1","topic":"wallet","creationTime":5,"data":[{"accountType":"UNIFIED","coin":[{"coin":"USDT","walletBalance":"100.5","locked":"28.1","free":"","availableToWithdraw":""},{"coin":"BTC","walletBalance":"0","locked":"0"}]}]}""");

        var balances = await _session.NextAsync<IReadOnlyList<Balance>>();
        balances.ShouldBe([new Balance(new Asset("USDT"), new Amount(72.4m), new Amount(28.1m)), new Balance(new Asset("BTC"), Amount.Zero, Amount.Zero)]);
    }

    private static string OrderText(string fields) => $$"""{"id":"1","topic":"order","creationTime":1672364262474,"data":[{{{fields}}}]}""";

    private static string ExecutionText(string type, string side, string fee, string feeCurrency, bool isMaker) =>
        $$"""{"id":"1","topic":"execution","creationTime":5,"data":[{"category":"spot","symbol":"BTCUSDT","execFee":"{{fee}}","feeCurrency":"{{feeCurrency}}","execId":"e-1","execPrice":"28000.1","execQty":"0.002","execType":"{{type}}","isMaker":{{(isMaker ? "true" : "false")}},"orderId":"177","orderLinkId":"wb-1","side":"{{side}}","execTime":"1672364174443","seq":1}]}""";

    private async Task BeginAsync()
    {
        _rig = await Rig.ReadyAsync(new TestSigner());
        _run = _rig.Trading.RunUserStreamAsync(_session, _ending.Token);
        await Socket.SentAsync();
    }

    private async Task ConnectAsync()
    {
        await BeginAsync();
        Socket.Arrive("""{"success":true,"op":"auth","req_id":"login"}""");
        await Socket.SentAsync();
        Socket.Arrive("""{"success":true,"op":"subscribe","req_id":"1"}""");
        await _session.NextAsync<Up>();
    }

    private async Task<StreamEnd> EndAsync() => await _run.WaitAsync(Generous.Timeout);
}
