using System.Buffers;
using System.Text.Json;
using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Trading;

/// <summary>Writes the bodies of trading requests once, as the bytes that are signed and sent.</summary>
internal static class OrderBodies
{
    private const int LongestNumber = 31;

    /// <summary>The body of <c>POST /v5/order/create</c>.</summary>
    public static ReadOnlyMemory<byte> Create(NewOrder order)
    {
        var buffer = new ArrayBufferWriter<byte>(384);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("category"u8, "spot"u8);
        writer.WriteString("symbol"u8, order.Instrument.VenueSymbol);
        writer.WriteString("side"u8, Sides.Text(order.Side));
        writer.WriteString("orderType"u8, order.Type == OrderType.Market ? "Market"u8 : "Limit"u8);
        WriteNumber(writer, "qty"u8, order.Quantity.Value);
        if (order.Type == OrderType.Market)
        {
            // Without it the venue takes the quantity of a market buy for an amount of the quote asset.
            writer.WriteString("marketUnit"u8, "baseCoin"u8);
        }
        else if (order.LimitPrice is { } price)
        {
            WriteNumber(writer, "price"u8, price.Value);
        }

        writer.WriteString("timeInForce"u8, TimeInForceOf(order));
        writer.WriteString("orderLinkId"u8, order.ClientOrderId.Value);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The body of <c>POST /v5/order/cancel</c>. Only our id goes along: where both ids are sent and disagree, the venue follows its own.</summary>
    public static ReadOnlyMemory<byte> Cancel(OrderReference order)
    {
        var buffer = new ArrayBufferWriter<byte>(192);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("category"u8, "spot"u8);
        writer.WriteString("symbol"u8, order.Instrument.VenueSymbol);
        writer.WriteString("orderLinkId"u8, order.ClientOrderId.Value);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static string TimeInForceOf(NewOrder order) => order switch
    {
        { Type: OrderType.Market } => "IOC",
        { PostOnly: true } => "PostOnly",
        { TimeInForce: TimeInForce.ImmediateOrCancel } => "IOC",
        { TimeInForce: TimeInForce.FillOrKill } => "FOK",
        _ => "GTC",
    };

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal value)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        writer.WriteString(name, text[..Numbers.Write(value, text)]);
    }
}
