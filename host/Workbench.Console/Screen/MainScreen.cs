using System.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;
using Workbench.Tui.Host;
using Workbench.Tui.Overlays;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Text;

namespace Workbench.Tui.Screen;

/// <summary>The whole screen: status above, panels, keys below, one overlay at most. It pulls a picture from its source about 20 times a second; nobody pushes.</summary>
internal sealed class MainScreen : Runnable
{
    /// <summary>A little under 50 ms: the loop's own 20 ms steps then give 20 pictures a second.</summary>
    private static readonly TimeSpan RefreshTime = TimeSpan.FromMilliseconds(45);

    private static readonly KeyHelp[] ScreenKeys =
    [
        new("Tab Shift+Tab", "next or previous panel"),
        new("1 to 5", "one panel alone; the same number again: all"),
        new("0", "all panels"),
        new("Esc", "one step back; never quits"),
        new("?", "these keys"),
        new("q Ctrl+Q Ctrl+C", "quit; asks while orders are open"),
    ];

    private readonly PictureSource _pictures;
    private readonly ConsoleOptions _options;
    private readonly StopRequest _stop;
    private readonly Palette _palette;
    private readonly IReadOnlyList<Panel> _panels;
    private readonly StatusBar _status;
    private readonly KeyBar _keys;
    private readonly TooSmallNotice _notice;
    private Picture _picture;
    private Panel? _zoomed;
    private Panel _focused;
    private Overlay? _overlay;
    private object? _timer;

    public MainScreen(IConsoleSource source, ConsoleOptions options, StopRequest stop, Palette palette, IReadOnlyList<Panel> panels)
    {
        _pictures = new PictureSource(source, options);
        (_options, _stop, _palette, _panels) = (options, stop, palette, panels);
        _picture = _pictures.Take();
        _status = new StatusBar(palette) { Report = options.ReportError };
        _keys = new KeyBar(palette);
        _notice = new TooSmallNotice(palette) { Visible = false };
        _focused = panels[2];
        foreach (var panel in panels)
        {
            panel.Report = options.ReportError;
            panel.Clicked += () => Choose(panel);
        }

        Add([_status, .. panels, _keys, _notice]);
        Accept(_picture);
    }

    protected override bool OnClearingViewport() => true;

    protected override void OnIsRunningChanged(bool newIsRunning)
    {
        base.OnIsRunningChanged(newIsRunning);
        if (newIsRunning)
        {
            App!.Mouse.IsMouseDisabled = !_options.Mouse;
            _timer = App.AddTimeout(RefreshTime, Tick);
            _focused.SetFocus();
        }
        else if (_timer is { } timer)
        {
            App?.RemoveTimeout(timer);
        }
    }

    protected override void OnSubViewLayout(LayoutEventArgs args)
    {
        base.OnSubViewLayout(args);
        Arrange();
    }

    protected override bool OnKeyDown(Key key)
    {
        switch (key.KeyCode)
        {
            case KeyCode.Esc: Back(); break;
            case KeyCode.Q or KeyCode.Q | KeyCode.CtrlMask or KeyCode.C | KeyCode.CtrlMask: AskToQuit(); break;
            case KeyCode.Tab: MoveFocus(1); break;
            case KeyCode.Tab | KeyCode.ShiftMask: MoveFocus(-1); break;
            case KeyCode.D0: Zoom(null); break;
            case >= KeyCode.D1 and <= KeyCode.D9 and var digit when (int)(digit - KeyCode.D1) < _panels.Count: Zoom(_panels[(int)(digit - KeyCode.D1)]); break;
            default:
                if (HelpOverlay.IsHelpKey(key))
                {
                    Open(new HelpOverlay(_palette, $"{_focused.Name}", _focused.Keys, ScreenKeys));
                }

                break;
        }

        // Nothing goes on to Terminal.Gui's own bindings: there Esc quits and Ctrl+Z stops the engine with the screen.
        return true;
    }

    private bool Tick()
    {
        if (_stop.IsRequested)
        {
            StopAll();
            return false;
        }

        Accept(_pictures.Take());
        return true;
    }

