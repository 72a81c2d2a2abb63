using System.Text.Json;

namespace Workbench.Simulator.Tests.Binance;

public sealed class OrderTests
{
    private static decimal Dec(JsonElement e, string name) => decimal.Parse(e.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Market_buy_fills_with_fills_and_fee()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        var reply = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001&newClientOrderId=wb-1");

        reply.Status.ShouldBe(200, reply.Text);
        reply.Json.GetProperty("status").GetString().ShouldBe("FILLED");
        reply.Json.GetProperty("clientOrderId").GetString().ShouldBe("wb-1");
        var fills = reply.Json.GetProperty("fills").EnumerateArray().ToList();
        fills.Sum(f => Dec(f, "qty")).ShouldBe(0.001m);
        fills.Sum(f => Dec(f, "commission")).ShouldBe(0.000001m);
        fills.ShouldAllBe(f => f.GetProperty("commissionAsset").GetString() == "BTC");
        var trades = await client.SignedAsync(HttpMethod.Get, "/api/v3/myTrades", "symbol=BTCUSDT");
        trades.Json.EnumerateArray().Select(t => t.GetProperty("id").GetInt64())
            .ShouldBe(fills.Select(f => f.GetProperty("tradeId").GetInt64()));
    }

    [Fact]
    public async Task S20_18_post_only_that_would_take_is_refused_and_leaves_the_balance()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        var before = await BalanceAsync(client, "USDT");

        var reply = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=0.001&price=90000.00");

