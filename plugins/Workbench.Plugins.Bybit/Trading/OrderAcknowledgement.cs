using System.Text.Json;
using Workbench.Plugins.Bybit.Json;

namespace Workbench.Plugins.Bybit.Trading;

/// <summary>The ids that a create or cancel is answered with.</summary>
/// <param name="OrderId">The venue's id; null where the answer has none.</param>
/// <param name="OrderLinkId">Our id; null where the answer has none.</param>
internal readonly record struct OrderAcknowledgement(string? OrderId, string? OrderLinkId)
{
    /// <summary>Reads <c>{"orderId":"…","orderLinkId":"…"}</c>; null when it is something else.</summary>
    public static OrderAcknowledgement? Read(ReadOnlySpan<byte> result)
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

    private static OrderAcknowledgement? ReadFields(ReadOnlySpan<byte> result)
    {
        var cursor = new JsonCursor(result);
        string? orderId = null, orderLinkId = null;
        if (!cursor.EnterObject())
        {
            return null;
        }

        while (cursor.NextField())
        {
            if (cursor.Is("orderId"u8))
            {
                orderId = cursor.Text();
            }
            else if (cursor.Is("orderLinkId"u8))
            {
                orderLinkId = cursor.Text();
            }
            else
            {
                cursor.Skip();
            }
        }

        return cursor.Problem is null ? new OrderAcknowledgement(orderId, orderLinkId) : null;
    }
}
