using System.Text.Json;

namespace Workbench.Simulator.Tapes;

/// <summary>Reads recorded messages of Bybit's public spot socket.</summary>
internal static class BybitEvents
{
    private const string SpotPath = "/v5/public/spot";

    /// <summary>Null for what is no topic of the spot socket (acknowledgements, other categories, other venues).</summary>
    public static CaptureEvent? Parse(byte[] raw, string url)
    {
        if (!url.Contains(SpotPath, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(raw);
            return document.RootElement.TryGetProperty("topic", out var topic) && topic.GetString() is { } name && name.LastIndexOf('.') is > 0 and var dot
                ? new CaptureEvent { Stream = name, Symbol = name[(dot + 1)..], Kind = Kind(name), Data = raw, Wrapped = default }
                : null;
        }
        catch (JsonException)
        {
            // Recorded as it came; a frame that is no JSON is nobody's topic.
            return null;
        }
    }

    /// <summary>Levels of a book topic; 0 for other topics.</summary>
    public static int Depth(string topic) =>
        topic.Split('.') is ["orderbook", var depth, ..] && int.TryParse(depth, out var levels) ? levels : 0;

    private static CaptureEventKind Kind(string topic) => topic switch
    {
        _ when topic.StartsWith("orderbook.1.", StringComparison.Ordinal) => CaptureEventKind.Top,
        _ when Depth(topic) > 0 => CaptureEventKind.DepthDiff,
        _ when topic.StartsWith("publicTrade.", StringComparison.Ordinal) => CaptureEventKind.Trade,
        _ => CaptureEventKind.Other,
    };
}
