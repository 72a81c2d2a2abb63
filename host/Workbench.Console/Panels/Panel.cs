using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Workbench.Tui.Painting;
using Workbench.Tui.Screen;
using Workbench.Tui.Text;

namespace Workbench.Tui.Panels;

/// <summary>A part of the screen with a number, a title and an error boundary: when it throws it says so in its own place, and the rest goes on.</summary>
internal abstract class Panel : View
{
    private readonly Canvas _canvas = new();
    private Picture? _picture;
    private Exception? _failure;
    private int _failures;

    protected Panel(int number, string name, Palette palette)
    {
        Number = number;
        Name = name;
        Palette = palette;
        CanFocus = true;
        TabStop = TabBehavior.NoStop;
    }

    /// <summary>The key that shows this panel alone.</summary>
    public int Number { get; }

    public string Name { get; }

    /// <summary>Raised when the mouse chooses it.</summary>
    public event Action? Clicked;

    /// <summary>Gets each failure once.</summary>
    public Action<string, Exception> Report { get; set; } = static (_, _) => { };

    /// <summary>The keys of this panel, for the help.</summary>
    public virtual IReadOnlyList<KeyHelp> Keys => [];

    /// <summary>Rows it would like, title and headings included.</summary>
    public abstract int WantedHeight(Picture picture);

    protected Palette Palette { get; }

    protected bool IsZoomed { get; private set; }

    /// <summary>Short text beside the title.</summary>
    protected virtual string Summary(Picture picture) => "";

    /// <summary>True when the second picture looks different from the first.</summary>
    protected abstract bool Differs(Picture before, Picture after);

    /// <summary>Takes note of what changed, before painting.</summary>
    protected virtual void Update(Picture picture)
    {
    }

    /// <summary>Paints below the title.</summary>
    /// <returns>Text for the right end of the title, such as which rows are shown.</returns>
    protected abstract string Paint(Canvas canvas, Picture picture);

    protected virtual bool Press(Key key) => false;

    /// <summary>Undoes the panel's last change of view; false when there is none.</summary>
    public virtual bool Back() => false;

    public void Accept(Picture picture, bool isZoomed)
    {
        var before = _picture;
        _picture = picture;
        var changed = before is null || isZoomed != IsZoomed;
        IsZoomed = isZoomed;
        Guarded(() =>
        {
            Update(picture);
            changed = changed || Differs(before!, picture);
        });
        if (changed)
        {
            SetNeedsDraw();
        }
    }

    protected override bool OnClearingViewport() => true;

    protected override bool OnDrawingContent(DrawContext? context)
    {
        _canvas.Begin(Viewport.Width, Viewport.Height, Palette.Text);
        if (_picture is { } picture)
        {
            Guarded(() => PaintTitle(picture, Paint(_canvas, picture)));
        }

        if (_failure is not null)
        {
            PaintFailure(_failure);
        }

        CellBlit.ToScreen(_canvas, this);
        return true;
    }

    protected override void OnHasFocusChanged(bool newHasFocus, View? previousFocusedView, View? focusedView) => SetNeedsDraw();

    protected override bool OnKeyDown(Key key)
    {
        if (_failure is not null && key == Key.R)
        {
            _failure = null;
            SetNeedsDraw();
            return true;
        }

        var handled = _failure is null && Press(key);
        if (handled)
        {
            SetNeedsDraw();
        }

        return handled;
    }

    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (mouse.IsWheel)
        {
            OnKeyDown(mouse.Flags.HasFlag(MouseFlags.WheeledUp) ? Key.CursorUp : Key.CursorDown);
        }
        else if (mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed))
        {
            Clicked?.Invoke();
        }

        // Handled always: the library would otherwise give the focus to what was clicked, also behind a question that waits for an answer.
        return true;
    }

    private void Guarded(Action work)
    {
        if (_failure is not null)
        {
            return;
        }

        try
        {
            work();
        }
#pragma warning disable CA1031 // boundary: panel
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e;
            _failures++;
            Report(Name, e);
            SetNeedsDraw();
        }
    }

    private void PaintTitle(Picture picture, string position)
    {
        var ink = HasFocus ? Palette.Accent : Palette.Strong;
        var x = _canvas.Text(0, 0, HasFocus ? "▌" : " ", Palette.Accent);
        x = _canvas.Text(x, 0, Show.Invariant($"{Number} {Name} "), ink);
        _canvas.Fill(x, 0, Viewport.Width - x, '─', Palette.Rule);
        if (Summary(picture) is { Length: > 0 } summary && x + Glyphs.Width(summary) + 4 < Viewport.Width)
        {
            x = _canvas.Text(x + 1, 0, $" {summary} ", Palette.Dim);
        }

        if (position.Length > 0 && Viewport.Width - position.Length - 4 > x)
        {
            _canvas.Text(Viewport.Width - position.Length - 3, 0, $" {position} ", Palette.Accent);
        }
    }

    private void PaintFailure(Exception failure)
    {
        _canvas.Begin(Viewport.Width, Viewport.Height, Palette.Text);
        var x = _canvas.Text(0, 0, Show.Invariant($"{(HasFocus ? '▌' : ' ')}{Number} {Name} × failed "), Palette.Bad);
        _canvas.Fill(x, 0, Viewport.Width - x, '─', Palette.Rule);
        var text = SafeText.Of($"{failure.GetType().Name}: {failure.Message}");
        _canvas.Text(1, 1, Glyphs.Fit(text, Viewport.Width - 2), Palette.Bad);
        _canvas.Text(1, 2, Glyphs.Fit(Show.Invariant($"The rest goes on. Press r here to try again (failure {_failures}; it is in the log)."), Viewport.Width - 2), Palette.Text);
    }
}

/// <summary>A key and what it does.</summary>
internal sealed record KeyHelp(string Key, string What);
