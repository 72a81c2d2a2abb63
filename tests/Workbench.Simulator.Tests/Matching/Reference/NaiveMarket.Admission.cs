using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Matching.Reference;

/// <content>What is refused before it becomes an order.</content>
internal sealed partial class NaiveMarket
{
    private Rejection Check(int account, NewOrder request)
    {
        if (request.Trigger is { } trigger)
        {
            if (IsReached(trigger))
            {
                return Rejection.WouldTrigger;
            }
        }
        else if (request.PostOnly == PostOnly.RefuseIfTaking && Best(request.Side == Side.Buy) is { } best
            && Reaches(request.Side == Side.Buy, request.Price, best.Price))
        {
            return Rejection.WouldTake;
        }

        var free = Money.Free(account, request.Side == Side.Buy ? "B" : "A");
        return free < Need(account, request) ? Rejection.InsufficientBalance : Rejection.None;
    }

    private bool IsReached(TriggerTerms trigger) => _last > 0 && trigger.Price > 0
        && (trigger.Direction == TriggerDirection.RisesTo ? _last >= trigger.Price : _last <= trigger.Price);

    private decimal Need(int account, NewOrder request)
    {
        if (request.Trigger is { LocksFunds: false })
        {
            return 0;
        }

        var price = request.Type == OrderType.Limit ? request.Price : request.Trigger is { } trigger ? LockPrice(trigger) : 0;
        if (price == 0)
        {
            return MarketNeed(account, request, request.Quantity);
        }

        return request.QuoteQuantity > 0 ? request.QuoteQuantity : request.Side == Side.Buy ? request.Quantity * price : request.Quantity;
    }

    private decimal MarketNeed(int account, NewOrder request, decimal quantity)
    {
        if (request.QuoteQuantity > 0 && request.Side == Side.Buy)
        {
            return request.QuoteQuantity;
        }

        if (request.QuoteQuantity == 0 && request.Side == Side.Sell)
        {
            return quantity;
        }

        var taken = Walk(account, request, quantity, stopsAtOwn: false);
        return request.Side == Side.Buy ? taken.Quote : taken.Base;
    }

    // Plays the order against copies of the resting ones.
    private (decimal Base, decimal Quote) Walk(int account, NewOrder request, decimal quantity, bool stopsAtOwn)
    {
        var buys = request.Side == Side.Buy;
        var mode = request.SelfTradePrevention;
        var makers = _orders.Where(o => o.Rank > 0 && o.Buys != buys)
            .Select(o => (Order: o, o.Shown, Hidden: o.Rest - o.Shown, o.Rank)).ToList();
        var rank = _rank;
        var (taken, quote) = (0m, 0m);
        while (makers.Count > 0)
        {
            var next = (buys ? makers.OrderBy(m => m.Order.Price) : makers.OrderByDescending(m => m.Order.Price)).ThenBy(m => m.Rank).First();
            makers.Remove(next);
            var price = next.Order.Price;
            var wanted = request.QuoteQuantity > 0 ? Floor((request.QuoteQuantity - quote) / price) : quantity - taken;
            if (wanted <= 0 || (request.Type == OrderType.Limit && !Reaches(buys, request.Price, price))
                || (request.PriceBound > 0 && !Reaches(buys, request.PriceBound, price)))
            {
                break;
            }

            if (mode != SelfTradePrevention.None && _rules.IsSelf(account, next.Order.Account))
            {
                if (stopsAtOwn && mode != SelfTradePrevention.ExpireMaker)
                {
                    break;
                }

                continue;
            }

            var part = Math.Min(wanted, next.Shown);
            taken += part;
            quote += part * price;
            if (part == next.Shown && next.Hidden > 0)
            {
                var shown = Math.Min(next.Order.Request.DisplayQuantity, next.Hidden);
                makers.Add((next.Order, shown, next.Hidden - shown, ++rank));
            }
        }

        return (taken, quote);
    }
}
