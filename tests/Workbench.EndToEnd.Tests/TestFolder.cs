namespace Workbench.EndToEnd.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("wb-e2e-").FullName;

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The repository's configuration with texts replaced; each must be there.</summary>
    public string Configuration(params (string From, string To)[] replacements)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(WorkbenchProcess.Root, "workbench.yaml"));
        foreach (var (from, to) in replacements)
        {
            text.ShouldContain(from);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return Write("workbench.yaml", text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
