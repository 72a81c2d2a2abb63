using System.IO.Compression;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tapes;

/// <summary>Opens recordings, packed or not.</summary>
internal static class TapeFile
{
    private const int Buffer = 1 << 16;

    public static bool IsCapture(string path) =>
        path.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);

    public static bool IsTable(string path) =>
        path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="TapeException">The file is not there or may not be read.</exception>
    public static StreamReader Open(string path)
    {
        try
        {
            Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);
            var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            return new StreamReader(plain, System.Text.Encoding.UTF8, false, Buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TapeException(path, e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message, e);
        }
    }

    /// <summary>Lines with what goes wrong inside the file turned into a <see cref="TapeException"/>.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        using var reader = Open(path);
        while (true)
        {
            string? line;
            try
            {
                line = reader.ReadLine();
            }
            catch (InvalidDataException e)
            {
                throw new TapeException(path, "the compressed data is damaged", e);
            }

            if (line is null)
            {
                yield break;
            }

            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
