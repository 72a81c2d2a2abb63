using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Scripting.Tests.Fakes;

namespace Workbench.Scripting.Tests;

/// <summary>A folder of its own for every test, and short ways to compile and run.</summary>
public abstract class ScriptTestBase : IDisposable
{
    internal static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    protected ScriptTestBase()
    {
        Folder = Directory.CreateTempSubdirectory("wbscript-").FullName;
    }

    protected string Folder { get; }

    protected static ScriptEngine Engine(ScriptEngineOptions? options = null, TimeProvider? time = null) =>
        new(options ?? new ScriptEngineOptions(), time ?? TimeProvider.System, NullLogger<ScriptEngine>.Instance);

    protected string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    protected static async Task<CompiledScript> Compiled(ScriptEngine engine, string path)
    {
        var result = await engine.CompileAsync(ScriptSource.FromFile(path), TestContext.Current.CancellationToken);
        return result.ShouldBeOfType<ScriptCompilation.Compiled>(result.Message).Script;
    }

    protected async Task<IReadOnlyList<ScriptDiagnostic>> Errors(string text, string name = "bad.csx")
    {
        var result = await Engine().CompileAsync(ScriptSource.FromFile(Write(name, text)), TestContext.Current.CancellationToken);
        return result.ShouldBeOfType<ScriptCompilation.CompileFailed>().Diagnostics;
    }

    /// <summary>Compiles and runs a text on a fake workbench.</summary>
    protected async Task<(ScriptResult Result, string Output)> Run(string text, string name = "test.csx", ScriptEngineOptions? options = null)
    {
        var engine = Engine(options);
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var result = await engine.RunAsync(await Compiled(engine, Write(name, text)), new FakeWorkbench(), output, TestContext.Current.CancellationToken).WaitAsync(Generous);
        return (result, output.ToString().ReplaceLineEndings("\n"));
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
