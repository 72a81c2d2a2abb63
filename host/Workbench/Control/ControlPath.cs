using System.Text;

namespace Workbench.Control;

/// <summary>Where the control socket of a data folder lies.</summary>
internal static class ControlPath
{
    /// <summary>The longest name that every Unix takes for a socket, in bytes.</summary>
    public const int Longest = 103;

    /// <summary>The socket of a data folder.</summary>
    public static string In(string dataFolder) => Path.Combine(Path.GetFullPath(dataFolder), "control.sock");

    /// <summary>Why no socket can have this name; null when one can.</summary>
    public static string? Problem(string path) =>
        Encoding.UTF8.GetByteCount(path) is var length && length > Longest ? $"its name {path} has {length} bytes and a socket's name at most {Longest}: give storage.directory a shorter one" : null;
}
