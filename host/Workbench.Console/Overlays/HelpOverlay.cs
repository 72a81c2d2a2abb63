using System.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;

namespace Workbench.Tui.Overlays;

/// <summary>The keys of this view.</summary>
internal sealed class HelpOverlay(Palette palette, string view, IReadOnlyList<KeyHelp> viewKeys, IReadOnlyList<KeyHelp> screenKeys) : Overlay(palette, "Keys · Esc closes")
{
    private readonly (string Key, string What)[] _rows =
    [
        (view, ""),
        .. viewKeys.Select(k => (k.Key, k.What)),
        ("", ""),
        ("Everywhere", ""),
        .. screenKeys.Select(k => (k.Key, k.What)),
    ];

    private int _top;
    private int _visible = 1;

    protected override Size Wanted => new(_rows.Max(r => Glyphs.Width(r.What)) + KeyWidth + 8, _rows.Length + 4);

    private int KeyWidth => _rows.Where(r => r.What.Length > 0).Max(r => Glyphs.Width(r.Key));

    /// <summary>By the character, not the key: on some keyboards and protocols it comes with Shift.</summary>
    public static bool IsHelpKey(Key key) => key.AsRune.Value == '?' || key == new Key('?');

    protected override void Paint(Canvas canvas)
    {
        _visible = Math.Max(1, canvas.Height - 4);
        _top = Math.Clamp(_top, 0, Math.Max(0, _rows.Length - _visible));
        for (var y = 0; y < Math.Min(_visible, _rows.Length - _top); y++)
        {
            var (key, what) = _rows[_top + y];
            canvas.Text(3, y + 2, key, Palette.BoxStrong);
            canvas.Text(5 + KeyWidth, y + 2, Glyphs.Fit(what, canvas.Width - KeyWidth - 7), Palette.Box);
        }

        if (_rows.Length > _visible)
        {
            canvas.Text(3, canvas.Height - 2, _top + _visible < _rows.Length ? "↓ more" : "↑ more", Palette.BoxStrong);
        }
    }

    protected override void Press(Key key)
    {
        switch (key.KeyCode)
        {
            case KeyCode.CursorUp: _top--; break;
            case KeyCode.CursorDown: _top++; break;
            case KeyCode.PageUp: _top -= _visible; break;
            case KeyCode.PageDown: _top += _visible; break;
            case KeyCode.Enter: Close(); break;
            default:
                if (IsHelpKey(key) || key == Key.Q)
                {
                    Close();
                }

                break;
        }
    }
}
