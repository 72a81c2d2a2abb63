using System.Diagnostics;
using System.Text;

namespace Workbench.EndToEnd.Tests;

/// <summary>The built <c>workbench</c> program as a child process, with a data folder of its own.</summary>
internal sealed class WorkbenchProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _outputEnded = new();
    private readonly TaskCompletionSource _errorEnded = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    private WorkbenchProcess(Process process) => _process = process;

    /// <summary>The repository that the tests were built from.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder the host was built into, in the same configuration as the tests.</summary>
    public static string BuiltInto { get; } = Path.Combine(Root, "host", "Workbench", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    public string Output => Locked(_output);

    public string Error => Locked(_error);

    public static WorkbenchProcess Start(TestFolder folder, params IEnumerable<string> arguments) => Start(folder, [], arguments);

    public static WorkbenchProcess Start(TestFolder folder, IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> arguments) =>
        Start(folder, environment, "dotnet", [Path.Combine(BuiltInto, "workbench.dll"), .. arguments]);

    /// <summary>Starts it with at most so many open files and sockets.</summary>
    public static WorkbenchProcess StartWithFiles(int limit, TestFolder folder, IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> arguments) =>
        Start(folder, environment, "bash", ["-c", "ulimit -n $0 && exec dotnet \"$@\"", limit.ToString(System.Globalization.CultureInfo.InvariantCulture), Path.Combine(BuiltInto, "workbench.dll"), .. arguments]);

    private static WorkbenchProcess Start(TestFolder folder, IEnumerable<(string Name, string Value)> environment, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["WORKBENCH_DATA"] = folder.Path;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new WorkbenchProcess(new Process { StartInfo = start });
        child.Begin();
        return child;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<WorkbenchProcess> RunAsync(TestFolder folder, params IEnumerable<string> arguments)
    {
        var child = Start(folder, arguments);
        await child.EndedAsync();
        return child;
    }

    public int ExitCode => _process.ExitCode;

    public int Id => _process.Id;

    /// <summary>Waits until the program has ended and everything it wrote was read.</summary>
    public async Task EndedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await Task.WhenAll(_outputEnded.Task, _errorEnded.Task).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"workbench did not end in three minutes.\n{this}");
        }
    }

    /// <summary>Waits until it has written a text to standard output.</summary>
    public async Task WroteAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        try
        {
            await Task.WhenAny(seen.Task, _outputEnded.Task).WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"workbench did not write '{text}' in two minutes.\n{this}");
        }

        if (!seen.Task.IsCompleted)
        {
            throw new InvalidOperationException($"workbench ended and did not write '{text}'.\n{this}");
        }
    }

    /// <summary>Sends a signal by name, such as <c>INT</c>.</summary>
    public void Signal(string name) => Process.Start("kill", ["-s", name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!.WaitForExit();

    /// <summary>True when it has ended, by whatever cause.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Kills it at once: nothing of it runs any more.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    public override string ToString() => $"exit code {(_process.HasExited ? _process.ExitCode : "none yet")}\n--- output ---\n{Output}\n--- error ---\n{Error}";

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Workbench.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }

    private static string Locked(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private void Begin()
    {
        _process.OutputDataReceived += (_, e) => Take(_output, e.Data, _outputEnded);
        _process.ErrorDataReceived += (_, e) => Take(_error, e.Data, _errorEnded);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Take(StringBuilder text, string? line, TaskCompletionSource ended)
    {
        if (line is null)
        {
            ended.TrySetResult();
            return;
        }

        lock (text)
        {
            text.AppendLine(line);
            if (ReferenceEquals(text, _output))
            {
                foreach (var (awaited, seen) in _awaited.Where(a => line.Contains(a.Text, StringComparison.Ordinal)))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}
