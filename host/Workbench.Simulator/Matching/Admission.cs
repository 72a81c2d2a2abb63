using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Matching;

/// <summary>What must hold before the engine takes a command; passing it means the command cannot fail half way.</summary>
internal static class Admission
{
    /// <summary>Everything that is checked when an order is placed to work or to wait for its trigger.</summary>
    public static Rejection Check(Account account, OrderBook book, NewOrder request)
    {
        var rejection = CheckTerms(book, request);
        if (rejection != Rejection.None)
        {
            return rejection;
        }

        if (account.IsHouse && book.Deserted.Count > 0 && book.Deserted.Contains(request.Side))
        {
            return Rejection.MarketClosed;
        }

        if (request.Trigger is { } trigger)
        {
            if (WouldTrigger(book, trigger))
            {
                return Rejection.WouldTrigger;
            }
        }
        else if (request.PostOnly == PostOnly.RefuseIfTaking && Matcher.WouldTake(book, request.Side, request.Price))
        {
            return Rejection.WouldTake;
        }

        return book.Settlement.Admit(account, book, request);
    }

    /// <summary>What can be said without looking at the market or the balances; all that is checked of a pending order.</summary>
    public static Rejection CheckTerms(OrderBook book, NewOrder request)
    {
        if (book.Instrument.Status != InstrumentStatus.Trading)
        {
            return Rejection.MarketClosed;
        }

        if (!IsSized(request))
        {
            return Rejection.InvalidQuantity;
        }

        if (request.Type == OrderType.Limit && request.Price <= 0)
        {
            return Rejection.InvalidPrice;
        }

        if (request.Trigger is { } trigger && (trigger.Price < 0 || (trigger.Price == 0 && !trigger.IsTrailing)))
        {
            return Rejection.InvalidPrice;
        }

        return IsConsistent(request) ? Rejection.None : Rejection.InvalidTerms;
    }

    public static Rejection CheckAmend(Order order, in Amendment amendment)
    {
        if (!order.IsOpen)
        {
            return Rejection.NotOpen;
        }

        if (order.Book.Instrument.Status != InstrumentStatus.Trading)
        {
            return Rejection.MarketClosed;
        }

        var quantity = amendment.Quantity ?? order.Quantity;
        var price = amendment.Price ?? order.Price;
        if (order.IsQuoteSized ? quantity != order.Quantity : quantity <= order.Executed + order.Prevented)
        {
            return Rejection.InvalidQuantity;
        }

        if (order.Type == OrderType.Limit ? price <= 0 : price != order.Price)
        {
            return Rejection.InvalidPrice;
        }

        var rejection = CheckTriggerPrice(order, amendment.TriggerPrice);
        if (rejection != Rejection.None)
        {
            return rejection;
        }

        if (quantity == order.Quantity && price == order.Price && amendment.Tag is null
            && (amendment.TriggerPrice is null || amendment.TriggerPrice == order.Trigger!.Terms.Price))
        {
            return Rejection.NoChange;
        }

        return Takes(order, price) ? Rejection.WouldTake : order.Book.Settlement.AdmitAmend(order, quantity, price);
    }

    public static bool WouldTrigger(OrderBook book, TriggerTerms trigger)
    {
        var last = book.Price(trigger.Source);
        return last > 0 && trigger.Price > 0 && TriggerState.IsReached(trigger.Direction, trigger.Price, last);
    }

    private static Rejection CheckTriggerPrice(Order order, decimal? triggerPrice)
    {
        if (triggerPrice is not { } price)
        {
            return Rejection.None;
        }

        if (order.Status is not (OrderStatus.Untriggered or OrderStatus.Pending) || order.Trigger is null || order.Trigger.IsTracking)
        {
            return Rejection.InvalidTerms;
        }

        if (price <= 0)
        {
            return Rejection.InvalidPrice;
        }

        var isReached = order.Status == OrderStatus.Untriggered && WouldTrigger(order.Book, order.Trigger.Terms with { Price = price });
        return isReached ? Rejection.WouldTrigger : Rejection.None;
    }

    private static bool Takes(Order order, decimal price) =>
        order is { PostOnly: PostOnly.RefuseIfTaking, IsWorking: true } && Matcher.WouldTake(order.Book, order.Side, price);

    private static bool IsSized(NewOrder request)
    {
        if (request.QuoteQuantity <= 0)
        {
            return request.Quantity > 0 && request.DisplayQuantity >= 0;
        }

        // A conditional sell has to know what it sells while it waits.
        return request is { Type: OrderType.Market, Quantity: 0 } && (request.Trigger is null || request.Side == Side.Buy);
    }

    private static bool IsConsistent(NewOrder request)
    {
        if (request.DisplayQuantity > 0 && request is not { Type: OrderType.Limit, TimeInForce: TimeInForce.Gtc })
        {
            return false;
        }

        return request.PostOnly == PostOnly.No || request is { Type: OrderType.Limit, TimeInForce: TimeInForce.Gtc };
    }
}
