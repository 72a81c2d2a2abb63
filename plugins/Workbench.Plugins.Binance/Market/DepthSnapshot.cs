using Workbench.Plugins.Binance.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Market;

/// <summary>The answer to <c>GET /api/v3/depth</c>.</summary>
internal sealed record DepthSnapshot(long LastUpdateId, PriceLevel[] Bids, PriceLevel[] Asks, Timestamp ReceivedAt)
{
    /// <summary>Reads the answer; null when it is not what the venue documents.</summary>
    public static DepthSnapshot? Read(ReadOnlySpan<byte> utf8, Timestamp receivedAt)
    {
        var scanner = new Utf8Scanner(utf8);
        LevelBuffer bids = new(), asks = new();
        long? id = null;
        if (!scanner.TryTake((byte)'{'))
        {
            return null;
        }

        do
        {
            if (!scanner.TryString(out var name) || !scanner.TryTake((byte)':') || !TryMember(ref scanner, name, bids, asks, ref id))
            {
                return null;
            }
        }
        while (scanner.TryTake((byte)','));
        return scanner.TryTake((byte)'}') && id is { } last && bids.IsRead && asks.IsRead ? new DepthSnapshot(last, bids.ToArray(), asks.ToArray(), receivedAt) : null;
    }

    private static bool TryMember(ref Utf8Scanner scanner, ReadOnlySpan<byte> name, LevelBuffer bids, LevelBuffer asks, ref long? id)
    {
        if (name.SequenceEqual("lastUpdateId"u8))
        {
            id = scanner.TryScalar(out var text) && Utf8Text.TryLong(text, out var value) && value >= 0 ? value : null;
            return id is not null;
        }

        return name.SequenceEqual("bids"u8) ? bids.TryRead(ref scanner) : name.SequenceEqual("asks"u8) ? asks.TryRead(ref scanner) : scanner.TrySkip();
    }
}
