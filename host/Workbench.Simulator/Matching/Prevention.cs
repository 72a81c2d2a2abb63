namespace Workbench.Simulator.Matching;

/// <summary>Keeps two orders of one owner from trading with each other, as the taker's mode says.</summary>
internal readonly struct Prevention(Matcher matcher, EngineStep step, long now)
{
    // The quantity is what would have traded.
    public void Apply(Order taker, Order maker, PriceLevel level, decimal quantity)
    {
        switch (taker.SelfTradePrevention)
        {
            case SelfTradePrevention.ExpireMaker:
                matcher.ExpireInMatch(maker, Record(taker, maker, level.Price, 0, maker.Remaining));
                break;
            case SelfTradePrevention.ExpireTaker:
                matcher.ExpireInMatch(taker, Record(taker, maker, level.Price, Rest(taker, quantity), 0));
                break;
            case SelfTradePrevention.ExpireBoth:
                var match = Record(taker, maker, level.Price, Rest(taker, quantity), maker.Remaining);
                matcher.ExpireInMatch(maker, match);
                matcher.ExpireInMatch(taker, match);
                break;
            default:
                Decrement(taker, maker, level, quantity);
                break;
        }
    }

    private void Decrement(Order taker, Order maker, PriceLevel level, decimal quantity)
    {
        var match = Record(taker, maker, level.Price, quantity, quantity);
        if (Transfers(taker, maker))
        {
            SpotSettlement.Exchange(taker, level.Price, quantity, step);
            SpotSettlement.Exchange(maker, level.Price, quantity, step);
        }

        level.Take(maker, quantity);
        maker.Prevented += quantity;
        var isOver = maker.Remaining == 0;
        Matcher.Advance(maker, level);
        step.LevelChanged(maker.Book, maker.Side, level, now);
        Reduced(maker, match, isOver);
        if (taker.IsQuoteSized)
        {
            taker.PreventedQuote += quantity * level.Price;
            Reduced(taker, match, Sizing.Wanted(taker, level.Price) <= 0);
        }
        else
        {
            taker.Prevented += quantity;
            Reduced(taker, match, taker.Remaining == 0);
        }
    }

    private static bool Transfers(Order taker, Order maker) =>
        taker.SelfTradePrevention == SelfTradePrevention.Transfer && maker.SelfTradePrevention == SelfTradePrevention.Transfer
        && !ReferenceEquals(taker.Account, maker.Account) && taker.Book.Settlement is SpotSettlement;

    private void Reduced(Order order, PreventedMatch match, bool isOver)
    {
        if (isOver)
        {
            matcher.ExpireInMatch(order, match);
            return;
        }

        order.Book.Settlement.Reserve(order, step);
        step.Emit(new OrderEvent(OrderEventKind.TradePrevention, order, ++order.Book.ExecutionId, now) { Prevented = match });
    }

    private PreventedMatch Record(Order taker, Order maker, decimal price, decimal takerPrevented, decimal makerPrevented)
    {
        var match = new PreventedMatch(
            ++taker.Book.LastPreventedMatchId, taker.Symbol, taker.SelfTradePrevention, taker.Id, maker.Id, maker.Symbol,
            taker.Account.TradeGroup, price, takerPrevented, makerPrevented, now);
        taker.Account.Record(taker, match);
        maker.Account.Record(maker, match);
        return match;
    }

    private static decimal Rest(Order taker, decimal quantity) => taker.IsQuoteSized ? quantity : taker.Remaining;
}
