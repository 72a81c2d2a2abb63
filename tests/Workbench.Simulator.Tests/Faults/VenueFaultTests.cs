using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Faults;

public sealed class VenueFaultTests
{
    public static TheoryData<string> Both => ["binance", "bybit"];

    private static FaultOptions With(params (string Name, string Value)[] options) => new() { More = options.ToDictionary(o => o.Name, o => o.Value) };

    private static FaultOptions Btc(params (string Name, string Value)[] options) => With(options) with { Symbol = "BTCUSDT" };

    [Theory, MemberData(nameof(Both))]
    public async Task E32_maintenance_refuses_everything_and_closes_connections(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await bench.Client.ListenAsync("trade");
        await bench.Faults.InjectAsync("maintenance");

        (await socket.ReceiveCloseAsync()).Status.ShouldBe(1001);
        var answer = await bench.Client.PlaceAsync("closed");
        (answer.Status, answer.Text.Contains("maintenance", StringComparison.Ordinal)).ShouldBe((503, true));
        bench.Executed("closed").ShouldBeFalse();
        await bench.Faults.ClearAllAsync();
        (await bench.Client.PlaceAsync("open")).Status.ShouldBe(200);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E35_trading_down_leaves_market_data_up(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var market = await bench.Client.ListenAsync("best");
        using var trade = await bench.Client.OpenTradeAsync();
        await bench.Faults.InjectAsync("trading-down");

        (await trade.ReceiveCloseAsync()).Status.ShouldBe(1001);
        (await bench.Client.PlaceAsync("refused")).Status.ShouldBe(503);
        (await bench.Client.AccountAsync()).Status.ShouldBe(503);
        (await bench.Client.GetAsync(bench.Client.DepthPath)).Status.ShouldBe(200);
        bench.Stir();
        bench.Client.Bid(await market.ReceiveJsonAsync()).ShouldStartWith("59999");
        bench.Executed("refused").ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E35_market_down_leaves_trading_up(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var market = await bench.Client.ListenAsync("trade");
        await bench.Faults.InjectAsync("market-down");

        (await market.ReceiveCloseAsync()).Status.ShouldBe(1001);
        (await bench.Client.GetAsync(bench.Client.DepthPath)).Status.ShouldBe(503);
        (await bench.Client.PlaceAsync("taken")).Status.ShouldBe(200);
        bench.Executed("taken").ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E34_rest_down_leaves_sockets_up(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var market = await bench.Client.ListenAsync("best");
        using var trade = await bench.Client.OpenTradeAsync();
        await bench.Faults.InjectAsync("rest-down");

        (await bench.Client.PlaceAsync("refused")).Status.ShouldBe(503);
        (await bench.Client.GetAsync(bench.Client.TimePath)).Status.ShouldBe(503);
        bench.Stir();
        bench.Client.Bid(await market.ReceiveJsonAsync()).ShouldStartWith("59999");
        await trade.SendAsync(bench.Client.TradeMessage("taken"));
        bench.Client.CodeOf(await trade.ReceiveJsonAsync()).ShouldBe(0);
        (bench.Executed("refused"), bench.Executed("taken")).ShouldBe((false, true));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E33_sockets_down_leaves_rest_up(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var market = await bench.Client.ListenAsync("trade");
        await bench.Faults.InjectAsync("sockets-down", With(("code", "1006")));

        (await market.ReceiveAsync()).ShouldBeNull();
        const string Upgrade = "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        await using var refused = await RawHttp.GetAsync(bench.Handle.Port, dialect == "binance" ? "/ws" : "/v5/public/spot", Upgrade);
        refused.Status.ShouldBe(503);
        (await bench.Client.PlaceAsync("taken")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("binance", "expired-key", -2015, -2015)]
    [InlineData("binance", "bad-signature", -1022, -1022)]
    [InlineData("binance", "permission-lost", -2015, 0)]
    [InlineData("binance", "ip-not-allowed", -2015, -2015)]
    [InlineData("bybit", "expired-key", 10003, 10003)]
    [InlineData("bybit", "bad-signature", 10004, 10004)]
    [InlineData("bybit", "permission-lost", 10005, 0)]
    [InlineData("bybit", "ip-not-allowed", 10010, 10010)]
    public async Task E08_keys_lose_their_rights_and_get_them_back(string dialect, string fault, int orderCode, int accountCode)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync(fault, new FaultOptions { For = TimeSpan.FromMinutes(1) });

        bench.Client.CodeOf(await bench.Client.PlaceAsync("refused")).ShouldBe(orderCode);
        bench.Client.CodeOf(await bench.Client.AccountAsync()).ShouldBe(accountCode);
        bench.Executed("refused").ShouldBeFalse();
        (await bench.Client.GetAsync(bench.Client.DepthPath)).Status.ShouldBe(200);

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await RequestFaultTests.ClearedAsync(bench);
        bench.Client.CodeOf(await bench.Client.PlaceAsync("taken")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task X20_withdrawals_enabled_shows_in_the_permissions_of_the_key(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        (await bench.Client.MayWithdrawAsync()).ShouldBeFalse();
        await bench.Faults.InjectAsync("withdrawals-enabled");
        (await bench.Client.MayWithdrawAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("binance", "2s")]
    [InlineData("binance", "-6s")]
    [InlineData("binance", "400ms")]
    [InlineData("bybit", "-6s")]
    [InlineData("bybit", "1100ms")]
    public async Task E07_clock_skew_shows_in_the_time_and_in_judging_timestamps(string dialect, string offset)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        var truth = bench.Client.ServerMillis(await bench.Client.GetAsync(bench.Client.TimePath));
        await bench.Faults.InjectAsync("clock-skew", With(("offset", offset)));

        var skew = bench.Client.ServerMillis(await bench.Client.GetAsync(bench.Client.TimePath)) - truth;
        skew.ShouldBe((long)FaultText.Duration(offset)!.Value.TotalMilliseconds);
        bench.Time.SetUtcNow(bench.Time.GetUtcNow().AddSeconds(10));
        bench.Client.CodeOf(await bench.Client.PlaceAsync("skewed")).ShouldBe(0, "a client that follows the venue's clock is right");
        bench.Find("skewed").CreatedMicros.ShouldBe((truth + skew + 10_000) * 1000);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E07_clock_jump_makes_timestamps_of_an_honest_client_wrong(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("clock-jump", With(("by", "-1h")));
        bench.Client.HasOwnClock = true;

        bench.Client.CodeOf(await bench.Client.PlaceAsync("ahead")).ShouldBe(dialect == "binance" ? -1021 : 10002);

        // The market goes on: a book that changes is still told.
        using var socket = await bench.Client.ListenAsync("best");
        bench.Stir();
        bench.Client.Bid(await socket.ReceiveJsonAsync()).ShouldStartWith("59999");
        await bench.Faults.ClearAllAsync();
        bench.Client.CodeOf(await bench.Client.PlaceAsync("fine")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E07_clock_drift_grows(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("clock-drift", With(("per-second", "10ms")));
        var start = bench.Client.ServerMillis(await bench.Client.GetAsync(bench.Client.TimePath));

        bench.Time.Advance(TimeSpan.FromSeconds(100));

        (bench.Client.ServerMillis(await bench.Client.GetAsync(bench.Client.TimePath)) - start).ShouldBe(101_000);
    }

    [Theory]
    [InlineData("binance", "symbol-halted")]
    [InlineData("binance", "symbol-cancel-only")]
    [InlineData("bybit", "symbol-halted")]
    [InlineData("bybit", "symbol-cancel-only")]
    public async Task E31_E35_symbol_takes_no_orders_and_still_cancels(string dialect, string fault)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Client.PlaceAsync("resting");
        await bench.Faults.InjectAsync(fault, Btc());

        bench.Client.CodeOf(await bench.Client.PlaceAsync("refused")).ShouldNotBe(0);
        bench.Client.CodeOf(await bench.Client.PlaceAsync("other", 3000m, 0.1m, "ETHUSDT")).ShouldBe(0, "other symbols go on");
        bench.Client.CodeOf(await bench.Client.CancelAsync("resting")).ShouldBe(0);
        await bench.Faults.ClearAllAsync();
        bench.Client.CodeOf(await bench.Client.PlaceAsync("taken")).ShouldBe(0);
        bench.Executed("refused").ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E31_symbol_delisted_is_gone_with_its_orders_and_comes_back(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Client.PlaceAsync("resting");
        await bench.Faults.InjectAsync("symbol-delisted", Btc());

        (await bench.Client.GetAsync(bench.Client.ListingPath)).Text.ShouldNotContain("\"BTCUSDT\"");
        bench.Client.CodeOf(await bench.Client.PlaceAsync("refused")).ShouldNotBe(0);
        bench.Find("resting").Status.ShouldBe(OrderStatus.Cancelled);
        await bench.Faults.ClearAllAsync();
        (await bench.Client.GetAsync(bench.Client.ListingPath)).Text.ShouldContain("\"BTCUSDT\"");
        bench.Client.CodeOf(await bench.Client.PlaceAsync("taken")).ShouldBe(0);
    }

    [Theory]
    [InlineData("binance", "tick", "10", 59_005, 59_010)]
    [InlineData("bybit", "tick", "10", 59_005, 59_010)]
    [InlineData("binance", "min-notional", "5000", 59_000, 0)]
    [InlineData("bybit", "min-notional", "5000", 59_000, 0)]
    public async Task E30_filters_changed_refuse_what_was_fine(string dialect, string filter, string value, int wrong, int right)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        bench.Client.CodeOf(await bench.Client.PlaceAsync("before", wrong)).ShouldBe(0);
        await bench.Faults.InjectAsync("filters-changed", Btc((filter, value)));

        bench.Client.CodeOf(await bench.Client.PlaceAsync("refused", wrong)).ShouldNotBe(0);
        (await bench.Client.GetAsync(bench.Client.ListingPath)).Text.ShouldContain($"\"{value}");
        if (right > 0)
        {
            bench.Client.CodeOf(await bench.Client.PlaceAsync("right", right)).ShouldBe(0);
        }

        await bench.Faults.ClearAllAsync();
        bench.Client.CodeOf(await bench.Client.PlaceAsync("after", wrong)).ShouldBe(0);
    }

    [Theory]
    [InlineData("binance", "crossed-book", 60_001.2)]
    [InlineData("bybit", "crossed-book", 60_001.2)]
    [InlineData("binance", "locked-book", 60_001)]
    [InlineData("bybit", "locked-book", 60_001)]
    public async Task E26_book_is_crossed_or_locked_on_every_feed_and_trades_with_nobody(string dialect, string fault, decimal bid)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var best = await bench.Client.ListenAsync("best");
        if (dialect == "bybit")
        {
            await best.ReceiveJsonAsync();
        }

        await bench.Faults.InjectAsync(fault, Btc());
        bench.Advance();

        Bid(bench, await best.ReceiveJsonAsync()).ShouldBe(bid);
        var depth = (await bench.Client.GetAsync(bench.Client.DepthPath)).Text;
        depth.ShouldContain(bid.ToString("0.##", CultureInfo.InvariantCulture));

        // The market moves up, and the distortion with it.
        bench.Quote(Side.Buy, 60_001m, 1m);
        bench.Quote(Side.Sell, 60_101m, 1m);
        bench.Advance();
        bench.Book.Bids.Best!.Price.ShouldBe(bid + 100);
        bench.Book.LastPrice.ShouldBe(60_001m, "only real orders traded");
        await bench.Faults.ClearAllAsync();
        bench.Book.Bids.Best!.Price.ShouldBeLessThan(bench.Book.Asks.Best!.Price);
    }

    [Theory]
    [InlineData("binance", "one-sided-book", true)]
    [InlineData("bybit", "one-sided-book", true)]
    [InlineData("binance", "empty-book", false)]
    [InlineData("bybit", "empty-book", false)]
    public async Task E26_book_has_one_side_or_none(string dialect, string fault, bool asksRemain)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Client.PlaceAsync("mine");
        await bench.Client.CancelAsync("mine");
        await bench.Faults.InjectAsync(fault, Btc());

        bench.Quote(Side.Buy, 59_000m, 1m).ShouldBeNull("the house does not come back");
        bench.Book.Bids.Count.ShouldBe(0);
        bench.Book.Asks.Count.ShouldBe(asksRemain ? 1 : 0);
        var depth = (await bench.Client.GetAsync(bench.Client.DepthPath)).Json;
        var book = dialect == "binance" ? depth : depth.GetProperty("result");
        book.GetProperty(dialect == "binance" ? "bids" : "b").GetArrayLength().ShouldBe(0);
        await bench.Faults.ClearAllAsync();
        bench.Quote(Side.Buy, 59_000m, 1m).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("binance", "50", "90001.5")]
    [InlineData("binance", "-50", "30000.5")]
    [InlineData("bybit", "50", "90001.5")]
    public async Task E28_absurd_trade_is_printed_and_moves_no_money(string dialect, string percent, string price)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        bench.Quote(Side.Buy, 60_001m, 0.1m);
        using var trades = await bench.Client.ListenAsync("trade");
        var before = bench.Venue.Execute(_ => bench.Account.Balances["USDT"].Total);
        await bench.Faults.InjectAsync("absurd-trade", Btc(("percent", percent)));

        (await trades.ReceiveJsonAsync()).GetRawText().ShouldContain($"\"{price}");
        bench.Venue.Execute(_ => bench.Account.Balances["USDT"].Total).ShouldBe(before);
        bench.Faults.Active.ShouldBeEmpty();
    }

    private static decimal Bid(FaultBench bench, JsonElement message) => decimal.Parse(bench.Client.Bid(message), CultureInfo.InvariantCulture);
}
