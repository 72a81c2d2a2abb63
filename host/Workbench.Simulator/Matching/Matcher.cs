namespace Workbench.Simulator.Matching;

/// <summary>Runs one order through its book and ends orders. Lives for one engine step.</summary>
internal readonly struct Matcher(EngineStep step, long now)
{
    public static bool WouldTake(OrderBook book, Side side, decimal price)
    {
        var opposite = book[side.Opposite()];
        return opposite.BestTradable is { } best && opposite.IsReachable(best.Price, price);
    }

    /// <summary>Matches a working order and leaves it filled, resting or expired.</summary>
    public void Run(Order taker)
    {
        if (taker.PostOnly != PostOnly.No && WouldTake(taker.Book, taker.Side, taker.Price))
        {
            Expire(taker, CloseReason.WouldTake);
            return;
        }

        if (taker.TimeInForce == TimeInForce.Fok && !IsFillable(taker))
        {
            Expire(taker, CloseReason.FillOrKillUnfillable);
            return;
        }

        var isBound = Match(taker);
        if (taker.IsOpen)
        {
            Conclude(taker, isBound);
        }
    }

    public void Cancel(Order order, CloseReason reason, string requestClientId)
    {
        End(order, OrderStatus.Cancelled, reason);
        step.Emit(new OrderEvent(OrderEventKind.Cancelled, order, ++order.Book.ExecutionId, now) { RequestClientId = requestClientId });
        new Contingencies(this, step, now).Ended(order);
    }

    public void Expire(Order order, CloseReason reason)
    {
        if (order.IsQuoteSized)
        {
            order.Quantity = order.Executed;
        }

        End(order, OrderStatus.Expired, reason);
        step.Emit(OrderEventKind.Expired, order, now);
        new Contingencies(this, step, now).Ended(order);
    }

    /// <summary>Ends an order that self-trade prevention does not let go on.</summary>
    public void ExpireInMatch(Order order, PreventedMatch match)
    {
        var rest = order.Remaining;
        End(order, OrderStatus.ExpiredInMatch, CloseReason.SelfTrade);
        if (order.IsQuoteSized)
        {
            order.Quantity = order.Executed;
        }
        else
        {
            order.Prevented += rest;
        }

        step.Emit(new OrderEvent(OrderEventKind.Expired, order, ++order.Book.ExecutionId, now) { Prevented = match });
        new Contingencies(this, step, now).Ended(order);
    }

    public void Amend(Order order, in Amendment amendment)
    {
        var quantity = amendment.Quantity ?? order.Quantity;
        var price = amendment.Price ?? order.Price;
        var isWaiting = !order.IsWorking;
        var keepsPlace = !isWaiting && price == order.Price && quantity <= order.Quantity;
        if (keepsPlace && quantity < order.Quantity)
        {
            order.Level!.Shrink(order, order.Quantity - quantity);
            step.LevelChanged(order.Book, order.Side, order.Level, now);
        }
        else if (!keepsPlace)
        {
            Leave(order);
        }

        var previousClientId = order.ClientId;
        Apply(order, quantity, price, in amendment);
        order.Book.Settlement.Reserve(order, step);
        step.Emit(new OrderEvent(OrderEventKind.Amended, order, ++order.Book.ExecutionId, now)
        {
            RequestClientId = order.ClientId,
            PreviousClientId = previousClientId,
        });
        if (order.Status == OrderStatus.Untriggered)
        {
            order.Book.Wait(order, now);
        }
        else if (!keepsPlace && !isWaiting)
        {
            Run(order);
        }
    }

    private static void Apply(Order order, decimal quantity, decimal price, in Amendment amendment)
    {
        order.Quantity = quantity;
        order.Price = price;
        order.ClientId = amendment.ClientId ?? order.ClientId;
        order.Tag = amendment.Tag ?? order.Tag;
        order.Account.Index(order);
        if (amendment.TriggerPrice is { } triggerPrice)
        {
            order.Trigger!.ChangePrice(triggerPrice);
        }
    }

    // True when the next price lies beyond the order's bound.
    private bool Match(Order taker)
    {
        var book = taker.Book;
        var opposite = book[taker.Side.Opposite()];
        while (taker.IsOpen && opposite.BestTradable is { } level)
        {
            if (taker.Type == OrderType.Limit && !opposite.IsReachable(level.Price, taker.Price))
            {
                return false;
            }

            if (taker.PriceBound > 0 && !opposite.IsReachable(level.Price, taker.PriceBound))
            {
                return true;
            }

            var wanted = Sizing.Wanted(taker, level.Price);
            if (wanted <= 0)
            {
                // Sized in quote, and what is left buys less than one step.
                return false;
            }

            Meet(taker, level.First!, level, wanted);
        }

        return false;
    }

    private void Meet(Order taker, Order maker, PriceLevel level, decimal wanted)
    {
        var quantity = Math.Min(wanted, maker.Visible);
        if (taker.SelfTradePrevention != SelfTradePrevention.None && taker.Account.IsSelf(maker.Account))
        {
            new Prevention(this, step, now).Apply(taker, maker, level, quantity);
            return;
        }

        if (Reduce(maker, ref quantity) && Reduce(taker, ref quantity))
        {
            Trade(taker, maker, level, quantity);
        }
    }

    // False when the order had nothing to reduce and has ended.
    private bool Reduce(Order order, ref decimal quantity)
    {
        if (!order.ReduceOnly)
        {
            return true;
        }

        quantity = Math.Min(quantity, order.Book.Settlement.Reducible(order, quantity));
        if (quantity > 0)
        {
            return true;
        }

        Expire(order, CloseReason.ReduceOnly);
        return false;
    }

    private void Trade(Order taker, Order maker, PriceLevel level, decimal quantity)
    {
        var book = taker.Book;
        var contingencies = new Contingencies(this, step, now);
        contingencies.EndContra(maker);
        contingencies.EndContra(taker);
        var id = ++book.LastTradeId;
        var isDone = IsDone(taker, level, quantity);
        level.Take(maker, quantity);
        Fill(taker, id, level.Price, quantity, isMaker: false, isDone);
        Fill(maker, id, level.Price, quantity, isMaker: true, maker.Remaining == quantity);
        Advance(maker, level);
        var trade = new PublicTrade(book.Symbol, id, level.Price, quantity, taker.Side, taker.Id, now);
        step.Emit(book, in trade);
        step.LevelChanged(book, maker.Side, level, now);
        Filled(maker, contingencies);
        Filled(taker, contingencies);
    }

    /// <summary>After something was taken off a resting order: removes it when it is over, shows more of an iceberg.</summary>
    public static void Advance(Order maker, PriceLevel level)
    {
        if (!maker.IsOpen || maker.Remaining == 0)
        {
            level.Remove(maker);
            if (level.IsEmpty)
            {
                maker.Book[maker.Side].Remove(level);
            }
        }
        else if (maker.Visible == 0)
        {
            level.Replenish(maker);
        }
    }

    // Whether this fill is the taker's last. One sized in quote is done when the rest buys less than one step at the next price.
    private static bool IsDone(Order taker, PriceLevel level, decimal quantity)
    {
        if (!taker.IsQuoteSized)
        {
            return taker.Remaining == quantity;
        }

        var next = level.Tradable > quantity ? level : taker.Book[taker.Side.Opposite()].NextTradable(level) ?? level;
        return Sizing.Wanted(taker, next.Price, quantity * level.Price) <= 0;
    }

    private static void Filled(Order order, Contingencies contingencies)
    {
        if (order.Status == OrderStatus.Filled)
        {
            contingencies.Ended(order);
        }
    }

    private void Fill(Order order, long tradeId, decimal price, decimal quantity, bool isMaker, bool isDone)
    {
        var fee = order.Book.Settlement.Settle(order, price, quantity, isMaker, step, now);
        var quote = price * quantity;
        order.Executed += quantity;
        order.ExecutedQuote += quote;
        order.Status = OrderStatus.PartiallyFilled;
        if (isDone)
        {
            order.Quantity = order.IsQuoteSized ? order.Executed : order.Quantity;
            Close(order, OrderStatus.Filled, CloseReason.None);
        }

        if (order.Account.IsHouse)
        {
            return;
        }

        var trade = new AccountTrade(
            tradeId, order.Id, order.Symbol, order.Side, price, quantity, quote, fee.Amount, fee.Asset, isMaker, now) { FeeRate = fee.Rate };
        order.Account.Record(order, trade);
        step.Emit(new OrderEvent(OrderEventKind.Trade, order, ++order.Book.ExecutionId, now) { Trade = trade });
    }

    // What becomes of an order that is still open after it was matched.
    private void Conclude(Order taker, bool isBound)
    {
        if (isBound)
        {
            Expire(taker, CloseReason.PriceBound);
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

    private void Rest(Order order)
    {
        var level = order.Book[order.Side].GetOrAdd(order.Price);
        level.Append(order);
        step.LevelChanged(order.Book, order.Side, level, now);
    }

    private void End(Order order, OrderStatus status, CloseReason reason)
    {
        Leave(order);
        Close(order, status, reason);
        order.Book.Settlement.Release(order, step);
    }

    // Takes an order out of the book or from among those that wait.
    private void Leave(Order order)
    {
        if (order is { Status: OrderStatus.Untriggered, Trigger.IsQueued: false })
        {
            order.Book.Triggers(order.Trigger.Terms.Source)!.Remove(order);
        }

        if (order.Level is not { } level)
        {
            return;
        }

        level.Remove(order);
        if (level.IsEmpty)
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

    private static bool IsFillable(Order order) => Sweep.Undisturbed(SweepTerms.Of(order)).Base >= order.Remaining;
}
