using Workbench.Plugins.Binance.Signing;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>Writes the parameters of placements, cancels and amendments.</summary>
internal static class OrderForms
{
    public static FormWriter New(NewOrder order) => Place(new FormWriter(), order);

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

    /// <summary>Makes an order smaller. It keeps our id only when that is sent once more: the venue would give it a new one.</summary>
    public static FormWriter Reduce(AmendOrder amendment) =>
        Cancel(amendment.Reference).Add("newClientOrderId"u8, amendment.Current.ClientOrderId.Value).Add("newQty"u8, amendment.Quantity.Value);

    /// <summary>Cancels an order and places another. The cancel is refused when the order has fills by then, and after a refused cancel nothing is placed: what filled meanwhile cannot come on top.</summary>
    public static FormWriter Replace(AmendOrder amendment)
    {
        var form = new FormWriter().Add("cancelReplaceMode"u8, "STOP_ON_FAILURE"u8).Add("cancelRestrictions"u8, "ONLY_NEW"u8);
        if (amendment.VenueOrderId is { } id)
        {
            form.Add("cancelOrderId"u8, id.Value);
        }

        return Place(form.Add("cancelOrigClientOrderId"u8, amendment.Current.ClientOrderId.Value), amendment.Replacement);
    }

    private static FormWriter Place(FormWriter form, NewOrder order)
    {
        form.Add("symbol"u8, order.Instrument.VenueSymbol).Add("side"u8, order.Side == Side.Buy ? "BUY"u8 : "SELL"u8).Add("type"u8, Word(order));

        // The venue refuses a time in force on market orders and on post-only ones.
        if (order.Type.HasLimitPrice() && !order.PostOnly)
        {
            form.Add("timeInForce"u8, Word(order.TimeInForce));
        }

        form.Add("quantity"u8, order.Quantity.Value);
        if (order is { LimitPrice: { } price } && order.Type.HasLimitPrice())
        {
            form.Add("price"u8, price.Value);
        }

        if (order is { StopPrice: { } stop } && order.Type.HasStopPrice())
        {
            form.Add("stopPrice"u8, stop.Value);
        }

        return form.Add("newClientOrderId"u8, order.ClientOrderId.Value).Add("newOrderRespType"u8, "FULL"u8);
    }

    private static ReadOnlySpan<byte> Word(NewOrder order) => order.Type switch
    {
        OrderType.Market => "MARKET"u8,
        OrderType.Stop => "STOP_LOSS"u8,
        OrderType.StopLimit => "STOP_LOSS_LIMIT"u8,
        _ => order.PostOnly ? "LIMIT_MAKER"u8 : "LIMIT"u8,
    };

    private static ReadOnlySpan<byte> Word(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.ImmediateOrCancel => "IOC"u8,
        TimeInForce.FillOrKill => "FOK"u8,
        _ => "GTC"u8,
    };
}
