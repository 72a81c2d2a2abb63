using System.Diagnostics;
using System.Globalization;

namespace Workbench.EndToEnd.Tests;

/// <summary>The built program's console, started from a shell in a terminal of its own that tmux holds.</summary>
internal sealed class ConsoleSession : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    // What a shell does: it has a screen and line settings before, and wants both back after.
    private const string Shell = """
        echo the shell was here
        before=$(stty -g)
        sh -c 'echo $$ > "$0" && exec "$@"' "$@"
        code=$?
        [ "$before" = "$(stty -g)" ] && settings=kept || settings=changed
        echo "ended with $code, settings $settings"
        exec cat
        """;

    private readonly TestFolder _folder;
    private int _width;
    private int _height;

    private ConsoleSession(TestFolder folder, int width, int height) => (_folder, _width, _height) = (folder, width, height);

    private string Socket => Path.Combine(_folder.Path, "tmux");

    private string PidFile => Path.Combine(_folder.Path, "pid");

    /// <summary>Starts <c>workbench</c>; the test is skipped where there is no tmux.</summary>
    public static async Task<ConsoleSession> StartAsync(TestFolder folder, int width, int height, params string[] arguments)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        Assert.SkipUnless(path.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "tmux"))), "tmux is not on the PATH (Debian: apt-get install tmux)");
        var session = new ConsoleSession(folder, width, height);
        string[] size = ["-x", Text(width), "-y", Text(height)];
        string[] program = ["sh", "-c", Shell, "sh", session.PidFile, "dotnet", Path.Combine(WorkbenchProcess.BuiltInto, "workbench.dll"), .. arguments];
        // TERM is tmux's own choice: the program inside must see the terminal that tmux is.
        await session.TmuxAsync(["new-session", "-d", .. size, "-c", WorkbenchProcess.Root, "-e", $"WORKBENCH_DATA={folder.Path}", .. program]);
        return session;
    }

    /// <summary>Starts it and waits until it shows prices of both venues' connections.</summary>
    public static async Task<ConsoleSession> StartConnectedAsync(TestFolder folder, int width, int height, params string[] arguments)
    {
        var session = await StartAsync(folder, width, height, arguments);
        await session.ShowsAsync("both connections and a price", IsConnected);
        return session;
    }

    public static bool IsConnected(ConsoleScreen screen) => screen.Shows("● binance +connected") && screen.Shows("● bybit +connected") && screen.Quote is { Source: "binance" };

    /// <summary>Waits until the screen is as it should be.</summary>
    public Task<ConsoleScreen> IsWholeAsync() => ShowsAsync("a whole screen", s => s.Flaw is null && IsConnected(s));

    /// <summary>Waits until the screen shows something; the last screen is in the message when it never does.</summary>
    public async Task<ConsoleScreen> ShowsAsync(string what, Func<ConsoleScreen, bool> isThere)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(Step);
        while (true)
        {
            var screen = new ConsoleScreen(_width, _height, (await TmuxAsync("capture-pane", "-p", "-J"))[..^1]);
            if (isThere(screen))
            {
                return screen;
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"The terminal did not show {what} in {Patience}.\n{screen}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Presses keys, by tmux's names.</summary>
    public Task PressAsync(params string[] keys) => TmuxAsync(["send-keys", .. keys]);

    public async Task ResizeAsync(int width, int height)
    {
        await TmuxAsync("resize-window", "-x", Text(width), "-y", Text(height));
        (_width, _height) = (width, height);
    }

    /// <summary>Sends the program a signal by name, such as <c>TERM</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, (await File.ReadAllTextAsync(PidFile)).Trim()]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>Waits until the program has ended and sees that the shell has its terminal back as it was.</summary>
    public async Task<ConsoleScreen> ShouldEndAsync(int exitCode)
    {
        var screen = await ShowsAsync("the end", s => s.Shows("^ended with "));
        screen.Text.ShouldContain($"ended with {Text(exitCode)}, settings kept");
        screen.Text.ShouldStartWith("the shell was here");
        (await TmuxAsync("display", "-p", "alternate screen #{alternate_on}, mouse #{mouse_any_flag}, cursor #{cursor_flag}")).Trim()
            .ShouldBe("alternate screen 0, mouse 0, cursor 1");
        return screen;
    }

    /// <summary>Takes the terminal away and waits until the program has ended for that.</summary>
    public async Task ShouldEndWithoutTerminalAsync()
    {
        using var program = await ProgramAsync();
        await EndTerminalAsync();
        using var limit = new CancellationTokenSource(Patience);
        await program!.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        using var program = await ProgramAsync();
        if (File.Exists(Socket))
        {
            await EndTerminalAsync();
        }

        // It writes into the folder until it is gone.
        program?.Kill();
        await (program?.WaitForExitAsync() ?? Task.CompletedTask);
    }

    private async Task EndTerminalAsync()
    {
        await TmuxAsync("kill-server");
        File.Delete(Socket);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The program while it runs, else null.</summary>
    private async Task<Process?> ProgramAsync()
    {
        try
        {
            return File.Exists(PidFile) ? Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(PidFile), CultureInfo.InvariantCulture)) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private async Task<string> TmuxAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-u", "-f", "/dev/null", "-S", Socket, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var tmux = Process.Start(start)!;
        var error = tmux.StandardError.ReadToEndAsync();
        var output = await tmux.StandardOutput.ReadToEndAsync();
        await tmux.WaitForExitAsync();
        tmux.ExitCode.ShouldBe(0, await error);
        return output;
    }
}
