using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Workbench.Scripting.Tests.Fakes;

namespace Workbench.Scripting.Tests;

public sealed class Script_run_tests : ScriptTestBase
{
    [Fact]
    public async Task Script_prints_and_returns_its_last_expression()
    {
        var (result, output) = await Run("Print(0.0010m); Console.WriteLine(1.5m); Console.Error.WriteLine(\"err\"); 40 + 2");

        result.ShouldBe(new ScriptResult.Succeeded(42));
        output.ShouldBe("0.001\n1.5\nerr\n");
    }

    [Fact]
    public async Task Surface_is_seen_at_the_top_level_in_static_functions_and_in_classes()
    {
        var (result, output) = await Run("""
            class Inside { public string Name() => Connections.Route("BTC/USDT").Data.ToString(); public bool Same() => WorkbenchScript.Current.Stop == Stop; }
            static string Static() => Connections.Route("BTC/USDT").Data.ToString();
            Print(Connections.Route("BTC/USDT").Data);
            Print(Static());
            Print(await Task.Run(() => new Inside().Name()));
            Print(new Inside().Same() && Args.Get("n", 3) == 3 && Stop.CanBeCanceled);
            Print(Table("a", "price").Row("x", Px(10m)).Row("long", Qty(0.5m)));
            """.Replace("WorkbenchScript", "Workbench.Scripting.WorkbenchScript", StringComparison.Ordinal));

        result.ShouldBe(new ScriptResult.Succeeded(null));
        output.ShouldBe("binance\nbinance\nbinance\nTrue\na     price\n----  -----\nx        10\nlong    0.5\n");
    }

    [Fact]
    public async Task Author_may_name_a_variable_like_a_member_of_the_surface()
    {
        (await Run("var Log = 3; var Cache = 4; return Log + Cache;")).Result.ShouldBe(new ScriptResult.Succeeded(7));
    }

    [Fact]
    public async Task Await_foreach_works_at_the_top_level()
    {
        (await Run("var n = 0; await foreach (var q in Market.Quotes(\"BTC/USDT\")) { if (++n == 3) break; } return n;")).Result.ShouldBe(new ScriptResult.Succeeded(3));
    }

    [Fact]
    public async Task Return_value_of_a_type_of_the_script_becomes_text()
    {
        (await Run("record R(int A); return new R(1);")).Result.ShouldBe(new ScriptResult.Succeeded("R { A = 1 }"));
    }

    [Fact]
    public async Task Script_that_throws_three_calls_deep_in_a_loaded_file_names_file_line_and_column()
    {
        var loaded = Write("deep.csx", """
            async Task A() { await Task.Yield(); await B(); }
            async Task B()
            {
                await Task.Yield();
                for (var i = 0; i < 3; i++) { if (i == 2) { C(i); } }
            }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            void C(int i)
            {
                while (true) throw new InvalidOperationException($"at {i}", new IOException("disk"));
            }
            """);

        var (result, _) = await Run("#load \"deep.csx\"\nPrint(1);\n  await A();");

        var failure = result.ShouldBeOfType<ScriptResult.Failed>().Failure;
        (failure.File, failure.Line, failure.Column, failure.Message, failure.ExceptionType).ShouldBe((loaded, 10, 18, "at 2 <- disk", "System.InvalidOperationException"));
        failure.Frames.Select(f => (f.Method, f.Line, f.Column)).ShouldBe([("C", 10, 18), ("B", 5, 49), ("A", 1, 38), ("(top level)", 3, 3)]);
        failure.ToString().ShouldStartWith($"{loaded}(10,18): System.InvalidOperationException: at 2 <- disk");
        failure.Details.ShouldContain("System.IO.IOException: disk");
    }

    [Fact]
    public async Task Exception_of_the_scripts_own_type_that_cannot_say_its_message_is_still_a_value()
    {
        var (result, _) = await Run("class E : Exception { public override string Message => throw new Exception(); }\nthrow new E();");

        var failure = result.ShouldBeOfType<ScriptResult.Failed>().Failure;
        failure.ExceptionType.ShouldEndWith("E");
        failure.Line.ShouldBe(2);
    }

    [Fact]
    public async Task Cancellation_that_nobody_asked_for_is_a_failure()
    {
        (await Run("throw new OperationCanceledException(\"mine\");")).Result.ShouldBeOfType<ScriptResult.Failed>().Failure.Message.ShouldBe("mine");
    }

