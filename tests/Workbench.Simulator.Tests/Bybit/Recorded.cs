using System.Text.Json;

namespace Workbench.Simulator.Tests.Bybit;

/// <summary>Payloads of the live venue; tests that need them are skipped where there are none.</summary>
internal static class Recorded
{
    public static JsonElement Read(string name)
    {
        var path = Path.Combine(Root(), name);
        Assert.SkipUnless(File.Exists(path), $"No recorded payloads at {path}.");
        return Parse(path);
    }

    /// <summary>Every file of a folder whose name begins like that.</summary>
    public static IEnumerable<(string File, JsonElement Json)> All(string folder, string prefix)
    {
        var path = Path.Combine(Root(), folder);
        Assert.SkipUnless(Directory.Exists(path), $"No recorded payloads at {path}.");
        return Directory.GetFiles(path, prefix + "*.json").Order(StringComparer.Ordinal).Select(f => (f, Parse(f)));
    }

    private static JsonElement Parse(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Workbench.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? "/", "shared", "data", "payloads", "bybit-v5");
    }
}
