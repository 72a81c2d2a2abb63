using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Matching;

/// <summary>What must hold before the engine takes a command; passing it means the command cannot fail half way.</summary>
internal static class Admission
{
    public static Rejection Check(Account account, OrderBook book, NewOrder request)
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

        if (request.PostOnly == PostOnly.RefuseIfTaking && Matcher.WouldTake(book, request.Side, request.Price))
        {
            return Rejection.WouldTake;
        }

        var spend = request.Side == Side.Buy ? book.Quote : book.Base;
        return account.Balance(spend).Available < Needed(account, book, request) ? Rejection.InsufficientBalance : Rejection.None;
    }

    public static Rejection CheckAmend(Order order, decimal quantity, decimal price)
    {
        if (!order.IsOpen)
        {
            return Rejection.NotOpen;
        }

        if (quantity <= order.Executed)
        {
            return Rejection.InvalidQuantity;
        }

        if (price <= 0)
        {
            return Rejection.InvalidPrice;
        }

        if (quantity == order.Quantity && price == order.Price)
        {
            return Rejection.NoChange;
        }

        var balance = order.Account.Balance(order.Side == Side.Buy ? order.Book.Quote : order.Book.Base);
        var locked = Funds.Needed(order.Side, order.Remaining, order.Price);
        var needed = Funds.Needed(order.Side, quantity - order.Executed, price);
        return balance.Available + locked < needed ? Rejection.InsufficientBalance : Rejection.None;
    }

    private static bool IsSized(NewOrder request) =>
        request.QuoteQuantity > 0
            ? request is { Type: OrderType.Market, Quantity: 0 }
            : request.Quantity > 0;

    private static decimal Needed(Account account, OrderBook book, NewOrder request)
    {
        if (request.Type == OrderType.Limit)
        {
            return Funds.Needed(request.Side, request.Quantity, request.Price);
        }

        if (request.Side == Side.Buy)
        {
            return request.QuoteQuantity > 0 ? request.QuoteQuantity : Sweep.Of(account, book, request).Quote;
        }

        return request.QuoteQuantity > 0 ? Sweep.Of(account, book, request).Base : request.Quantity;
    }
}
