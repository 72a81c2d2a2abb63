using System.Text;
using System.Text.Json;

namespace Workbench.Simulator.Tapes;

internal enum CaptureEventKind
{
    Other,
    DepthDiff,
    Top,
    Trade,
}

/// <summary>A recorded Binance stream message: verbatim bytes, and just enough understanding to route it.</summary>
internal sealed class CaptureEvent
{
    public required string Stream { get; init; }

    /// <summary>Upper case.</summary>
    public required string Symbol { get; init; }

    public required CaptureEventKind Kind { get; init; }

    /// <summary>The event itself, without the wrapper of combined streams.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The recorded frame when it was wrapped; empty otherwise.</summary>
    public required ReadOnlyMemory<byte> Wrapped { get; init; }

    /// <summary>Null for what is no market stream message (acks, errors, other venues).</summary>
    public static CaptureEvent? Parse(byte[] raw, string url)
    {
        try
        {
            var reader = new Utf8JsonReader(raw);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            string? stream = null;
            ReadOnlyMemory<byte> data = raw;
            var isWrapped = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("stream"u8))
                {
                    reader.Read();
                    stream = reader.GetString();
                }
                else if (reader.ValueTextEquals("data"u8))
                {
                    reader.Read();
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    data = raw.AsMemory(start, (int)reader.BytesConsumed - start);
                    isWrapped = true;
                }
                else
                {
                    reader.Skip();
                }
            }

            stream ??= isWrapped ? null : StreamName(data, url);
            return stream is null ? null : Build(stream, data, isWrapped && stream.Length > 0 ? raw : default);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Recorded as it came; a frame that is no JSON is nobody's stream.
            return null;
        }
    }

    private static CaptureEvent? Build(string stream, ReadOnlyMemory<byte> data, byte[]? wrapped)
    {
        var at = stream.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0)
        {
            return null;
        }

        var kind = stream[(at + 1)..];
        return new CaptureEvent
        {
            Stream = stream,
            Symbol = stream[..at].ToUpperInvariant(),
            Kind = kind is "depth" || kind.StartsWith("depth@", StringComparison.Ordinal) ? CaptureEventKind.DepthDiff
                : kind == "bookTicker" ? CaptureEventKind.Top
                : kind is "trade" or "aggTrade" ? CaptureEventKind.Trade
                : CaptureEventKind.Other,
            Data = data,
            Wrapped = wrapped,
        };
    }

    // Recorded from a raw connection: the address or the event itself tells the stream.
    private static string? StreamName(ReadOnlyMemory<byte> data, string url)
    {
        var path = url.IndexOf("/ws/", StringComparison.Ordinal);
        if (path >= 0 && url.IndexOf('@', path) > 0 && !url[(path + 4)..].Contains('/', StringComparison.Ordinal))
        {
            return url[(path + 4)..];
        }

        using var document = JsonDocument.Parse(data);
        var root = document.RootElement;
        if (!root.TryGetProperty("s", out var symbol) || symbol.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var lower = symbol.GetString()!.ToLowerInvariant();
        if (!root.TryGetProperty("e", out var type))
        {
            return root.TryGetProperty("A", out _) && root.TryGetProperty("u", out _) ? lower + "@bookTicker" : null;
        }

        return type.GetString() switch
        {
            "depthUpdate" => lower + "@depth@100ms",
            "trade" or "aggTrade" => $"{lower}@{type.GetString()}",
            "kline" => $"{lower}@kline_{root.GetProperty("k").GetProperty("i").GetString()}",
            "24hrTicker" => lower + "@ticker",
            "24hrMiniTicker" => lower + "@miniTicker",
            _ => null,
        };
    }

    public override string ToString() => $"{Stream} {Encoding.UTF8.GetString(Data.Span)}";
}
