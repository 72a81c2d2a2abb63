using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Matching.Reference;

/// <content>Matching, one resting order at a time.</content>
internal sealed partial class NaiveMarket
{
    private void Enter(NaiveOrder order)
    {
        if (order.Status == "Untriggered")
        {
            order.IsTracking = order.Trigger!.IsTrailing && order.Trigger.Price == 0;
            if (order.IsTracking && _last > 0)
            {
                Stretch(order, _last);
            }
        }
        else if (order.Works)
        {
            Run(order);
        }
    }

    private void Run(NaiveOrder taker)
    {
        if (taker.Request.PostOnly != PostOnly.No && Best(taker.Buys) is { } first && Reaches(taker.Buys, taker.Price, first.Price))
        {
            Expire(taker, "WouldTake");
            return;
        }

        if (taker.Request.TimeInForce == TimeInForce.Fok && Walk(taker.Account, taker.Request with { Price = taker.Price }, taker.Rest, stopsAtOwn: true).Base < taker.Rest)
        {
            Expire(taker, "FillOrKillUnfillable");
            return;
        }

        while (taker.IsOpen)
        {
            var maker = Best(taker.Buys);
            if (maker is null || (!taker.IsMarket && !Reaches(taker.Buys, taker.Price, maker.Price)))
            {
                break;
            }

            if (taker.Request.PriceBound > 0 && !Reaches(taker.Buys, taker.Request.PriceBound, maker.Price))
            {
                Expire(taker, "PriceBound");
                return;
            }

            var wanted = Wanted(taker, maker.Price);
            if (wanted <= 0)
            {
                break;
            }

            Meet(taker, maker, Math.Min(wanted, maker.Shown));
        }

        if (taker.IsOpen)
        {
            Conclude(taker);
        }
    }

    private void Conclude(NaiveOrder taker)
    {
        if (taker.IsMarket)
        {
            Expire(taker, "InsufficientLiquidity");
        }
        else if (taker.Request.TimeInForce != TimeInForce.Gtc)
        {
            Expire(taker, "ImmediateRemainder");
        }
        else
        {
            Show(taker);
        }
    }

    private static decimal Wanted(NaiveOrder taker, decimal price) => taker.IsQuoteSized
        ? Floor((taker.Request.QuoteQuantity - taker.DoneQuote - taker.PreventedQuote) / price)
        : taker.Rest;

    private static decimal Floor(decimal quantity) => quantity - (quantity % Step);

    private void Show(NaiveOrder order)
    {
        order.Rank = ++_rank;
        order.Shown = order.Request.DisplayQuantity > 0 ? Math.Min(order.Request.DisplayQuantity, order.Rest) : order.Rest;
    }

    private void Meet(NaiveOrder taker, NaiveOrder maker, decimal quantity)
    {
        if (taker.Request.SelfTradePrevention != SelfTradePrevention.None && _rules.IsSelf(taker.Account, maker.Account))
        {
            Prevent(taker, maker, quantity);
            return;
        }

        EndContra(maker);
        EndContra(taker);
        var isLast = IsLast(taker, maker, quantity);
        Fill(taker, maker.Price, quantity, isMaker: false, isLast);
        Fill(maker, maker.Price, quantity, isMaker: true, maker.Rest == quantity);
        PublicTrade(maker.Price, quantity, taker.Buys, taker.Id);
        Ended(maker);
        Ended(taker);
    }

    private void Fill(NaiveOrder order, decimal price, decimal quantity, bool isMaker, bool isLast)
    {
        order.Done += quantity;
        order.DoneQuote += quantity * price;
        order.Status = "PartiallyFilled";
        Exchange(order, price, quantity);
        var (fee, asset) = _rules.Fee(Money, order, price, quantity, isMaker);
        Money.Add(order.Account, asset, -fee);
        Money.Add(Money.FeeAccount, asset, fee);
        if (isMaker)
        {
            Reduce(order, quantity);
        }

        if (isLast)
        {
            order.Quantity = order.IsQuoteSized ? order.Done : order.Quantity;
            order.Status = "Filled";
        }

        Say("Trade", order, $" {quantity:0.####} at {price:0.####} fee {fee:0.########} {asset}");
    }

    // A taker sized in quote has had all it can get when the next price is too high for one more step.
    private bool IsLast(NaiveOrder taker, NaiveOrder maker, decimal quantity)
    {
        if (!taker.IsQuoteSized)
        {
            return taker.Rest == quantity;
        }

        var rest = maker.Rest > quantity ? maker : Best(taker.Buys, without: maker) ?? maker;
        var left = taker.Request.QuoteQuantity - taker.DoneQuote - taker.PreventedQuote - (quantity * maker.Price);
        return Floor(left / rest.Price) <= 0;
    }

    private void Exchange(NaiveOrder order, decimal price, decimal quantity)
    {
        Money.Add(order.Account, "A", order.Buys ? quantity : -quantity);
        Money.Add(order.Account, "B", order.Buys ? -quantity * price : quantity * price);
    }

    // Takes off what was traded or prevented; an iceberg that shows nothing more goes to the back.
    private void Reduce(NaiveOrder maker, decimal quantity)
    {
        maker.Shown -= quantity;
        if (maker.Rest == 0)
        {
            maker.Rank = 0;
            maker.Shown = 0;
        }
        else if (maker.Shown == 0)
        {
            Show(maker);
        }
    }
}
