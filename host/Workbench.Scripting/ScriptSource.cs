using System.Text;

namespace Workbench.Scripting;

/// <summary>What to compile: a file, or text that behaves as if it stood at a path.</summary>
public sealed record ScriptSource
{
    private ScriptSource(string path, byte[]? text)
    {
        Path = System.IO.Path.GetFullPath(path);
        Text = text;
    }

    /// <summary>The full path: names the script in errors, and relative <c>#load</c> and <c>#r</c> start at its folder.</summary>
    public string Path { get; }

    /// <summary>The text as UTF-8 when it does not come from the file.</summary>
    internal byte[]? Text { get; }

    /// <summary>A script in a file, which need not exist.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static ScriptSource FromFile(string path) => new(path, null);

    /// <summary>A script in memory, such as an editor's unsaved text.</summary>
    public static ScriptSource FromText(string text, string path) => new(path, Encoding.UTF8.GetBytes(text));
}
