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
            var plain = IsPacked(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
            return new StreamReader(plain, System.Text.Encoding.UTF8, false, Buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TapeException(path, e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message, e);
        }
    }

    /// <summary>Lines that are not empty, with what goes wrong inside the file turned into a <see cref="TapeException"/>.</summary>
    public static IEnumerable<TapeLine> Lines(string path)
    {
        using var reader = Open(path);
        var number = 1;
        for (var text = ReadLine(path, reader, 0); text is not null;)
        {
            var next = ReadLine(path, reader, number);
            if (text.Length > 0)
            {
                yield return new TapeLine(number, text, next is null);
            }

            text = next;
            number++;
        }
    }

    /// <summary>Why a line is no good. The runtime unpacks what is left of an archive that was cut off without a word, so the last line may be half of one.</summary>
    public static TapeException Bad(string path, TapeLine line, string reason, Exception? inner = null)
    {
        var end = line.IsLast && IsPacked(path) ? "; the archive ends there and seems to be cut off" : "";
        return new TapeException(path, FormattableString.Invariant($"line {line.Number}: {reason.ReplaceLineEndings(" ")}{end}"), inner);
    }

    private static string? ReadLine(string path, StreamReader reader, int before)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            var reason = e is InvalidDataException ? "the compressed data is damaged" : e.Message;
            throw new TapeException(path, FormattableString.Invariant($"after line {before}: {reason}"), e);
        }
    }

    private static bool IsPacked(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A line of a tape, counted from 1.</summary>
internal readonly record struct TapeLine(int Number, string Text, bool IsLast);