    [Fact]
    public async Task Within_names_what_did_not_come()
    {
        var time = new FakeWorkbench();
        var engine = Engine();
        var script = await Compiled(engine, Write("wait.csx", "var never = new TaskCompletionSource(); Print(\"waiting\"); await Within(never.Task, TimeSpan.FromSeconds(5), \"the answer\");"));
        var output = new SignalWriter("waiting");
        var running = engine.RunAsync(script, time, output, TestContext.Current.CancellationToken);
        await output.Seen.WaitAsync(Generous);

        while (!running.IsCompleted)
        {
            time.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await running).ShouldBeOfType<ScriptResult.Failed>().Failure.Message.ShouldBe("Waited 5 s in vain for the answer.");
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) ;")]
    [InlineData("do { } while (true);")]
    [InlineData("do ; while (true);")]
    [InlineData("for (;;) ;")]
    [InlineData("IEnumerable<int> E() { while (true) yield return 1; } foreach (var i in E()) { }")]
    [InlineData("IEnumerable<(int, int)> E() { while (true) yield return (1, 1); } foreach (var (a, b) in E()) ;")]
    [InlineData("void F() { again: goto again; } F();")]
    [InlineData("int P { get { while (true) { } } } Print(P);")]
    [InlineData("class C { public C() { for (;;) { } } } new C();")]
    [InlineData("Parallel.For(0, 2, i => { while (true) { } });")]
    [InlineData("Print($\"{((Func<int>)(() => { while (true) { } }))()}\");")]
    [InlineData("await Task.Run(() => { while (true) { } });")]
    [InlineData("while (true) { try { await Task.Delay(-1, Stop); } catch { } }")]
    [InlineData("try { } finally { while (true) { } }")]
    [InlineData("await Task.Delay(-1, Stop);")]
    [InlineData("Task.Delay(-1, Stop).Wait();")]
    public async Task Script_that_never_ends_stops_within_a_second(string loop)
    {
        using var stop = new CancellationTokenSource();
        var engine = Engine(new ScriptEngineOptions { StopGrace = Generous });
        var output = new SignalWriter("started");
        var script = await Compiled(engine, Write("endless.csx", "Print(\"started\");\n" + loop));
        var running = engine.RunAsync(script, new FakeWorkbench(), output, stop.Token);
        await output.Seen.WaitAsync(Generous);

        var told = TimeProvider.System.GetTimestamp();
        await stop.CancelAsync();
        var result = await running.WaitAsync(Generous);

        result.ShouldBe(new ScriptResult.Cancelled(LeftRunning: false));
        TimeProvider.System.GetElapsedTime(told).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task End_of_the_workbenchs_stop_token_stops_the_script_too()
    {
        using var stop = new CancellationTokenSource();
        var engine = Engine();
        var output = new SignalWriter("started");
        var script = await Compiled(engine, Write("endless.csx", "Print(\"started\"); while (true) { }"));
        var running = engine.RunAsync(script, new FakeWorkbench(stop.Token), output, CancellationToken.None);
        await output.Seen.WaitAsync(Generous);

        await stop.CancelAsync();

        (await running.WaitAsync(Generous)).ShouldBeOfType<ScriptResult.Cancelled>();
    }

    [Fact]
    public async Task Script_in_a_call_that_cannot_be_interrupted_is_left_behind_after_the_grace()
    {
        var time = new FakeTimeProvider();
        using var stop = new CancellationTokenSource();
        var engine = Engine(new ScriptEngineOptions { StopGrace = TimeSpan.FromSeconds(1) }, time);
        var output = new SignalWriter("started");
        var script = await Compiled(engine, Write("deaf.csx", "Print(\"started\"); new ManualResetEventSlim().Wait(30_000); Print(\"late\");"));
        var running = engine.RunAsync(script, new FakeWorkbench(), output, stop.Token);
        await output.Seen.WaitAsync(Generous);
        await stop.CancelAsync();

        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await running).ShouldBe(new ScriptResult.Cancelled(LeftRunning: true));
    }

    [Fact]
    public async Task Run_that_is_stopped_before_it_begins_runs_nothing()
    {
        var engine = Engine();
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var script = await Compiled(engine, Write("never.csx", "Print(1);"));

        (await engine.RunAsync(script, new FakeWorkbench(), output, new CancellationToken(canceled: true))).ShouldBeOfType<ScriptResult.Cancelled>();

        output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Output_beyond_the_limit_is_cut_with_one_line_that_says_so()
    {
        var (result, output) = await Run("Print(\"ab\"); Print(new string('x', 10_000_000)); Print(\"never\"); return 7;", options: new ScriptEngineOptions { OutputLimitCharacters = 100 });

        result.ShouldBe(new ScriptResult.Succeeded(7));
        output.ShouldBe("ab\n" + new string('x', 97) + "\n[output cut after 100 characters; the script runs on]\n");
    }

    [Fact]
    public async Task Two_scripts_at_once_keep_their_outputs_apart()
    {
        const string Text = """
            for (var i = 0; i < 50; i++)
            {
                Console.WriteLine(Args.Get("who", ""));
                await Task.Yield();
                await Task.Run(() => Print(Args.Get("who", "")));
                var t = new Thread(() => Console.Write(Args.Get("who", "") + "\n"));
                t.Start();
                t.Join();
            }
            """;
        var engine = Engine();
        var script = await Compiled(engine, Write("who.csx", Text));
        var outputs = new[] { "anna", "ben" }.Select(who => (Who: who, Writer: new StringWriter(CultureInfo.InvariantCulture))).ToList();

        await Task.WhenAll(outputs.Select(o => engine.RunAsync(script, new FakeWorkbench(default, ("who", o.Who)), o.Writer, TestContext.Current.CancellationToken)));

        foreach (var (who, writer) in outputs)
        {
            var lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            lines.Length.ShouldBe(150);
            lines.ShouldAllBe(l => l == who);
        }
    }

    [Fact]
    public async Task Runs_of_one_script_share_no_static_state()
    {
        var engine = Engine();
        var script = await Compiled(engine, Write("static.csx", "static class S { public static int N; } return ++S.N;"));

        for (var i = 0; i < 3; i++)
        {
            (await engine.RunAsync(script, new FakeWorkbench(), TextWriter.Null, TestContext.Current.CancellationToken)).ShouldBe(new ScriptResult.Succeeded(1));
        }
    }

    [Fact]
    public async Task Engine_without_stop_checks_runs_the_same_script()
    {
        (await Run("var n = 0; while (n < 10) n++; return n;", options: new ScriptEngineOptions { StopChecks = false })).Result.ShouldBe(new ScriptResult.Succeeded(10));
    }
}
