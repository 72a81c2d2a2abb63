using System.Text;
using System.Text.Json;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Tests.Binance;

namespace Workbench.Simulator.Tests.Faults;

public sealed class StreamFaultTests
{
    public static TheoryData<string> Both => ["binance", "bybit"];

    private static FaultOptions With(string name, string value, int? count = null) => new() { Count = count, More = new Dictionary<string, string> { [name] = value } };

    /// <summary>The next messages of a market channel after the book was stirred so often.</summary>
    private static async Task<List<JsonElement>> StirAsync(FaultBench bench, RawSocket socket, int stirs, int expected)
    {
        for (var i = 0; i < stirs; i++)
        {
            bench.Stir();
        }

        return await ReceiveAsync(socket, expected);
    }

    private static async Task<List<JsonElement>> ReceiveAsync(RawSocket socket, int count)
    {
        var messages = new List<JsonElement>();
        while (messages.Count < count)
        {
            messages.Add(await socket.ReceiveJsonAsync());
        }

        return messages;
    }

    /// <summary>A socket on the book, its opening snapshot (Bybit) read.</summary>
    private static async Task<RawSocket> BookAsync(FaultBench bench)
    {
        var socket = await bench.Client.ListenAsync("book");
        if (bench.Handle.Dialect == "bybit")
        {
            await socket.ReceiveJsonAsync();
        }

        bench.Stir();
        await socket.ReceiveJsonAsync();
        return socket;
    }

    private static async Task<List<string>> ToldAsync(FaultBench bench, RawSocket account, params string[] until)
    {
        var told = new List<string>();
        while (!until.All(told.Contains))
        {
            told.Add(bench.Client.Told(await account.ReceiveJsonAsync()));
        }

        return told;
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N18_stall_streams_keeps_connections_and_pings_alive(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await BookAsync(bench);
        var before = bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]);
        await bench.Faults.InjectAsync("stall-streams");

        bench.Stir();
        await socket.SendAsync(RawSocket.Ping, [1, 2, 3]);
        (await socket.ReceiveAsync())!.Value.Kind.ShouldBe(RawSocket.Pong, "nothing but the pong comes");
        await bench.Faults.ClearAllAsync();

        bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]).ShouldBe(before + 2, "what happened meanwhile is lost");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N18_silence_swallows_requests_too(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await BookAsync(bench);
        await bench.Faults.InjectAsync("silence", new FaultOptions { For = TimeSpan.FromSeconds(30) });

        bench.Stir();
        var placed = bench.Client.PlaceAsync("never");
        await RequestFaultTests.EventuallyAsync(() => bench.Faults.Live.All.Single().Hits >= 2);
        placed.IsCompleted.ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromSeconds(30));

        await Should.ThrowAsync<HttpRequestException>(() => placed);
        bench.Executed("never").ShouldBeFalse();
        (await bench.Client.GetAsync(bench.Client.TimePath)).Status.ShouldBe(200);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N19_drop_events_loses_exactly_one_fill(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var account = await bench.Client.ListenToAccountAsync();
        await bench.Faults.InjectAsync("drop-events", new FaultOptions { Count = 1, Channel = "fills" });

        await bench.Client.PlaceAsync("missed", 60_001m, 0.1m);
        await bench.Client.PlaceAsync("seen", 60_001m, 0.1m);
        var text = "";
        while (!text.Contains("\"seen\"", StringComparison.Ordinal) || bench.Client.Told(JsonDocument.Parse(text).RootElement) != "fill")
        {
            text = (await account.ReceiveJsonAsync()).GetRawText();
            (text.Contains("\"missed\"", StringComparison.Ordinal) && bench.Client.Told(JsonDocument.Parse(text).RootElement) == "fill").ShouldBeFalse();
        }

        (bench.Find("missed").Status, bench.Find("seen").Status).ShouldBe((OrderStatus.Filled, OrderStatus.Filled));
        bench.Faults.Active.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E18_drop_events_every_third_book_change(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await BookAsync(bench);
        var start = bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]);
        await bench.Faults.InjectAsync("drop-events", With("nth", "3") with { Channel = "book" });

        var seen = (await StirAsync(bench, socket, 8, 6)).Select(m => bench.Client.LastUpdate(m) - start);

        seen.ShouldBe([1, 2, 4, 5, 7, 8]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E25_book_gap_leaves_one_change_out(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await BookAsync(bench);
        using var best = await bench.Client.ListenAsync("best");
        var start = bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]);
        await bench.Faults.InjectAsync("book-gap", new FaultOptions { Count = 1, Symbol = "BTCUSDT" });

        var seen = (await StirAsync(bench, socket, 3, 2)).Select(m => bench.Client.LastUpdate(m) - start);

        seen.ShouldBe([2, 3]);
        (await ReceiveAsync(best, 4)).Count.ShouldBe(4, "other channels have no gap");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N23_E17_duplicate_events_tell_a_fill_twice(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var account = await bench.Client.ListenToAccountAsync();
        await bench.Faults.InjectAsync("duplicate-events", new FaultOptions { Channel = "fills", Count = 1 });

        await bench.Client.PlaceAsync("twice", 60_001m, 0.1m);
        await bench.Client.PlaceAsync("last");

        var fills = new List<string>();
        string text;
        do
        {
            var message = await account.ReceiveJsonAsync();
            text = message.GetRawText();
            if (bench.Client.Told(message) == "fill")
            {
                fills.Add(text);
            }
        }
        while (!text.Contains("\"last\"", StringComparison.Ordinal));

        fills.Count.ShouldBe(2);
        fills[0].ShouldBe(fills[1]);
        bench.Find("twice").Executed.ShouldBe(0.1m, "the venue traded once");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N23_reorder_events_swaps_two_book_changes(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await BookAsync(bench);
        var start = bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]);
        await bench.Faults.InjectAsync("reorder-events", new FaultOptions { Channel = "book", Count = 1 });

        // The one strike is spent and the message still waits for the next one of its kind.
        var seen = (await StirAsync(bench, socket, 3, 3)).Select(m => bench.Client.LastUpdate(m) - start);

        seen.ShouldBe([2, 1, 3]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E15_reorder_events_tells_the_fill_before_the_new_order(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var account = await bench.Client.ListenToAccountAsync();
        await bench.Faults.InjectAsync("reorder-events", new FaultOptions { Channel = "orders,fills" });

        await bench.Client.PlaceAsync("raced", 60_001m, 0.1m);
        var told = await ToldAsync(bench, account, "fill");

        // Bybit tells fills before the order anyway, so there they change places the other way round.
        told.Where(t => t != "other" && t != "answer").First().ShouldBe(dialect == "binance" ? "fill" : "Filled");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N26_delay_events_come_late_and_in_order(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await BookAsync(bench);
        var start = bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]);
        await bench.Faults.InjectAsync("delay-events", new FaultOptions { Channel = "book", Delay = TimeSpan.FromMinutes(1) });

        bench.Stir();
        bench.Stir();
        await socket.SendAsync(RawSocket.Ping, [7]);
        (await socket.ReceiveAsync())!.Value.Kind.ShouldBe(RawSocket.Pong);
        bench.Time.Advance(TimeSpan.FromMinutes(1));

        (await ReceiveAsync(socket, 2)).Select(m => bench.Client.LastUpdate(m) - start).ShouldBe([1, 2]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E16_fill_after_cancel_tells_the_fill_last(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var account = await bench.Client.ListenToAccountAsync();
        await bench.Faults.InjectAsync("fill-after-cancel");

        await bench.Client.PlaceAsync("late", 60_001m, 1.5m);
        (await bench.Client.CancelAsync("late")).Status.ShouldBe(200);
        var told = await ToldAsync(bench, account, "closed", "fill");

        told.IndexOf("closed").ShouldBeLessThan(told.IndexOf("fill"));
        bench.Find("late").Executed.ShouldBe(1m, "it was filled before it was cancelled");
    }

    [Theory]
    [InlineData("bad-json")]
    [InlineData("invalid-utf8")]
    [InlineData("huge")]
    [InlineData("binary")]
    [InlineData("empty")]
    public async Task N16_garbage_frames(string form)
    {
        foreach (var dialect in Both)
        {
            await using var bench = await FaultBench.StartAsync(dialect);
            using var socket = await BookAsync(bench);
            await bench.Faults.InjectAsync("garbage-frames", With("form", form, count: 1));
            bench.Stir();
            var (kind, payload) = (await socket.ReceiveAsync())!.Value;

            kind.ShouldBe(form == "binary" ? (byte)2 : RawSocket.Text);
            switch (form)
            {
                case "huge":
                    payload.Length.ShouldBeGreaterThan(5_000_000);
                    break;
                case "empty":
                    payload.ShouldBeEmpty();
                    break;
                case "invalid-utf8":
                    Should.Throw<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(payload));
                    break;
                case "bad-json":
                    Should.Throw<JsonException>(() => JsonDocument.Parse(payload));
                    break;
                default:
                    JsonDocument.Parse(payload).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
                    break;
            }

            (await StirAsync(bench, socket, 1, 1)).Count.ShouldBe(1, "the next message is sound");
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N15_fragmented_frames_make_one_message(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await BookAsync(bench);
        await bench.Faults.InjectAsync("fragmented-frames", With("size", "5", count: 1));
        bench.Stir();

        var message = new List<byte>();
        var kinds = new List<byte>();
        do
        {
            var (kind, payload) = (await socket.ReceiveAsync())!.Value;
            kinds.Add(kind);
            message.AddRange(payload);
        }
        while (message[^1] != '}' || Encoding.UTF8.GetString([.. message]).Count(c => c == '{') != Encoding.UTF8.GetString([.. message]).Count(c => c == '}'));

        kinds.Count.ShouldBeGreaterThan(5);
        kinds[0].ShouldBe(RawSocket.Text);
        kinds.Skip(1).ShouldAllBe(k => k == 0);
        JsonDocument.Parse(message.ToArray()).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Theory]
    [InlineData("zero", "0")]
    [InlineData("nan", "NaN")]
    [InlineData("infinite", "1e400")]
    [InlineData("tiny", "1e-30")]
    [InlineData("text", "price")]
    public async Task E27_bad_price_in_messages_and_answers(string price, string seen)
    {
        foreach (var dialect in Both)
        {
            await using var bench = await FaultBench.StartAsync(dialect);
            using var socket = await BookAsync(bench);
            await bench.Faults.InjectAsync("bad-price", With("price", price));
            bench.Stir();

            bench.Client.Bid(await socket.ReceiveJsonAsync()).ShouldBe(seen);
            (await bench.Client.GetAsync(bench.Client.DepthPath)).Text.ShouldContain($"[\"{seen}\",");
            bench.Book.Top.BidPrice.ShouldBe(59_999m, "the venue itself knows better");
        }
    }

    [Theory]
    [InlineData("negative", "-59999")]
    [InlineData("up", "89998.5")]
    [InlineData("down", "29999.5")]
    public async Task E28_bad_price_is_absurd_by_fifty_percent_or_negative(string price, string seen)
    {
        foreach (var dialect in Both)
        {
            await using var bench = await FaultBench.StartAsync(dialect);
            using var book = await BookAsync(bench);
            await bench.Faults.InjectAsync("bad-price", With("price", price));
            bench.Stir();
            bench.Client.Bid(await book.ReceiveJsonAsync()).ShouldStartWith(seen);
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E25_update_ids_reset_in_stream_and_snapshot_alike(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var socket = await BookAsync(bench);
        var before = bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]);
        await bench.Faults.InjectAsync("update-ids-reset");

        var first = bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]);
        var second = bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]);
        var snapshot = bench.Client.LastUpdate((await bench.Client.GetAsync(bench.Client.DepthPath)).Json);

        before.ShouldBeGreaterThan(5000);
        (first, second).ShouldBe((1, 2));
        snapshot.ShouldBeLessThan(100);
        await bench.Faults.ClearAllAsync();
        bench.Client.LastUpdate((await StirAsync(bench, socket, 1, 1))[0]).ShouldBeGreaterThan(before);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E25_stale_snapshot_is_older_than_the_stream(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        var truth = bench.Client.LastUpdate((await bench.Client.GetAsync(bench.Client.DepthPath)).Json);
        await bench.Faults.InjectAsync("stale-snapshot", With("by", "100"));

        bench.Client.LastUpdate((await bench.Client.GetAsync(bench.Client.DepthPath)).Json).ShouldBe(truth - 100);
    }

    [Theory]
    [InlineData("binance", "client-id")]
    [InlineData("bybit", "client-id")]
    public async Task E14_answer_swapped_names_another_order(string dialect, string what)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var trade = await bench.Client.OpenTradeAsync();
        await bench.Faults.InjectAsync("answer-swapped", With("what", what));

        (await bench.Client.PlaceAsync("mine")).Text.ShouldContain("\"other-mine\"");
        await trade.SendAsync(bench.Client.TradeMessage("mine-too"));
        (await trade.ReceiveJsonAsync()).GetRawText().ShouldContain("\"other-mine-too\"");

        (bench.Executed("mine"), bench.Executed("mine-too"), bench.Executed("other-mine")).ShouldBe((true, true, false));
    }

    [Fact]
    public async Task E14_answer_swapped_names_another_symbol()
    {
        await using var bench = await FaultBench.StartAsync("binance");
        await bench.Faults.InjectAsync("answer-swapped", With("what", "symbol"));

        (await bench.Client.PlaceAsync("mine")).Json.GetProperty("symbol").GetString().ShouldBe("ETHUSDT");
        bench.Find("mine").Symbol.ShouldBe("BTCUSDT");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E36_empty_lists_say_no_orders_and_no_balances(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Client.PlaceAsync("there");
        await bench.Faults.InjectAsync("empty-lists");

        (await bench.Client.OpenOrdersAsync()).Text.ShouldContain("[]");
        (await bench.Client.AccountAsync()).Text.ShouldNotContain("USDT");
        (await bench.Client.OpenOrdersAsync()).Text.ShouldNotContain("there");
        bench.Find("there").IsOpen.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E36_stale_answers_repeat_what_was_true_first(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Client.PlaceAsync("old");
        await bench.Faults.InjectAsync("stale-answers");
        var first = (await bench.Client.OpenOrdersAsync()).Text;
        await bench.Client.PlaceAsync("new");

        (await bench.Client.OpenOrdersAsync()).Text.ShouldBe(first);
        await bench.Faults.ClearAllAsync();
        (await bench.Client.OpenOrdersAsync()).Text.ShouldContain("new");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E43_state_restored_knows_nothing_of_today_and_counts_lower(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Client.PlaceAsync("yesterday");
        bench.Time.SetUtcNow(bench.Time.GetUtcNow().AddHours(30));
        await bench.Client.PlaceAsync("today");
        var truth = bench.Client.LastUpdate((await bench.Client.GetAsync(bench.Client.DepthPath)).Json);
        await bench.Faults.InjectAsync("state-restored", With("by", "50"));

        bench.Client.IsFound(await bench.Client.QueryAsync("yesterday"), "yesterday").ShouldBeTrue();
        bench.Client.IsFound(await bench.Client.QueryAsync("today"), "today").ShouldBeFalse();
        (await bench.Client.OpenOrdersAsync()).Text.ShouldNotContain("today");
        bench.Client.LastUpdate((await bench.Client.GetAsync(bench.Client.DepthPath)).Json).ShouldBe(truth - 50);
        bench.Find("today").IsOpen.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E11_query_lag_and_order_not_found_hide_a_live_order(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Client.PlaceAsync("alive");
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        await bench.Faults.InjectAsync("query-lag", new FaultOptions { Delay = TimeSpan.FromSeconds(8) });
        await bench.Client.PlaceAsync("fresh");
        bench.Client.IsFound(await bench.Client.QueryAsync("alive"), "alive").ShouldBeTrue();
        bench.Client.IsFound(await bench.Client.QueryAsync("fresh"), "fresh").ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromSeconds(8));
        bench.Client.IsFound(await bench.Client.QueryAsync("fresh"), "fresh").ShouldBeTrue();

        await bench.Faults.InjectAsync("order-not-found");
        bench.Client.IsFound(await bench.Client.QueryAsync("alive"), "alive").ShouldBeFalse();
        bench.Find("alive").IsOpen.ShouldBeTrue();
    }
}
