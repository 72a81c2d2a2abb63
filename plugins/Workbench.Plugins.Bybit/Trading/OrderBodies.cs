using System.Buffers;
using System.Text.Json;
using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Trading;

/// <summary>Writes the bodies of trading requests once, as the bytes that are signed and sent.</summary>
internal static class OrderBodies
{
    /// <summary>What the venue calls orders that wait for a stop price.</summary>
    public const string Conditional = "StopOrder";

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
        writer.WriteString("orderType"u8, order.Type.HasLimitPrice() ? "Limit"u8 : "Market"u8);
        WriteNumber(writer, "qty"u8, order.Quantity.Value);
        if (!order.Type.HasLimitPrice())
        {
            // Without it the venue takes the quantity of a market buy for an amount of the quote asset.
            writer.WriteString("marketUnit"u8, "baseCoin"u8);
        }
        else if (order.LimitPrice is { } price)
        {
            WriteNumber(writer, "price"u8, price.Value);
        }

        if (order is { StopPrice: { } stop } && order.Type.HasStopPrice())
        {
            // The venue takes the direction from the last price: a stop on the wrong side of it would wait for the opposite move.
            WriteNumber(writer, "triggerPrice"u8, stop.Value);
            writer.WriteString("orderFilter"u8, Conditional);
        }

        writer.WriteString("timeInForce"u8, TimeInForceOf(order));
        writer.WriteString("orderLinkId"u8, order.ClientOrderId.Value);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>
    /// The body of <c>POST /v5/order/cancel</c>. Only our id goes along: where both ids are sent and disagree, the venue follows its own. An order that waits for its
    /// stop price is only found where the venue keeps those.
    /// </summary>
    public static ReadOnlyMemory<byte> Cancel(OrderReference order)
    {
        var buffer = new ArrayBufferWriter<byte>(192);
        using var writer = new Utf8JsonWriter(buffer);
        WriteReference(writer, order);
        if (order.IsConditional)
        {
            writer.WriteString("orderFilter"u8, Conditional);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The body of <c>POST /v5/order/amend</c>: only what changes; the quantity is the whole one.</summary>
    public static ReadOnlyMemory<byte> Amend(AmendOrder amendment)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        WriteReference(writer, amendment.Reference);
        if (amendment.Quantity != amendment.Current.Quantity)
        {
            WriteNumber(writer, "qty"u8, amendment.Quantity.Value);
        }

        if (amendment.LimitPrice is { } price && price != amendment.Current.LimitPrice)
        {
            WriteNumber(writer, "price"u8, price.Value);
        }

        if (amendment.StopPrice is { } stop && stop != amendment.Current.StopPrice)
        {
            WriteNumber(writer, "triggerPrice"u8, stop.Value);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The body of <c>POST /v5/order/cancel-all</c> for the orders of one market and kind.</summary>
    public static ReadOnlyMemory<byte> CancelAll(Instrument instrument, string filter)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("category"u8, "spot"u8);
        writer.WriteString("symbol"u8, instrument.VenueSymbol);
        writer.WriteString("orderFilter"u8, filter);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    // Opens the object and leaves it open.
    private static void WriteReference(Utf8JsonWriter writer, OrderReference order)
    {
        writer.WriteStartObject();
        writer.WriteString("category"u8, "spot"u8);
        writer.WriteString("symbol"u8, order.Instrument.VenueSymbol);
        writer.WriteString("orderLinkId"u8, order.ClientOrderId.Value);
    }

    private static string TimeInForceOf(NewOrder order) => order switch
    {
        { Type: OrderType.Market or OrderType.Stop } => "IOC",
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
