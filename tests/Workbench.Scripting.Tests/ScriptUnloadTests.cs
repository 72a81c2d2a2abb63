using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Workbench.Scripting.Tests.Fakes;

namespace Workbench.Scripting.Tests;

public sealed class Script_unload_tests : ScriptTestBase
{
    private static readonly string[] Bodies =
    [
        "Print(1);",
        "record R(int A); return new R({n});",
        "class C { public override string ToString() => \"c{n}\"; } return new List<object> { new C() };",
        "await Task.Yield(); throw new InvalidOperationException(\"x{n}\");",
        "class E : Exception { public E() : base(\"own\") { } } throw new E();",
        "Stop.Register(() => Print({n}));",
        "_ = Task.Run(() => { while (true) { } });",
        "_ = Task.Run(async () => { while (true) { await Task.Delay(60_000, Stop); } });",
        "var t = new Timer(_ => { }, null, 1, 1); return t.ToString();",
        "await foreach (var q in Market.Quotes(\"BTC/USDT\")) { break; } return Enumerable.Range(0, {n}).Select(i => new { i }).Last().ToString();",
        "TaskScheduler.Current.ToString(); throw new AggregateException(new Exception(\"{n}\"), new IOException(\"{n}\"));",
        "return (Func<int>)(() => {n});",
    ];

    private readonly List<WeakReference> _contexts = [];

    // Kept on purpose: a host keeps results, and they must not keep the code.
    private readonly List<ScriptResult> _results = [];

    [Fact]
    public async Task Twenty_four_different_scripts_are_all_collected_after_their_runs()
    {
        const int Scripts = 24;
        AppDomain.CurrentDomain.AssemblyLoad += Track;
        try
        {
            var engine = Engine();
            for (var n = 0; n < Scripts; n++)
            {
                await RunOne(engine, Write($"unload-{n}.csx", Bodies[n % Bodies.Length].Replace("{n}", $"{n + 1}", StringComparison.Ordinal)));
            }
        }
        finally
        {
            AppDomain.CurrentDomain.AssemblyLoad -= Track;
        }

        for (var i = 0; i < 200 && Alive().Count > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        _contexts.Count.ShouldBe(Scripts);
        Alive().ShouldBeEmpty();
        _results.Count.ShouldBe(Scripts);
    }

    private void Track(object? sender, AssemblyLoadEventArgs e)
    {
        if (AssemblyLoadContext.GetLoadContext(e.LoadedAssembly) is { } context && context.Name?.Contains(Folder, StringComparison.Ordinal) == true)
        {
            lock (_contexts)
            {
                _contexts.Add(new WeakReference(context));
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<int> Alive() => [.. Enumerable.Range(0, _contexts.Count).Where(i => _contexts[i].IsAlive)];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task RunOne(ScriptEngine engine, string path)
    {
        var result = await engine.RunAsync(await Compiled(engine, path), new FakeWorkbench(), TextWriter.Null, TestContext.Current.CancellationToken);
        result.ShouldNotBeOfType<ScriptResult.Cancelled>();
        _results.Add(result);
    }
}
