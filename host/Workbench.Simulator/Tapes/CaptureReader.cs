using System.Text.Json;

namespace Workbench.Simulator.Tapes;

internal enum CaptureKind
{
    Other,
    StreamIn,
    Http,
}

/// <summary>One line of a wire capture: when it was received and the verbatim bytes.</summary>
internal readonly record struct CaptureRecord(long TimeNanos, CaptureKind Kind, string Url, byte[] Raw)
{
    /// <summary>Whose protocol it is, as the recording's first line says; null elsewhere.</summary>
    public string? Dialect { get; init; }
}

/// <summary>Reads <c>.jsonl</c> wire captures: records of <c>t_ns</c>, <c>kind</c>, optional <c>url</c>, <c>raw</c>.</summary>
internal static class CaptureReader
{
    public static IEnumerable<CaptureRecord> Read(string path)
    {
        var last = 0L;
        foreach (var line in TapeFile.Lines(path))
        {
            var record = Parse(path, line);
            last = record.TimeNanos >= last ? record.TimeNanos : throw TapeFile.Bad(
                path, line, FormattableString.Invariant($"time goes back from {last} to {record.TimeNanos} ns"));
            yield return record;
        }
    }

    private static CaptureRecord Parse(string path, TapeLine line)
    {
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(line.Text));
            long time = 0;
            var kind = CaptureKind.Other;
            var url = "";
            byte[] raw = [];
            string? dialect = null;
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("t_ns"u8))
                {
                    reader.Read();
                    time = reader.GetInt64();
                }
                else if (reader.ValueTextEquals("kind"u8))
                {
                    reader.Read();
                    kind = reader.ValueTextEquals("ws-in"u8) ? CaptureKind.StreamIn
                        : reader.ValueTextEquals("http"u8) ? CaptureKind.Http : CaptureKind.Other;
                }
                else if (reader.ValueTextEquals("url"u8))
                {
                    reader.Read();
                    url = reader.GetString() ?? "";
                }
                else if (reader.ValueTextEquals("raw"u8))
                {
                    reader.Read();
                    raw = Unescape(ref reader);
                }
                else if (reader.ValueTextEquals("dialect"u8))
                {
                    reader.Read();
                    dialect = reader.GetString();
                }
                else
                {
                    reader.Skip();
                }
            }

            return time > 0 && reader.TokenType == JsonTokenType.EndObject
                ? new CaptureRecord(time, kind, url, raw) { Dialect = dialect }
                : throw new FormatException("it has no t_ns");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw TapeFile.Bad(path, line, $"it is not a capture record: {e.Message}", e);
        }
    }

    private static byte[] Unescape(ref Utf8JsonReader reader)
    {
        var buffer = new byte[reader.ValueSpan.Length];
        var length = reader.CopyString(buffer);
        return buffer.AsSpan(0, length).ToArray();
    }
}
