using Workbench.Plugins.Binance.Signing;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>Writes the parameters of placements and cancels.</summary>
internal static class OrderForms
{
    public static FormWriter New(NewOrder order)
    {
        var isLimit = order.Type == OrderType.Limit;
        var form = new FormWriter()
            .Add("symbol"u8, order.Instrument.VenueSymbol)
            .Add("side"u8, order.Side == Side.Buy ? "BUY"u8 : "SELL"u8)
            .Add("type"u8, !isLimit ? "MARKET"u8 : order.PostOnly ? "LIMIT_MAKER"u8 : "LIMIT"u8);

        // The venue refuses a time in force on market orders and on post-only ones.
        if (isLimit && !order.PostOnly)
        {
            form.Add("timeInForce"u8, Word(order.TimeInForce));
        }

        form.Add("quantity"u8, order.Quantity.Value);
        if (isLimit && order.LimitPrice is { } price)
        {
            form.Add("price"u8, price.Value);
        }

        return form.Add("newClientOrderId"u8, order.ClientOrderId.Value).Add("newOrderRespType"u8, "FULL"u8);
    }

    /// <summary>Names the order by both ids where both are known: the venue then refuses when they disagree.</summary>
    public static FormWriter Cancel(OrderReference order)
    {
        var form = new FormWriter().Add("symbol"u8, order.Instrument.VenueSymbol);
        if (order.VenueOrderId is { } id)
        {
            form.Add("orderId"u8, id.Value);
        }

        return form.Add("origClientOrderId"u8, order.ClientOrderId.Value);
    }

    private static ReadOnlySpan<byte> Word(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.ImmediateOrCancel => "IOC"u8,
        TimeInForce.FillOrKill => "FOK"u8,
        _ => "GTC"u8,
    };
}
