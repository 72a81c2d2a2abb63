using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Workbench.Plugins.Bybit.Tests.Data;

/// <summary>One line of a recorded session.</summary>
internal sealed record Recorded(string Kind, string Url, string Text)
{
    public bool IsSpot => Url.Contains("/public/spot", StringComparison.Ordinal);
}

/// <summary>Reads recorded files.</summary>
internal static class Recordings
{
    public static byte[] Unpack(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }

    public static IReadOnlyList<Recorded> Session(string path) =>
    [
        .. Encoding.UTF8.GetString(Unpack(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new Recorded(root.GetProperty("kind").GetString()!, root.GetProperty("url").GetString()!, root.GetProperty("raw").GetString()!);
        }),
    ];
}
