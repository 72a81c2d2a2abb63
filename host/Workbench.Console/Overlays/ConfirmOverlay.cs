using System.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Workbench.Tui.Painting;

namespace Workbench.Tui.Overlays;

/// <summary>Asks before something that cannot be taken back. The safe button is the default; no single key presses the other one.</summary>
internal sealed class ConfirmOverlay(Palette palette, string title, IReadOnlyList<string> lines, string safe, string dangerous, Action confirmed) : Overlay(palette, title)
{
    private const int ButtonGap = 3;

    private bool _isDangerousFocused;

    protected override Size Wanted => new(Math.Max(lines.Max(l => Glyphs.Width(l)), safe.Length + dangerous.Length + ButtonGap + 8) + 6, lines.Count + 6);

    protected override void Paint(Canvas canvas)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            canvas.Text(3, 2 + i, Glyphs.Fit(lines[i], canvas.Width - 6), i == 0 ? Palette.BoxStrong : Palette.Box);
        }

        // On a screen too small for the box the buttons come first.
        var y = Math.Min(lines.Count + 3, canvas.Height - 2);
        canvas.Fill(1, y, canvas.Width - 2, ' ', Palette.Box);
        var x = canvas.Text(3, y, Button(safe, !_isDangerousFocused), _isDangerousFocused ? Palette.Box : Palette.ButtonFocused);
        canvas.Text(x + ButtonGap, y, Button(dangerous, _isDangerousFocused), _isDangerousFocused ? Palette.Alarm : Palette.Box);
    }

    protected override void Press(Key key)
    {
        switch (key.KeyCode)
        {
            case KeyCode.Tab or KeyCode.Tab | KeyCode.ShiftMask or KeyCode.CursorLeft or KeyCode.CursorRight:
                _isDangerousFocused = !_isDangerousFocused;
                break;
            case KeyCode.Enter or KeyCode.Space:
                Close();
                if (_isDangerousFocused)
                {
                    confirmed();
                }

                break;
        }
    }

    private static string Button(string text, bool isFocused) => isFocused ? $"[▸{text} ]" : $"[ {text} ]";
}
