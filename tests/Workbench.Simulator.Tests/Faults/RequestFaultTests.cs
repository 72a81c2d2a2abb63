using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Tests.Faults;

public sealed class RequestFaultTests
{
    public static TheoryData<string> Both => ["binance", "bybit"];

    [Theory, MemberData(nameof(Both))]
    public async Task N01_refuse_closes_the_port_and_returns_with_all_orders(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        (await bench.Client.PlaceAsync("kept")).Status.ShouldBe(200);

        await bench.Faults.InjectAsync("refuse");
        using var tcp = new TcpClient();
        (await Should.ThrowAsync<SocketException>(() => tcp.ConnectAsync(IPAddress.Loopback, bench.Handle.Port))).SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);

        await bench.Faults.ClearAllAsync();
        bench.Client.IsFound(await bench.Client.QueryAsync("kept"), "kept").ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N02_black_hole_unread_accepts_connections_and_reads_nothing(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("black-hole-unread");
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, bench.Handle.Port);

        // More than the buffers between the two hold: it can be sent only while somebody reads.
        var sending = tcp.GetStream().WriteAsync(new byte[50_000_000]).AsTask();
        var placed = bench.Client.PlaceAsync("never");
        (await Task.WhenAny(sending, placed, Task.Delay(500))).ShouldNotBeOneOf(sending, placed);