    private void StopAll()
    {
        foreach (var session in App!.SessionStack!.ToArray())
        {
            if (session.Runnable is { } runnable)
            {
                App.RequestStop(runnable);
            }
        }
    }

    private void Accept(Picture picture)
    {
        _picture = picture;
        _status.Accept(picture);
        _notice.Accept(picture);
        foreach (var panel in _panels)
        {
            panel.Accept(picture, panel == _zoomed);
        }

        if (App is not null)
        {
            Arrange();
        }
    }

    /// <summary>Gives everybody a place; changes nothing when all places are as they were.</summary>
    private void Arrange()
    {
        var size = Viewport.Size;
        var isTooSmall = ScreenPlan.IsTooSmall(size);
        _notice.Visible = isTooSmall;
        Place(_notice, isTooSmall ? new Rectangle(Point.Empty, size) : null);
        Place(_status, isTooSmall ? null : new Rectangle(0, 0, size.Width, _status.Rows));
        Place(_keys, isTooSmall ? null : new Rectangle(0, size.Height - 1, size.Width, 1));
        var area = new Rectangle(0, _status.Rows, size.Width, size.Height - _status.Rows - 1);
        var zoomed = _zoomed is null ? null : (int?)_zoomed.Number - 1;
        var places = isTooSmall ? new Rectangle?[_panels.Count] : ScreenPlan.Divide(area, [.. _panels.Select(p => p.WantedHeight(_picture))], zoomed);
        var changed = false;
        for (var i = 0; i < _panels.Count; i++)
        {
            changed |= Place(_panels[i], places[i]);
        }

        if (changed)
        {
            _keys.Accept(_panels, _zoomed);
            KeepFocus();
        }

        _overlay?.Place(size);
    }

    private static bool Place(View view, Rectangle? place)
    {
        if (view.Visible == place is not null && (place is null || view.Frame == place))
        {
            return false;
        }

        view.Frame = place ?? Rectangle.Empty;
        view.Visible = place is not null;
        view.SetNeedsDraw();
        return true;
    }

    private void KeepFocus()
    {
        if (_overlay is null && _panels.FirstOrDefault(p => p.Visible) is { } visible)
        {
            Focus(_focused.Visible ? _focused : visible);
        }
    }

    // Only what the user or the layout decides is remembered; where the library puts the focus while views come and go is not.
    private void Focus(Panel panel)
    {
        _focused = panel;
        panel.SetFocus();
    }

    private void Choose(Panel panel)
    {
        if (_overlay is null)
        {
            Focus(panel);
        }
    }

    private void MoveFocus(int step)
    {
        var visible = _panels.Where(p => p.Visible).ToList();
        if (visible.Count > 0)
        {
            Focus(visible[(visible.IndexOf(_focused) + step + visible.Count) % visible.Count]);
        }
    }

    private void Zoom(Panel? panel)
    {
        _zoomed = panel == _zoomed ? null : panel;
        Accept(_picture);
        _keys.Accept(_panels, _zoomed);
        Focus(_zoomed ?? _focused);
    }

    private void Back()
    {
        if (!_focused.Back() && _zoomed is not null)
        {
            Zoom(null);
        }
    }

    private void AskToQuit()
    {
        var open = _picture.OpenOrders;
        if (open == 0)
        {
            App!.RequestStop(this);
            return;
        }

        string[] lines =
        [
            Show.Invariant($"{Show.Count(open, "order")} {(open == 1 ? "is" : "are")} still open."),
            "Quitting does not cancel what works at a venue.",
        ];
        Open(new ConfirmOverlay(_palette, "Quit?", lines, "Stay", "Quit anyway", () => App!.RequestStop(this)));
    }

    private void Open(Overlay overlay)
    {
        _overlay = overlay;
        overlay.Closed += () => Close(overlay);
        Add(overlay);
        overlay.Place(Viewport.Size);
        overlay.SetFocus();
    }

    private void Close(Overlay overlay)
    {
        _overlay = null;
        Remove(overlay);
        overlay.Dispose();
        foreach (var view in SubViews)
        {
            view.SetNeedsDraw();
        }

        KeepFocus();
    }
}
