using System.Globalization;
using Workbench.Scripting.Tests.Fakes;

namespace Workbench.Scripting.Tests;

public sealed class Sample_script_tests : ScriptTestBase
{
    public static TheoryData<string> All => [.. Directory.GetFiles(ScriptsFolder(), "*.csx").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Sample_compiles_and_says_what_it_does_and_how_to_run_it(string name)
    {
        var path = Path.Combine(ScriptsFolder(), name);

        await Compiled(Engine(), path);

        var head = File.ReadLines(path).Take(2).ToList();
        head[0].ShouldStartWith("// ");
        head[1].ShouldStartWith($"// Run it: workbench run scripts/{name}");
    }

    [Fact]
    public async Task Hello_greets_by_name()
    {
        var (result, output) = await RunSample("hello.csx", new FakeWorkbench(default, ("name", "Ada")));

        result.ShouldBe(new ScriptResult.Succeeded(null));
        output.ShouldContain("Hello, Ada.");
        output.ShouldContain("BTC/USDT costs 61800.5 at binance.");
    }

    [Fact]
    public async Task Quotes_ends_after_the_count_it_was_given()
    {
        var (result, output) = await RunSample("quotes.csx", new FakeWorkbench(default, ("count", "3")));

        result.ShouldBe(new ScriptResult.Succeeded(null));
        output.ShouldEndWith("3 quotes.\n");
        output.Split('\n').Length.ShouldBe(5);
    }

    [Fact]
    public async Task Quickstart_prints_quotes_the_fill_and_the_position()
    {
        var (result, output) = await RunSample("quickstart.csx", new FakeWorkbench());

        result.ShouldBe(new ScriptResult.Succeeded(null));
        output.Split('\n').Count(l => l.Contains("backup=false", StringComparison.Ordinal)).ShouldBe(5);
        output.ShouldContain("Order t1 at binance: Filled, 0.001 of 0.001 filled");
        output.ShouldContain("Position in BTC/USDT: 0.001 BTC");
    }

    [Fact]
    public async Task Quickstart_fails_with_the_reason_when_the_order_is_refused()
    {
        var workbench = new FakeWorkbench();
        workbench.Book.RejectWith = "not enough USDT";

        var (result, _) = await RunSample("quickstart.csx", workbench);

        result.ShouldBeOfType<ScriptResult.Failed>().Failure.Message.ShouldBe("The order was not accepted (Known, Rejected): not enough USDT");
    }

    [Fact]
    public async Task Failover_trades_at_the_backup_twice_and_its_books_agree()
    {
        var (result, output) = await RunSample("failover.csx", new FakeWorkbench());

        result.ShouldBe(new ScriptResult.Succeeded(null), output);
        output.Split('\n').Count(l => l.StartsWith("[Failover] bybit", StringComparison.Ordinal)).ShouldBe(2);
        output.Split('\n').Count(l => l.StartsWith("[Failback] binance", StringComparison.Ordinal)).ShouldBe(2);
        output.Split('\n').Count(l => l.EndsWith("on bybit (backup)", StringComparison.Ordinal)).ShouldBe(2);
        output.Split('\n').Count(l => l.Contains("backup=true", StringComparison.Ordinal)).ShouldBe(6);
        output.ShouldContain("The sum of the fills equals the position: 0.004 = 0.004.");
    }

    [Fact]
    public async Task Failover_fails_when_the_fills_are_not_the_position()
    {
        var workbench = new FakeWorkbench();
        workbench.Book.LosesFills = true;

        var (result, _) = await RunSample("failover.csx", workbench);

        result.ShouldBeOfType<ScriptResult.Failed>().Failure.Message.ShouldStartWith("The books do not agree: fills 0.004, position 0.003");
    }

    [Fact]
    public async Task Replay_compares_at_equal_update_ids_in_either_order()
    {
        var workbench = Tape();
        for (var id = 1L; id <= 1000; id++)
        {
            workbench.Tape.AddQuote(id, 100m + id, 101m + id);
            if (id % 2 == 0)
            {
                workbench.Tape.AddBook(id, 100m + id, 101m + id);
            }
        }

        workbench.Tape.AddBook(1001, 1m, 2m);
        workbench.Tape.AddQuote(1001, 1m, 2m);

        var (result, output) = await RunSample("replay.csx", workbench);

        result.ShouldBe(new ScriptResult.Succeeded(null), output);
        output.ShouldContain("Messages 1502, comparisons 501, agreements 501: 100 %");
        workbench.Tape.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task Replay_fails_below_the_agreement_that_is_required()
    {
        var workbench = Tape();
        for (var id = 1L; id <= 900; id++)
        {
            workbench.Tape.AddQuote(id, 100m, 101m);
            workbench.Tape.AddBook(id, id == 7 ? 99m : 100m, 101m);
        }

        var (result, output) = await RunSample("replay.csx", workbench);

        output.ShouldContain("update 7: book bid 99 x 1, ask 101 x 1, recorded bid 100 x 1, ask 101 x 1");
        result.ShouldBeOfType<ScriptResult.Failed>().Failure.Message.ShouldStartWith("The rebuilt book agrees with the recording in 99.888888 % of 900");
        workbench.Tape.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task Replay_that_can_compare_nothing_fails()
    {
        var workbench = Tape();
        workbench.Tape.AddQuote(1, 100m, 101m);
        workbench.Tape.AddBook(2, 100m, 101m);

        (await RunSample("replay.csx", workbench)).Result.ShouldBeOfType<ScriptResult.Failed>().Failure.Message.ShouldStartWith("Nothing could be compared");
    }

    [Theory]
    [InlineData(101, true)]
    [InlineData(100, false)]
    public async Task Replay_of_a_recording_without_quotes_reports_the_books(int ask, bool isGood)
    {
        var workbench = Tape();
        workbench.Tape.AddBook(1, 100m, ask);

        var (result, output) = await RunSample("replay.csx", workbench);

        output.ShouldContain($"Book events applied: 1, crossed books: {(isGood ? 0 : 1)}.");
        (result is ScriptResult.Succeeded).ShouldBe(isGood);
    }

    [Fact]
    public async Task Replay_without_a_tape_says_what_is_missing()
    {
        (await RunSample("replay.csx", new FakeWorkbench())).Result.ShouldBeOfType<ScriptResult.Failed>().Failure.Message.ShouldContain("--set tape=");
    }

    private static FakeWorkbench Tape() => new(default, ("tape", "recording.jsonl.gz"));

    private static async Task<(ScriptResult Result, string Output)> RunSample(string name, FakeWorkbench workbench)
    {
        var engine = Engine();
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var result = await engine.RunAsync(await Compiled(engine, Path.Combine(ScriptsFolder(), name)), workbench, output, TestContext.Current.CancellationToken).WaitAsync(Generous);
        return (result, output.ToString().ReplaceLineEndings("\n"));
    }

    private static string ScriptsFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Workbench.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.ShouldNotBeNull().FullName, "scripts");
    }
}
