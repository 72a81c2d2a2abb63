using System.Runtime.CompilerServices;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.Time;
using Workbench.Tui.Host;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Screen;

namespace Workbench.Tui.Tests.Support;

/// <summary>The real screen in the real library on a terminal that is only a buffer: keys in, text out, time by hand.</summary>
internal sealed class HeadlessTerminal : IDisposable
{
    private readonly VirtualTimeProvider _time = new();
    private readonly Queue<Action> _steps = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SessionToken _session;

    public HeadlessTerminal(FakeSource source, int width = 80, int height = 24, Palette? palette = null, IReadOnlyList<Panel>? panels = null)
    {
        var inks = palette ?? Palette.Dark;
        Options = new ConsoleOptions { Monochrome = false, ReportError = (part, e) => Errors.Add((part, e)) };
        Stop = new StopRequest(_stop.Token);
        Screen = new MainScreen(source, Options, Stop, inks, panels ?? StandardPanels.Create(inks));
        App = Application.Create(_time);
        App.Init(DriverRegistry.Names.ANSI);
        App.Driver!.SetScreenSize(width, height);
        // Steps run inside nested loops too, every second iteration, so that each sees what the one before has drawn.
        App.Iteration += (_, _) =>
        {
            if (_steps.TryDequeue(out var step))
            {
                step();
            }
        };
        _session = App.Begin(Screen)!;
        Draw();
    }

    public IApplication App { get; }

    public MainScreen Screen { get; }

    public ConsoleOptions Options { get; }

    public StopRequest Stop { get; }

    public List<(string Part, Exception Error)> Errors { get; } = [];

    public string Text => string.Join('\n', Lines) + "\n";

    public string[] Lines => [.. App.Driver!.ToString()!.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(l => l.TrimEnd())];

    public bool IsEnded => Screen.StopRequested;

    /// <summary>Before the first touch of the library: a test run from a shell must not take the developer's terminal.</summary>
    [ModuleInitializer]
    internal static void Prepare()
    {
        Environment.SetEnvironmentVariable("DisableRealDriverIO", "1");
        TerminalGuiSetup.Ensure();
        LoopFast();
    }

    public HeadlessTerminal Press(params Key[] keys)
    {
        foreach (var key in keys)
        {
            App.InjectKey(key);
        }

        return Draw();
    }

    public HeadlessTerminal Click(int x, int y)
    {
        App.InjectSequence(InputInjectionExtensions.LeftButtonClick(new System.Drawing.Point(x, y)));
        return Draw();
    }

    /// <summary>Lets the refresh timer come due once.</summary>
    public HeadlessTerminal Refresh()
    {
        _time.Advance(TimeSpan.FromMilliseconds(60));
        App.TimedEvents!.RunTimers();
        return Draw();
    }

    public HeadlessTerminal Resize(int width, int height)
    {
        App.Driver!.SetScreenSize(width, height);
        return Draw();
    }

    public HeadlessTerminal Draw()
    {
        App.LayoutAndDraw();
        return this;
    }

    /// <summary>Runs while a modal of the library is up, one step per two loop iterations.</summary>
    public void InModal(params Action[] steps)
    {
        foreach (var step in steps)
        {
            _steps.Enqueue(static () => { });
            _steps.Enqueue(step);
        }
    }

    public Ink InkAt(string text)
    {
        var y = Array.FindIndex(Lines, l => l.Contains(text, StringComparison.Ordinal));
        y.ShouldBeGreaterThanOrEqualTo(0, $"'{text}' is not on screen:\n{Text}");
        return App.Driver!.Contents![y, Lines[y].IndexOf(text, StringComparison.Ordinal)].Attribute!.Value;
    }

    public void Dispose()
    {
        App.End(_session);
        Screen.Dispose();
        App.Dispose();
        _stop.Dispose();
    }

    private static void LoopFast() => Application.MaximumIterationsPerSecond = 1000;
}
