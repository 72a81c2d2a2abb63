namespace Workbench.Simulator.Matching;

/// <summary>Runs one order through its book and ends orders. Lives for one engine step.</summary>
internal readonly struct Matcher(EngineStep step, Account fees, long now)
{
    public static bool WouldTake(OrderBook book, Side side, decimal price)
    {
        var opposite = book[side.Opposite()];
        return opposite.Best is { } best && opposite.IsReachable(best.Price, price);
    }

    /// <summary>Matches an accepted order and leaves it filled, resting or expired.</summary>
    public void Run(Order taker)
    {
        if (taker.TimeInForce == TimeInForce.Fok && !IsFillable(taker))
        {
            Expire(taker, CloseReason.FillOrKillUnfillable);
            return;
        }

        var exhausted = Match(taker);
        if (!taker.IsOpen)
        {
            return;
        }

        if (taker.IsQuoteSized && !exhausted)
        {
            // What is left buys less than one step: the order has had all it can get.
            taker.Quantity = taker.Executed;
            Close(taker, OrderStatus.Filled, CloseReason.None);
        }
        else if (taker.Type == OrderType.Market)
        {
            Expire(taker, CloseReason.InsufficientLiquidity);
        }
        else if (taker.TimeInForce != TimeInForce.Gtc)
        {
            Expire(taker, CloseReason.ImmediateRemainder);
        }
        else
        {
            Rest(taker);
        }
    }

    public void Cancel(Order order, string requestClientId)
    {
        Leave(order);
        Funds.Unlock(order, step);
        Close(order, OrderStatus.Cancelled, CloseReason.CancelledByOwner);
        step.Emit(OrderEventKind.Cancelled, order, now, requestClientId: requestClientId);
    }

    public void Expire(Order order, CloseReason reason)
    {
        Leave(order);
        Funds.Unlock(order, step);
        if (order.IsQuoteSized)
        {
            order.Quantity = order.Executed;
        }

        Close(order, reason == CloseReason.SelfTrade ? OrderStatus.ExpiredInMatch : OrderStatus.Expired, reason);
        step.Emit(OrderEventKind.Expired, order, now);
    }

    public void Amend(Order order, decimal quantity, decimal price, string? newClientId)
    {
        var keepsPlace = price == order.Price && quantity < order.Quantity;
        var level = order.Level!;
        Funds.Unlock(order, step);
        if (keepsPlace)
        {
            level.Quantity -= order.Quantity - quantity;
            step.LevelChanged(order.Book, order.Side, level, now);
        }
        else
        {
            Leave(order);
        }

        var previousClientId = order.ClientId;
        order.Quantity = quantity;
        order.Price = price;
        order.ClientId = newClientId ?? previousClientId;
        order.Account.Index(order);
        Funds.Lock(order, step);
        step.Emit(OrderEventKind.Amended, order, now, requestClientId: order.ClientId, previousClientId: previousClientId);
        if (!keepsPlace)
        {
            Run(order);
        }
    }

    // True when the book had nothing more to offer; false when the order itself ended the walk.
    private bool Match(Order taker)
    {
        var book = taker.Book;
        var opposite = book[taker.Side.Opposite()];
        while (taker.IsOpen && opposite.Best is { } level)
        {
            if (taker.Type == OrderType.Limit && !opposite.IsReachable(level.Price, taker.Price))
            {
                return true;
            }

            var wanted = Sizing.Wanted(book, taker.Remaining, taker.QuoteQuantity, taker.ExecutedQuote, level.Price);
            if (wanted <= 0)
            {
                return false;
            }

            var maker = level.First!;
            if (ReferenceEquals(maker.Account, taker.Account) && taker.SelfTradePrevention != SelfTradePrevention.None)
            {
                PreventSelfTrade(taker, maker);
                continue;
            }

            Trade(taker, maker, level, Math.Min(wanted, maker.Remaining));
        }

        return true;
    }

    private void PreventSelfTrade(Order taker, Order maker)
    {
        if (taker.SelfTradePrevention is SelfTradePrevention.ExpireMaker or SelfTradePrevention.ExpireBoth)
        {
            Expire(maker, CloseReason.SelfTrade);
        }

        if (taker.SelfTradePrevention is SelfTradePrevention.ExpireTaker or SelfTradePrevention.ExpireBoth)
        {
            Expire(taker, CloseReason.SelfTrade);
        }
    }

    private void Trade(Order taker, Order maker, PriceLevel level, decimal quantity)
    {
        var book = taker.Book;
        var id = ++book.LastTradeId;
        level.Quantity -= quantity;
        Fill(taker, id, level.Price, quantity, isMaker: false);
        Fill(maker, id, level.Price, quantity, isMaker: true);
        if (!maker.IsOpen)
        {
            level.Remove(maker);
            if (level.Count == 0)
            {
                book[maker.Side].Remove(level);
            }
        }

        var trade = new PublicTrade(book.Symbol, id, level.Price, quantity, taker.Side, taker.Id, now);
        step.Emit(book, in trade);
        step.LevelChanged(book, maker.Side, level, now);
    }

    private void Fill(Order order, long tradeId, decimal price, decimal quantity, bool isMaker)
    {
        var (fee, asset) = Funds.Settle(order, price, quantity, isMaker, fees, step);
        var quote = price * quantity;
        order.Executed += quantity;
        order.ExecutedQuote += quote;
        order.Status = OrderStatus.PartiallyFilled;
        if (!order.IsQuoteSized && order.Remaining == 0)
        {
            Close(order, OrderStatus.Filled, CloseReason.None);
        }

        if (order.Account.IsHouse)
        {
            return;
        }

        var trade = new AccountTrade(
            tradeId, order.Id, order.Symbol, order.Side, price, quantity, quote, fee, asset, isMaker, now);
        order.Account.Record(order, trade);
        step.Emit(OrderEventKind.Trade, order, now, trade);
    }

    private void Rest(Order order)
    {
        var level = order.Book[order.Side].GetOrAdd(order.Price);
        level.Append(order);
        step.LevelChanged(order.Book, order.Side, level, now);
    }

    private void Leave(Order order)
    {
        if (order.Level is not { } level)
        {
            return;
        }

        level.Remove(order);
        if (level.Count == 0)
        {
            order.Book[order.Side].Remove(level);
        }

        step.LevelChanged(order.Book, order.Side, level, now);
    }

    private void Close(Order order, OrderStatus status, CloseReason reason)
    {
        order.Status = status;
        order.CloseReason = reason;
        order.UpdatedMicros = now;
        order.Account.Closed(order);
    }

    private static bool IsFillable(Order order)
    {
        var request = new NewOrder
        {
            Symbol = order.Symbol,
            Side = order.Side,
            Type = order.Type,
            Quantity = order.Remaining,
            Price = order.Price,
            SelfTradePrevention = order.SelfTradePrevention,
        };
        return Sweep.Of(order.Account, order.Book, request).Base >= order.Remaining;
    }
}
