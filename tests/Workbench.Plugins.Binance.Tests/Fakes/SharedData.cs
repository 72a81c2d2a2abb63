using System.IO.Compression;

namespace Workbench.Plugins.Binance.Tests.Fakes;

/// <summary>The recorded data beside the repository. Tests are skipped where it is absent.</summary>
internal static class SharedData
{
    public static string Folder(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Workbench.sln")))
        {
            root = root.Parent;
        }

        var path = root is null ? null : Path.Combine([root.FullName, "..", "shared", "data", .. parts]);
        if (path is null || !(Directory.Exists(path) || File.Exists(path)))
        {
            Assert.Skip($"The recorded data {string.Join('/', parts)} is not beside this repository (../shared/data).");
        }

        return path!;
    }

    public static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
