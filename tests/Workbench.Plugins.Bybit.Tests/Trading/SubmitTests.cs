using System.Text;
using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Trading;

public sealed class SubmitTests
{
    private const string Create = "/v5/order/create";

    [Fact]
    public async Task Limit_order_goes_on_the_wire_exactly_as_the_signature_vector()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.VenueClock.Now = Timestamp.FromUnixMilliseconds(1672211928338);
        rig.Http.Ok(Create, """{"orderId":"177","orderLinkId":"wb-0001"}""");

        await rig.Trading.SubmitAsync(rig.Order(), CancellationToken.None);

        var call = rig.Http.Calls.ShouldHaveSingleItem();
        (call.Method, call.Address.AbsoluteUri, call.Lane, call.ContentType).ShouldBe((HttpMethod.Post, "https://api.bybit.com/v5/order/create", RequestLane.Order, "application/json"));
        Encoding.UTF8.GetString(call.Body.Span).ShouldBe("""{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.01","price":"28000.1","timeInForce":"PostOnly","orderLinkId":"wb-0001"}""");
        call.Headers.ShouldContain(new KeyValuePair<string, string>("X-BAPI-SIGN", "28f99cbe8d2da5f10f5b3735ccdfb3955294cce4f7f37c7fd6a149ae694fd744"));
    }

    [Theory]
    [InlineData(OrderType.Market, TimeInForce.GoodTillCancelled, false, """{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Market","qty":"0.01","marketUnit":"baseCoin","timeInForce":"IOC","orderLinkId":"wb-0001"}""")]
    [InlineData(OrderType.Limit, TimeInForce.GoodTillCancelled, false, """{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.01","price":"28000.1","timeInForce":"GTC","orderLinkId":"wb-0001"}""")]
    [InlineData(OrderType.Limit, TimeInForce.ImmediateOrCancel, false, """{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.01","price":"28000.1","timeInForce":"IOC","orderLinkId":"wb-0001"}""")]
    [InlineData(OrderType.Limit, TimeInForce.FillOrKill, false, """{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.01","price":"28000.1","timeInForce":"FOK","orderLinkId":"wb-0001"}""")]
    public async Task Order_terms_are_written_in_the_venue_s_words(OrderType type, TimeInForce time, bool postOnly, string expected)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Create, """{"orderId":"177","orderLinkId":"wb-0001"}""");
        var order = rig.Order() with { Type = type, TimeInForce = time, PostOnly = postOnly, LimitPrice = type == OrderType.Market ? null : Price.Parse("28000.10") };

        await rig.Trading.SubmitAsync(order, CancellationToken.None);

        Encoding.UTF8.GetString(rig.Http.Calls.Single().Body.Span).ShouldBe(expected);
    }

    [Fact]
    public async Task Yes_of_the_venue_is_accepted_and_pending_because_it_only_means_queued()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Create, """{"orderId":"177","orderLinkId":"wb-0001"}""");

        var accepted = (await rig.Trading.SubmitAsync(rig.Order(), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Accepted>();

        accepted.Fills.ShouldBeEmpty();
        (accepted.Report.Status, accepted.Report.VenueOrderId.Value, accepted.Report.ClientOrderId!.Value.Value).ShouldBe((OrderStatus.Pending, "177", "wb-0001"));
        accepted.Report.VenueTime.UnixMilliseconds.ShouldBe(1700000000050);
    }

    [Theory]
    [InlineData("""{"orderId":"177","orderLinkId":"wb-0002"}""")]
    [InlineData("""{"orderId":"","orderLinkId":"wb-0001"}""")]
    [InlineData("""{"orderId":"177"}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task Yes_without_the_order_s_own_ids_is_unknown(string result)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Ok(Create, result);

        (await rig.Trading.SubmitAsync(rig.Order(), CancellationToken.None)).ShouldBeOfType<OrderOutcome.Unknown>().Reason.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Theory]
    [InlineData(200, "<html>", nameof(OrderOutcome.Unknown), VenueErrorKind.BadResponse)]
    [InlineData(200, "", nameof(OrderOutcome.Unknown), VenueErrorKind.BadResponse)]
    [InlineData(200, """{"retMsg":"OK","result":{"orderId":"177","orderLinkId":"wb-0001"}}""", nameof(OrderOutcome.Unknown), VenueErrorKind.BadResponse)]
    [InlineData(200, """{"retCode":0,"result":{"orderId":"177","orderLinkId":"wb-0001"}}{"retCode":1}""", nameof(OrderOutcome.Unknown), VenueErrorKind.BadResponse)]
    [InlineData(204, "", nameof(OrderOutcome.Unknown), VenueErrorKind.BadResponse)]
    [InlineData(302, "", nameof(OrderOutcome.Unknown), VenueErrorKind.BadResponse)]
    [InlineData(400, "", nameof(OrderOutcome.Rejected), VenueErrorKind.InvalidRequest)]
    [InlineData(401, "", nameof(OrderOutcome.Rejected), VenueErrorKind.Authentication)]
    [InlineData(403, "<html>blocked</html>", nameof(OrderOutcome.Unknown), VenueErrorKind.Banned)]
    [InlineData(403, "access too frequent, please try again later", nameof(OrderOutcome.Rejected), VenueErrorKind.Banned)]
    [InlineData(404, "", nameof(OrderOutcome.Rejected), VenueErrorKind.InvalidRequest)]
    [InlineData(407, "", nameof(OrderOutcome.Unknown), VenueErrorKind.BadResponse)]
    [InlineData(408, "", nameof(OrderOutcome.Unknown), VenueErrorKind.BadResponse)]
    [InlineData(429, "", nameof(OrderOutcome.Unknown), VenueErrorKind.RateLimited)]
    [InlineData(500, "", nameof(OrderOutcome.Unknown), VenueErrorKind.Unavailable)]
    [InlineData(502, """{"retCode":170131,"retMsg":"x"}""", nameof(OrderOutcome.Unknown), VenueErrorKind.Unavailable)]
    [InlineData(503, """{"retCode":0,"result":{"orderId":"177","orderLinkId":"wb-0001"}}""", nameof(OrderOutcome.Unknown), VenueErrorKind.Unavailable)]
    [InlineData(504, "<html>", nameof(OrderOutcome.Unknown), VenueErrorKind.Unavailable)]
    [InlineData(400, """{"retCode":10001,"retMsg":"x"}""", nameof(OrderOutcome.Rejected), VenueErrorKind.InvalidRequest)]
    [InlineData(200, """{"retCode":170131,"retMsg":"Balance insufficient","result":{},"retExtInfo":{},"time":1}""", nameof(OrderOutcome.Rejected), VenueErrorKind.InsufficientFunds)]
    [InlineData(200, """{"retCode":170141,"retMsg":"Duplicate clientOrderId","result":null}""", nameof(OrderOutcome.Rejected), VenueErrorKind.DuplicateClientOrderId)]
    [InlineData(200, """{"retCode":10016,"retMsg":"Server error"}""", nameof(OrderOutcome.Unknown), VenueErrorKind.Unavailable)]
    [InlineData(200, """{"retCode":123456789,"retMsg":"?"}""", nameof(OrderOutcome.Unknown), VenueErrorKind.BadResponse)]
    public async Task Answer_is_judged_by_status_and_code(int status, string body, string outcome, VenueErrorKind kind)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Answer(Create, body, status);

        var result = await rig.Trading.SubmitAsync(rig.Order(), CancellationToken.None);

        result.GetType().Name.ShouldBe(outcome);
        Of(result).Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task Only_the_transport_s_proof_makes_an_order_not_sent()
    {
        var error = new VenueError(VenueErrorKind.Network, "connection refused");
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Reply(Create, new HttpReply { Kind = HttpReplyKind.NotSent, Error = error });
        rig.Http.Reply(Create, new HttpReply { Kind = HttpReplyKind.Lost, Error = error });

        (await rig.Trading.SubmitAsync(rig.Order(), CancellationToken.None)).ShouldBe(new OrderOutcome.NotSent(error));
        (await rig.Trading.SubmitAsync(rig.Order(), CancellationToken.None)).ShouldBe(new OrderOutcome.Unknown(error));
    }

    [Fact]
    public async Task Key_of_a_kind_that_the_venue_does_not_take_sends_nothing()
    {
        var rig = await Rig.ReadyAsync(new TestSigner(SignatureAlgorithm.Ed25519));

        var outcome = await rig.Trading.SubmitAsync(rig.Order(), CancellationToken.None);

        outcome.ShouldBeOfType<OrderOutcome.NotSent>().Proof.Kind.ShouldBe(VenueErrorKind.Authentication);
        (await rig.Trading.GetBalancesAsync(CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.Authentication);
        rig.Http.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Allowance_in_the_headers_reaches_the_budget()
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Budget.Declared.Where(l => l.Class.Scope == RateScope.Address).Select(l => (l.Class.Name, l.Most, l.Window.TotalSeconds, l.Kind))
            .ShouldBe([("requests", 600, 5, RateWindowKind.Sliding), ("connects", 500, 300, RateWindowKind.Sliding)]);
        rig.Budget.Declared.Where(l => l.Class.Scope == RateScope.Key).Select(l => (l.Class.Name, l.Most, l.Window.TotalSeconds)).ShouldBe(
            [("order/create", 20, 1), ("order/amend", 10, 1), ("order/cancel", 20, 1), ("order/cancel-all", 20, 1), ("order/realtime", 50, 1), ("order/history", 50, 1), ("execution/list", 50, 1), ("account/wallet-balance", 50, 1), ("user/query-api", 10, 1)]);
        rig.Http.Answer(Create, """{"retCode":0,"result":{"orderId":"177","orderLinkId":"wb-0001"}}""", 200, new() { ["x-bapi-limit"] = "30", ["X-Bapi-Limit-Status"] = "27" });

        await rig.Trading.SubmitAsync(rig.Order(), CancellationToken.None);

        (rig.Budget.Declared[^1].Class.Name, rig.Budget.Declared[^1].Most, rig.Budget.Declared[^1].KeepsReserve).ShouldBe(("order/create", 30, false));
        rig.Budget.Observed.ShouldBe([("order/create", 3, TimeSpan.FromSeconds(1))]);
        rig.Http.Calls.Last().Costs.Select(c => (c.Class.Scope, c.Class.Name, c.Weight)).ShouldBe([(RateScope.Address, "requests", 1), (RateScope.Key, "order/create", 1)]);
        rig.Budget.Stops.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(200, """{"retCode":10006,"retMsg":"Too many visits!"}""", "1700000002500", null, 2.5, "order/create")]
    [InlineData(200, """{"retCode":10006,"retMsg":"Too many visits!"}""", "1600000000000", null, 1, "order/create")]
    [InlineData(200, """{"retCode":10006,"retMsg":"Too many visits!"}""", "soon", null, 1, "order/create")]
    [InlineData(429, "", "1700009999999", null, 60, "Address")]
    [InlineData(429, "", "", null, 5, "Address")]
    [InlineData(429, "", "", "30", 30, "Address")]
    [InlineData(429, "", "", "-7", 5, "Address")]
    [InlineData(429, "", "", "99999999999", 3600, "Address")]
    [InlineData(403, "access too frequent", "", null, 600, "Address banned")]
    public async Task Limit_pauses_what_it_counts_for_as_long_as_the_venue_says(int status, string body, string reset, string? retryAfter, double seconds, string what)
    {
        var rig = await Rig.ReadyAsync(new TestSigner());
        rig.Http.Answer(Create, body, status, retryAfter is null ? new() { ["X-Bapi-Limit-Reset-Timestamp"] = reset } : new() { ["Retry-After"] = retryAfter });

        var outcome = await rig.Trading.SubmitAsync(rig.Order(), CancellationToken.None);

        Of(outcome).RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
        rig.Budget.Stops.ShouldBe([(what, TimeSpan.FromSeconds(seconds))]);
    }

    private static VenueError Of(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Rejected rejected => rejected.Error,
        OrderOutcome.Unknown unknown => unknown.Reason,
        OrderOutcome.NotSent notSent => notSent.Proof,
        _ => throw new InvalidOperationException(outcome.ToString()),
    };
}
