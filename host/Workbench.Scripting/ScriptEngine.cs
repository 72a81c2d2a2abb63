using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Workbench.Scripting.Caching;
using Workbench.Scripting.Compiling;
using Workbench.Scripting.Running;
using Workbench.Sdk;

namespace Workbench.Scripting;

/// <summary>Compiles and runs C# scripts. Safe on any thread; runs share nothing.</summary>
/// <remarks>Roslyn is loaded by the first compile that the disk cache cannot answer, or by <see cref="WarmUpAsync"/>.</remarks>
public sealed class ScriptEngine
{
    private readonly ScriptEngineOptions _options;
    private readonly TimeProvider _time;
    private readonly CompileCache? _cache;

    /// <summary>Creates an engine; loads and reads nothing.</summary>
    public ScriptEngine(ScriptEngineOptions options, TimeProvider time, ILogger<ScriptEngine> logger)
    {
        _options = options;
        _time = time;
        _cache = options.CacheDirectory is { } directory ? new CompileCache(directory, options.StopChecks, logger) : null;
    }

    /// <summary>Loads the compiler and its references in the background, so that the first compile does not wait for them.</summary>
    public Task WarmUpAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => BuildAsync(Path.GetFullPath("warm-up.csx"), "var i = 0; while (i < 1) i++; Print(i);"u8.ToArray(), cancellationToken), cancellationToken);

    /// <summary>Compiles a script, or takes it from the disk cache. Whatever is wrong with the script is a value.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<ScriptCompilation> CompileAsync(ScriptSource source, CancellationToken cancellationToken) =>
        Task.Run(() => ReadAndBuildAsync(source, cancellationToken), cancellationToken);

    /// <summary>Runs a compiled script to its end, on the thread pool.</summary>
    /// <param name="compiled">From <see cref="CompileAsync"/>.</param>
    /// <param name="workbench">What the script sees; the end of its <see cref="IWorkbench.Stop"/> stops the script.</param>
    /// <param name="output">Takes what the script prints, one call at a time, until the run has ended.</param>
    /// <param name="cancellationToken">Stops the script, too.</param>
    /// <returns>Never throws for anything the script does.</returns>
    public async Task<ScriptResult> RunAsync(CompiledScript compiled, IWorkbench workbench, TextWriter output, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested || workbench.Stop.IsCancellationRequested)
        {
            return new ScriptResult.Cancelled(LeftRunning: false);
        }

        var bounded = new BoundedWriter(output, _options.OutputLimitCharacters);
        var run = new ScriptRun(compiled, workbench, bounded);
        try
        {
            using var byCaller = cancellationToken.UnsafeRegister(static r => ((ScriptRun)r!).RequestStop(), run);
            using var byHost = workbench.Stop.UnsafeRegister(static r => ((ScriptRun)r!).RequestStop(), run);
            return await FinishAsync(run).ConfigureAwait(false);
        }
        finally
        {
            bounded.End();
        }
    }

    private async Task<ScriptResult> FinishAsync(ScriptRun run)
    {
        // On the pool: a script that never awaits must not hold the caller.
        var work = Task.Run(run.ExecuteAsync, CancellationToken.None);
        await ((Task)work).WaitAsync(run.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ((Task)work).WaitAsync(_options.StopGrace, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return work.IsCompleted ? await work.ConfigureAwait(false) : new ScriptResult.Cancelled(LeftRunning: true);
    }

    private async Task<ScriptCompilation> ReadAndBuildAsync(ScriptSource source, CancellationToken cancellationToken)
    {
        byte[]? content;
        try
        {
            content = source.Text ?? SourceReader.Read(source.Path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ScriptCompilation.NotFound(source.Path, NearestScripts.To(source.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ScriptCompilation.Refused(source.Path, Directory.Exists(source.Path) ? "it is a folder; name a .csx file in it" : e.Message);
        }

        return content is null || content.Length > ScriptEngineOptions.MaxSourceBytes
            ? new ScriptCompilation.Refused(source.Path, $"it is larger than {ScriptEngineOptions.MaxSourceBytes} bytes, the most a script may have")
            : await CachedAsync(source.Path, content, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ScriptCompilation> CachedAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        if (_cache?.Find(path, Convert.ToHexString(SHA256.HashData(content))) is { } found)
        {
            return new ScriptCompilation.Compiled(found);
        }

        var result = await BuildAsync(path, content, cancellationToken).ConfigureAwait(false);
        if (result is ScriptCompilation.Compiled { Script: var script })
        {
            _cache?.Store(script);
        }

        return result;
    }

    private Task<ScriptCompilation> BuildAsync(string path, byte[] content, CancellationToken cancellationToken) =>
        BigStack.Run(() => Build(path, content, cancellationToken));

    // Not inlined: the method that calls it must not make the runtime load Roslyn.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ScriptCompilation Build(string path, byte[] content, CancellationToken cancellationToken) =>
        RoslynCompiler.Compile(path, content, _options.StopChecks, cancellationToken);
}