        reply.Status.ShouldBe(400);
        reply.Code.ShouldBe(-2010);
        reply.Message.ShouldBe("Order would immediately match and take.");
        (await BalanceAsync(client, "USDT")).ShouldBe(before);
    }

    [Fact]
    public async Task S20_21_duplicate_open_client_id_is_refused_and_free_again_once_closed()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        const string Order = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000&newClientOrderId=same";

        var first = await client.OrderAsync(Order);
        var second = await client.OrderAsync(Order);
        await client.SignedAsync(HttpMethod.Delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=same");
        var third = await client.OrderAsync(Order);

        first.Status.ShouldBe(200, first.Text);
        second.Code.ShouldBe(-2010);
        second.Message.ShouldBe("Duplicate order sent.");
        third.Status.ShouldBe(200);
        third.Json.GetProperty("orderId").GetInt64().ShouldNotBe(first.Json.GetProperty("orderId").GetInt64());
    }

    [Fact]
    public async Task S20_23_limit_buy_locks_and_cancel_unlocks()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        var before = await BalanceAsync(client, "USDT");

        await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=30000&newClientOrderId=lock");
        var during = await BalanceAsync(client, "USDT");
        await client.SignedAsync(HttpMethod.Delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=lock");
        var after = await BalanceAsync(client, "USDT");

        during.ShouldBe((before.Free - 300m, 300m));
        after.ShouldBe(before);
    }

    [Fact]
    public async Task S20_25_cancel_reply_swaps_the_ids_and_a_second_cancel_is_unknown()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=30000&newClientOrderId=old");

        var cancel = await client.SignedAsync(HttpMethod.Delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=old&newClientOrderId=new");
        var again = await client.SignedAsync(HttpMethod.Delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=old");
        var neither = await client.SignedAsync(HttpMethod.Delete, "/api/v3/order", "symbol=BTCUSDT");

        cancel.Json.GetProperty("origClientOrderId").GetString().ShouldBe("old");
        cancel.Json.GetProperty("clientOrderId").GetString().ShouldBe("new");
        cancel.Json.GetProperty("status").GetString().ShouldBe("CANCELED");
        (again.Code, again.Message).ShouldBe((-2011, "Unknown order sent."));
        neither.Code.ShouldBe(-1102);
    }

    [Fact]
    public async Task S20_28_query_by_either_id_and_unknown_and_mismatch()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        var placed = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=30000&newClientOrderId=q");
        var id = placed.Json.GetProperty("orderId").GetInt64();

        (await client.SignedAsync(HttpMethod.Get, "/api/v3/order", $"symbol=BTCUSDT&orderId={id}")).Json.GetProperty("clientOrderId").GetString().ShouldBe("q");
        (await client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=q")).Json.GetProperty("orderId").GetInt64().ShouldBe(id);
        (await client.SignedAsync(HttpMethod.Get, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=nope")).Code.ShouldBe(-2013);
        (await client.SignedAsync(HttpMethod.Get, "/api/v3/order", $"symbol=BTCUSDT&orderId={id}&origClientOrderId=other")).Code.ShouldBe(-2039);
    }

    [Theory]
    [InlineData("type=LIMIT&timeInForce=GTC&quantity=0.001&price=60000.001", -1013, "Filter failure: PRICE_FILTER")]
    [InlineData("type=LIMIT&timeInForce=GTC&quantity=0.000011&price=60000", -1013, "Filter failure: LOT_SIZE")]
    [InlineData("type=LIMIT&timeInForce=GTC&quantity=0.00001&price=60000", -1013, "Filter failure: NOTIONAL")]
    [InlineData("type=LIMIT&timeInForce=GTC&quantity=1&price=1000", -1013, "Filter failure: PERCENT_PRICE_BY_SIDE")]
    [InlineData("type=LIMIT&timeInForce=GTC&quantity=0.0010000001&price=60000", -1111, "Parameter 'quantity' has too much precision.")]
    [InlineData("type=LIMIT&timeInForce=GTC&quantity=1E-3&price=60000", -1100, null)]
    [InlineData("type=MARKET&quantity=0.001&timeInForce=GTC", -1106, "Parameter 'timeInForce' sent when not required.")]
    [InlineData("type=LIMIT&quantity=0.001&price=60000", -1102, "Mandatory parameter 'timeInForce' was not sent, was empty/null, or malformed.")]
    [InlineData("type=LIMIT&timeInForce=GTC&quantity=0.001&price=60000&selfTradePreventionMode=SOMETIMES", -1013, "This symbol does not allow the specified self-trade prevention mode.")]
    [InlineData("type=LIMIT&timeInForce=GTC&quantity=100&price=60000", -2010, "Account has insufficient balance for requested action.")]
    [InlineData("type=LIMIT&timeInForce=GTC&quantity=0.001&price=60000&bogus=1", -1104, null)]
    [InlineData("type=WHATEVER&quantity=0.001", -1116, "Invalid orderType.")]
    public async Task S20_16_bad_orders_are_refused_in_the_venues_words(string order, int code, string? message)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        var reply = await client.OrderAsync("symbol=BTCUSDT&side=BUY&" + order);

        reply.Status.ShouldBe(400, reply.Text);
        reply.Code.ShouldBe(code, reply.Text);
        if (message is not null)
        {
            reply.Message.ShouldBe(message);
        }
    }

    [Fact]
    public async Task S20_19_immediate_orders_that_cannot_fill_expire_with_a_reason()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        var ioc = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=IOC&quantity=0.01&price=30000");
        var fok = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.01&price=30000");

        (ioc.Status, ioc.Json.GetProperty("status").GetString(), ioc.Json.GetProperty("expiryReason").GetString())
            .ShouldBe((200, "EXPIRED", "UNFILLED_IOC_QUANTITY_EXPIRED"));
        (fok.Status, fok.Json.GetProperty("status").GetString(), fok.Json.GetProperty("expiryReason").GetString())
            .ShouldBe((200, "EXPIRED", "UNFILLED_FOK_ORDER_EXPIRED"));
    }

    [Fact]
    public async Task S20_20_quote_sized_buy_never_spends_more_and_obeys_the_step()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        var reply = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=MARKET&quoteOrderQty=123.45");

        reply.Json.GetProperty("status").GetString().ShouldBe("FILLED", reply.Text);
        Dec(reply.Json, "cummulativeQuoteQty").ShouldBeLessThanOrEqualTo(123.45m);
        (Dec(reply.Json, "executedQty") % 0.00001m).ShouldBe(0);
        Dec(reply.Json, "executedQty").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task S20_22_reply_shape_follows_the_order_type()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        var maker = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT_MAKER&quantity=0.001&price=30000");
        var limit = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000");

        maker.Json.TryGetProperty("status", out _).ShouldBeFalse();
        limit.Json.GetProperty("fills").GetArrayLength().ShouldBe(0);
        limit.Json.TryGetProperty("cummulativeQuoteQty", out _).ShouldBeTrue();
    }

    private static async Task<(decimal Free, decimal Locked)> BalanceAsync(BinanceTestClient client, string asset)
    {
        var account = await client.SignedAsync(HttpMethod.Get, "/api/v3/account", "");
        var balance = account.Json.GetProperty("balances").EnumerateArray().First(b => b.GetProperty("asset").GetString() == asset);
        return (Dec(balance, "free"), Dec(balance, "locked"));
    }
}
