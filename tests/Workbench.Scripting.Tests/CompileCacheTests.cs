using System.Diagnostics;
using Workbench.Scripting.Tests.Fakes;

namespace Workbench.Scripting.Tests;

public sealed class Compile_cache_tests : ScriptTestBase
{
    private const string ChildScript = "WORKBENCH_TEST_CACHED_SCRIPT";
    private const string ChildCache = "WORKBENCH_TEST_CACHE";

    private string CacheFolder => Path.Combine(Folder, "cache");

    private ScriptEngine CachingEngine() => Engine(new ScriptEngineOptions { CacheDirectory = CacheFolder });

    [Fact]
    public async Task Unchanged_script_comes_from_the_cache_and_runs_the_same()
    {
        var path = Write("a.csx", "Print(\"hi\");\nfor (var i = 0; i < 2; i++) { if (i == 1) throw new Exception(\"x\"); }");
        var first = await Compiled(CachingEngine(), path);
        var second = await Compiled(CachingEngine(), path);

        (first.FromCache, second.FromCache).ShouldBe((false, true));
        var results = new[] { await RunIt(first), await RunIt(second) };
        results[1].ShouldBeOfType<ScriptResult.Failed>().Failure.Column.ShouldBe(43);
        results[1].ToString().ShouldBe(results[0].ToString());
    }

    [Fact]
    public async Task Changed_script_is_compiled_again()
    {
        var path = Write("a.csx", "return 1;");
        await Compiled(CachingEngine(), path);
        Write("a.csx", "return 2;");

        var script = await Compiled(CachingEngine(), path);

        script.FromCache.ShouldBeFalse();
        (await RunIt(script)).ShouldBe(new ScriptResult.Succeeded(2));
    }

    [Fact]
    public async Task Changed_loaded_file_makes_the_script_be_compiled_again()
    {
        Write("part.csx", "int F() => 1;");
        var path = Write("a.csx", "#load \"part.csx\"\nreturn F();");
        await Compiled(CachingEngine(), path);
        (await Compiled(CachingEngine(), path)).FromCache.ShouldBeTrue();
        Write("part.csx", "int F() => 2;");

        var script = await Compiled(CachingEngine(), path);

        script.FromCache.ShouldBeFalse();
        (await RunIt(script)).ShouldBe(new ScriptResult.Succeeded(2));
    }

    [Fact]
    public async Task Vanished_loaded_file_is_an_error_and_not_a_hit()
    {
        var part = Write("part.csx", "int F() => 1;");
        var path = Write("a.csx", "#load \"part.csx\"\nreturn F();");
        await Compiled(CachingEngine(), path);
        File.Delete(part);

        (await CachingEngine().CompileAsync(ScriptSource.FromFile(path), TestContext.Current.CancellationToken)).ShouldBeOfType<ScriptCompilation.CompileFailed>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    [InlineData(-2)]
    public async Task Damaged_entry_is_ignored_and_written_anew(int damage)
    {
        var path = Write("a.csx", "return 5;");
        await Compiled(CachingEngine(), path);
        var entry = Directory.GetFiles(CacheFolder).ShouldHaveSingleItem();
        var bytes = File.ReadAllBytes(entry);
        switch (damage)
        {
            case -1:
                File.WriteAllBytes(entry, bytes[..(bytes.Length / 2)]);
                break;
            case -2:
                File.WriteAllBytes(entry, []);
                break;
            default:
                bytes[damage] ^= 0xff;
                File.WriteAllBytes(entry, bytes);
                break;
        }

        var again = await Compiled(CachingEngine(), path);

        again.FromCache.ShouldBeFalse();
        (await RunIt(again)).ShouldBe(new ScriptResult.Succeeded(5));
        (await Compiled(CachingEngine(), path)).FromCache.ShouldBeTrue();
        Directory.GetFiles(CacheFolder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Other_options_do_not_share_an_entry()
    {
        var path = Write("a.csx", "return 5;");
        await Compiled(CachingEngine(), path);

        (await Compiled(Engine(new ScriptEngineOptions { CacheDirectory = CacheFolder, StopChecks = false }), path)).FromCache.ShouldBeFalse();
    }

    [Fact]
    public async Task Script_that_does_not_compile_leaves_nothing_in_the_cache()
    {
        await CachingEngine().CompileAsync(ScriptSource.FromFile(Write("a.csx", "nope")), TestContext.Current.CancellationToken);

        Directory.Exists(CacheFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task Cache_folder_that_cannot_be_written_costs_nothing_but_time()
    {
        var notAFolder = Write("cache", "");

        var script = await Compiled(Engine(new ScriptEngineOptions { CacheDirectory = notAFolder }), Write("a.csx", "return 6;"));

        (await RunIt(script)).ShouldBe(new ScriptResult.Succeeded(6));
    }

    [Fact]
    public async Task Many_compiles_of_one_script_at_once_leave_one_good_entry()
    {
        var path = Write("a.csx", "return 8;");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Compiled(CachingEngine(), path)));

        (await Compiled(CachingEngine(), path)).FromCache.ShouldBeTrue();
        Directory.GetFiles(CacheFolder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Hit_in_a_fresh_process_loads_no_compiler()
    {
        // The fresh process is this very test, started again.
        if (Environment.GetEnvironmentVariable(ChildScript) is { } cached)
        {
            await RunsFromTheCache(cached);
            return;
        }

        var path = Write("a.csx", "await foreach (var q in Market.Quotes(\"BTC/USDT\")) { return q.Stamp.Connection.Value; }");
        await Compiled(CachingEngine(), path);

        var start = new ProcessStartInfo("dotnet", [typeof(Compile_cache_tests).Assembly.Location, "-method", "*" + nameof(Hit_in_a_fresh_process_loads_no_compiler)]) { RedirectStandardOutput = true };
        start.Environment[ChildScript] = path;
        start.Environment[ChildCache] = CacheFolder;
        using var child = Process.Start(start)!;
        var text = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        child.ExitCode.ShouldBe(0, text);
        text.ShouldContain("Total: 1, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0");
    }

    [Fact]
    public async Task Warm_up_leaves_an_engine_that_compiles()
    {
        var engine = CachingEngine();

        await engine.WarmUpAsync(TestContext.Current.CancellationToken);

        (await RunIt(await Compiled(engine, Write("a.csx", "return 9;")))).ShouldBe(new ScriptResult.Succeeded(9));
        Directory.GetFiles(CacheFolder).ShouldHaveSingleItem();
    }

    private static async Task RunsFromTheCache(string path)
    {
        var script = await Compiled(Engine(new ScriptEngineOptions { CacheDirectory = Environment.GetEnvironmentVariable(ChildCache) }), path);

        script.FromCache.ShouldBeTrue();
        (await RunIt(script)).ShouldBe(new ScriptResult.Succeeded("binance"));
        AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name!).ShouldNotContain(n => n.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    private static Task<ScriptResult> RunIt(CompiledScript script) =>
        Engine().RunAsync(script, new FakeWorkbench(), TextWriter.Null, TestContext.Current.CancellationToken).WaitAsync(Generous);
}