        await bench.Faults.ClearAllAsync();
        await Should.ThrowAsync<HttpRequestException>(() => placed);
        await Should.ThrowAsync<IOException>(() => sending);
        bench.Executed("never").ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N03_black_hole_neither_answers_nor_executes_over_rest_and_sockets(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var trade = await bench.Client.OpenTradeAsync();
        await bench.Faults.InjectAsync("black-hole", new FaultOptions { Requests = "orders" });

        var placed = bench.Client.PlaceAsync("never");
        await trade.SendAsync(bench.Client.TradeMessage("nor-this"));
        (await bench.Client.GetAsync(bench.Client.TimePath)).Status.ShouldBe(200, "only orders are swallowed");
        await StruckAsync(bench, 2);
        placed.IsCompleted.ShouldBeFalse();

        await bench.Faults.ClearAllAsync();
        await Should.ThrowAsync<HttpRequestException>(() => placed);
        await trade.SendAsync(bench.Client.TradeMessage("after"));
        bench.Client.CodeOf(await trade.ReceiveJsonAsync()).ShouldBe(0, "the first answer is that to the order after the fault");
        (bench.Executed("never"), bench.Executed("nor-this"), bench.Executed("after")).ShouldBe((false, false, true));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N03_answer_withheld_executes_and_never_answers(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var trade = await bench.Client.OpenTradeAsync();
        await bench.Faults.InjectAsync("answer-withheld", new FaultOptions { Count = 2 });

        var placed = bench.Client.PlaceAsync("held");
        await StruckAsync(bench, 1);
        await trade.SendAsync(bench.Client.TradeMessage("held-too"));
        await trade.SendAsync(bench.Client.TradeMessage("answered"));

        bench.Client.CodeOf(await trade.ReceiveJsonAsync()).ShouldBe(0);
        placed.IsCompleted.ShouldBeFalse();
        (bench.Executed("held"), bench.Executed("held-too"), bench.Executed("answered")).ShouldBe((true, true, true));
        bench.Faults.Active.ShouldBeEmpty();
        await bench.Faults.ClearAllAsync();
        await Should.ThrowAsync<HttpRequestException>(() => placed);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N05_slow_body_sends_the_answer_byte_by_byte(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("slow-body", new FaultOptions { More = new Dictionary<string, string> { ["bytes-per-second"] = "100" } });

        var placed = bench.Client.PlaceAsync("slow");
        await StruckAsync(bench, 1);
        var start = bench.Time.GetTimestamp();
        var answer = await bench.AdvanceUntilAsync(placed);

        answer.Status.ShouldBe(200);
        bench.Time.GetElapsedTime(start).TotalSeconds.ShouldBeGreaterThan((answer.Text.Length / 100.0) - 1);
        bench.Executed("slow").ShouldBeTrue();
    }

    [Theory]
    [InlineData("binance", 0)]
    [InlineData("binance", 1)]
    [InlineData("binance", 17)]
    [InlineData("bybit", 0)]
    [InlineData("bybit", 17)]
    public async Task N06_reset_after_n_bytes_of_the_answer_after_executing(string dialect, int bytes)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("reset-after", new FaultOptions { More = new Dictionary<string, string> { ["bytes"] = bytes.ToString(CultureInfo.InvariantCulture) } });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, bench.Handle.Port);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {bench.Client.TimePath} HTTP/1.1\r\nHost: x\r\n\r\n"));

        var seen = await ReadToResetAsync(tcp);

        var end = seen.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        (seen.Length - end).ShouldBe(bytes);
        seen.ShouldContain("Content-Length");
        await Should.ThrowAsync<HttpRequestException>(() => bench.Client.PlaceAsync("cut"));
        bench.Executed("cut").ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N13_redirect_leads_signed_calls_to_another_host(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("redirect", new FaultOptions { Status = 307, More = new Dictionary<string, string> { ["to"] = "http://elsewhere.invalid:81/" } });

        var answer = await bench.Client.PlaceAsync("sent-on");

        answer.Status.ShouldBe(307);
        answer.Header("Location").ShouldStartWith(dialect == "binance" ? "http://elsewhere.invalid:81/api/v3/order?symbol=BTCUSDT" : "http://elsewhere.invalid:81/v5/order/create");
        bench.Executed("sent-on").ShouldBeFalse();
    }

    [Theory]
    [InlineData("binance", true)]
    [InlineData("binance", false)]
    [InlineData("bybit", true)]
    [InlineData("bybit", false)]
    public async Task N14_html_200_before_or_after_executing(string dialect, bool before)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("html-200", new FaultOptions { BeforeExecution = before });

        var answer = await bench.Client.PlaceAsync("portal");

        (answer.Status, answer.Text[0], answer.Header("Content-Type")).ShouldBe((200, '<', "text/html"));
        bench.Executed("portal").ShouldBe(!before);
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("0", "0")]
    [InlineData("-5", "-5")]
    [InlineData("99999999999999999999", "99999999999999999999")]
    [InlineData("none", null)]
    [InlineData("date", "Tue, 14 Nov 2023 22:13:25 GMT")]
    public async Task E01_too_many_requests_with_every_form_of_retry_after(string option, string? header)
    {
        foreach (var dialect in Both)
        {
            await using var bench = await FaultBench.StartAsync(dialect);
            await bench.Faults.InjectAsync("too-many-requests", new FaultOptions { Count = 1, More = new Dictionary<string, string> { ["retry-after"] = option } });
            await using var raw = await RawHttp.GetAsync(bench.Handle.Port, bench.Client.TimePath);

            raw.Status.ShouldBe(429);
            raw.Header("Retry-After").ShouldBe(header);
            (await bench.Client.GetAsync(bench.Client.TimePath)).Status.ShouldBe(200, "one strike is all it had");
        }
    }

    [Theory]
    [InlineData("binance", 418, true)]
    [InlineData("binance", 418, false)]
    [InlineData("bybit", 403, true)]
    public async Task E02_banned_refuses_everything_while_it_lasts(string dialect, int status, bool before)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("banned", new FaultOptions { Status = status, BeforeExecution = before, For = TimeSpan.FromMinutes(2) });

        var answer = await bench.Client.PlaceAsync("banned");

