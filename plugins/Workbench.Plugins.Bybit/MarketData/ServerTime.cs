using System.Text.Json;
using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.MarketData;

/// <summary>Reads <c>/v5/market/time</c>.</summary>
internal static class ServerTime
{
    /// <summary>The venue's clock in the finest unit that the answer has; null when it has none.</summary>
    public static Timestamp? Read(ReadOnlySpan<byte> result)
    {
        try
        {
            return ReadFields(result);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Timestamp? ReadFields(ReadOnlySpan<byte> result)
    {
        var cursor = new JsonCursor(result);
        long? nanoseconds = null, seconds = null;
        if (!cursor.EnterObject())
        {
            return null;
        }

        while (cursor.NextField())
        {
            if (cursor.Is("timeNano"u8))
            {
                nanoseconds = cursor.Integer();
            }
            else if (cursor.Is("timeSecond"u8))
            {
                seconds = cursor.Integer();
            }
            else
            {
                cursor.Skip();
            }
        }

        return nanoseconds is > 0 ? new Timestamp(nanoseconds.Value)
            : seconds is > 0 and < int.MaxValue ? Timestamp.FromUnixMilliseconds(seconds.Value * 1000)
            : null;
    }
}
