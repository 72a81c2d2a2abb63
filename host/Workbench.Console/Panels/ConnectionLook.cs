using Workbench.Sdk;
using Workbench.Tui.Painting;

namespace Workbench.Tui.Panels;

/// <summary>How a connection's state is shown: a glyph, a word and an ink that say the same.</summary>
internal readonly record struct ConnectionLook(string Glyph, string Word, Ink Ink)
{
    public static ConnectionLook Of(ConnectionState state, Palette palette) => state switch
    {
        ConnectionState.Idle => new("○", "idle", palette.Dim),
        ConnectionState.Connecting => new("◌", "connecting", palette.Warn),
        ConnectionState.Connected => new("●", "connected", palette.Good),
        ConnectionState.Degraded => new("◐", "degraded", palette.Warn),
        ConnectionState.Down => new("×", "down", palette.Bad),
        ConnectionState.Draining => new("◍", "draining", palette.Warn),
        ConnectionState.Failed => new("✗", "failed", palette.Bad),
        _ => new("?", state.ToString(), palette.Bad),
    };
}