        answer.Status.ShouldBe(status);
        bench.Executed("banned").ShouldBe(!before);
        (await bench.Client.GetAsync(bench.Client.TimePath)).Status.ShouldBe(status);
        bench.Time.Advance(TimeSpan.FromMinutes(2));
        await ClearedAsync(bench);
        (await bench.Client.GetAsync(bench.Client.TimePath)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("binance", true, 503, null, -1000)]
    [InlineData("binance", false, 503, null, -1000)]
    [InlineData("binance", true, 504, null, -1007)]
    [InlineData("binance", false, 504, null, -1007)]
    [InlineData("binance", false, 500, "-1006", -1006)]
    [InlineData("bybit", true, 502, "10016", 10016)]
    [InlineData("bybit", false, 200, "10000", 10000)]
    [InlineData("bybit", false, 200, "170007", 170007)]
    public async Task E04_E05_E06_error_5xx_looks_the_same_before_and_after_executing(string dialect, bool before, int status, string? code, int seen)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var trade = await bench.Client.OpenTradeAsync();
        var more = code is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["code"] = code };
        await bench.Faults.InjectAsync("error-5xx", new FaultOptions { Count = 2, BeforeExecution = before, Status = status, More = more });

        var answer = await bench.Client.PlaceAsync("over-rest");
        await trade.SendAsync(bench.Client.TradeMessage("over-socket"));
        var message = await trade.ReceiveJsonAsync();

        (answer.Status, answer.Json.GetProperty(dialect == "binance" ? "code" : "retCode").GetInt32()).ShouldBe((status, seen));
        bench.Client.CodeOf(message).ShouldBe(seen);
        (bench.Executed("over-rest"), bench.Executed("over-socket")).ShouldBe((!before, !before));
        (await bench.Client.PlaceAsync("after")).Status.ShouldBe(200);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E04_answer_lost_executes_and_resets(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var trade = await bench.Client.OpenTradeAsync();
        await bench.Faults.InjectAsync("answer-lost", new FaultOptions { Count = 2 });

        await Should.ThrowAsync<HttpRequestException>(() => bench.Client.PlaceAsync("lost"));
        await trade.SendAsync(bench.Client.TradeMessage("lost-too"));
        (await trade.ReceiveAsync()).ShouldBeNull();

        (bench.Executed("lost"), bench.Executed("lost-too")).ShouldBe((true, true));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E05_request_lost_resets_without_executing(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var trade = await bench.Client.OpenTradeAsync();
        await bench.Faults.InjectAsync("request-lost", new FaultOptions { Count = 2 });

        await Should.ThrowAsync<HttpRequestException>(() => bench.Client.PlaceAsync("lost"));
        await trade.SendAsync(bench.Client.TradeMessage("lost-too"));
        (await trade.ReceiveAsync()).ShouldBeNull();

        (bench.Executed("lost"), bench.Executed("lost-too")).ShouldBe((false, false));
    }

    [Theory]
    [InlineData("binance", "unknown")]
    [InlineData("binance", "nothing")]
    [InlineData("bybit", "unknown")]
    [InlineData("bybit", "nothing")]
    public async Task E10_late_acceptance_executes_after_the_answer(string dialect, string told)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("late-acceptance", new FaultOptions
        {
            Count = 1, Delay = TimeSpan.FromSeconds(8), More = new Dictionary<string, string> { ["answer"] = told },
        });

        var placed = bench.Client.PlaceAsync("late");
        if (told == "unknown")
        {
            bench.Client.CodeOf(await placed).ShouldBe(dialect == "binance" ? -1007 : 10016);
        }
        else
        {
            await StruckAsync(bench, 1);
        }

        bench.Client.IsFound(await bench.Client.QueryAsync("late"), "late").ShouldBeFalse("not yet accepted");
        while (!bench.Executed("late"))
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        bench.Faults.Transcript.Last().What.ShouldBe("accepted late");
        bench.Client.IsFound(await bench.Client.QueryAsync("late"), "late").ShouldBeTrue();
        placed.IsCompleted.ShouldBe(told == "unknown");
        await bench.Faults.ClearAllAsync();
        if (told == "nothing")
        {
            await Should.ThrowAsync<HttpRequestException>(() => placed);
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E10_late_acceptance_reaches_orders_of_the_trade_socket(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var trade = await bench.Client.OpenTradeAsync();
        await bench.Faults.InjectAsync("late-acceptance", new FaultOptions { Count = 1, Delay = TimeSpan.FromSeconds(2) });

        await trade.SendAsync(bench.Client.TradeMessage("late"));
        bench.Client.CodeOf(await trade.ReceiveJsonAsync()).ShouldBe(dialect == "binance" ? -1007 : 10016);

        bench.Executed("late").ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        await EventuallyAsync(() => bench.Executed("late"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task E15_answer_late_comes_after_the_fill_was_pushed(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var account = await bench.Client.ListenToAccountAsync();
        await bench.Faults.InjectAsync("answer-late", new FaultOptions { Delay = TimeSpan.FromSeconds(5) });

        var placed = bench.Client.PlaceAsync("raced", price: 60_001m);
        while (bench.Client.Told(await account.ReceiveJsonAsync()) != "fill")
        {
        }

        placed.IsCompleted.ShouldBeFalse();
        await StruckAsync(bench, 1);
        (await bench.AdvanceUntilAsync(placed)).Status.ShouldBe(200);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N26_latency_delays_requests_within_its_jitter(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        await bench.Faults.InjectAsync("latency", new FaultOptions { Delay = TimeSpan.FromSeconds(10), Requests = "orders" });
        (await bench.Client.GetAsync(bench.Client.TimePath)).Status.ShouldBe(200);

        var start = bench.Time.GetTimestamp();
        var placed = bench.Client.PlaceAsync("grey");
        await StruckAsync(bench, 1);
        bench.Executed("grey").ShouldBeFalse();
        (await bench.AdvanceUntilAsync(placed)).Status.ShouldBe(200);

        bench.Executed("grey").ShouldBeTrue();
        bench.Time.GetElapsedTime(start).TotalSeconds.ShouldBeGreaterThanOrEqualTo(5, "the delay strays by half of it at most");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task N25_asymmetric_loss_executes_and_says_nothing_anywhere(string dialect)
    {
        await using var bench = await FaultBench.StartAsync(dialect);
        using var account = await bench.Client.ListenToAccountAsync();
        await bench.Faults.InjectAsync("asymmetric-loss");

        var placed = bench.Client.PlaceAsync("unheard");
        await EventuallyAsync(() => bench.Faults.Live.All.Single().Hits >= (dialect == "binance" ? 3 : 2));
        bench.Executed("unheard").ShouldBeTrue();
        placed.IsCompleted.ShouldBeFalse();
        await bench.Faults.ClearAllAsync();

        await Should.ThrowAsync<HttpRequestException>(() => placed);
        (await bench.Client.PlaceAsync("heard")).Status.ShouldBe(200);
        var first = await account.ReceiveJsonAsync();
        first.GetRawText().ShouldContain("heard");
        first.GetRawText().ShouldNotContain("unheard");
    }

    internal static Task StruckAsync(FaultBench bench, int strikes) =>
        EventuallyAsync(() => bench.Faults.Transcript.Count(r => r.Strike > 0) >= strikes);

    internal static Task ClearedAsync(FaultBench bench) => EventuallyAsync(() => bench.Faults.Active.Count == 0);

    /// <summary>The condition holds at last; a test that waits in vain fails by its own time limit.</summary>
    internal static async Task EventuallyAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            limit.IsCancellationRequested.ShouldBeFalse("it never happened");
            await Task.Delay(2);
        }
    }

    private static async Task<string> ReadToResetAsync(TcpClient tcp)
    {
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await tcp.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                seen.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // The reset.
        }

        return seen.ToString();
    }
}
