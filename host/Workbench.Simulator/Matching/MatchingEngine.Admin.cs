using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Matching;

/// <content>What the venue itself does to its books: halts, delisting, new filters, prices from outside, and lies to the public.</content>
internal sealed partial class MatchingEngine
{
    /// <summary>Swaps filters or status. Resting orders stay as they are.</summary>
    public void Change(OrderBook book, Instrument instrument)
    {
        if (instrument.Symbol != book.Symbol || instrument.BaseAsset != book.Base || instrument.QuoteAsset != book.Quote)
        {
            throw new ArgumentException($"{instrument.Symbol} is not the instrument of book {book.Symbol}.", nameof(instrument));
        }

        book.Instrument = instrument;
    }

    public void ChangeStatus(OrderBook book, InstrumentStatus status) => Change(book, book.Instrument with { Status = status });

    /// <summary>Cancels every open order of a symbol and takes no more; the book stays known.</summary>
    public void Delist(OrderBook book)
    {
        ChangeStatus(book, InstrumentStatus.Delisted);
        Begin();
        foreach (var order in OpenOrders(book))
        {
            CancelIfOpen(order, CloseReason.CancelledByVenue);
        }

        End();
    }

    /// <summary>Cancels open orders of one account in one step, oldest first; returns those it cancelled itself.</summary>
    public IReadOnlyList<Order> CancelMany(
        Account account, Func<Order, bool> isMeant, CloseReason reason = CloseReason.CancelledByOwner)
    {
        List<Order> orders = [.. account.OpenOrders.Where(isMeant)];
        Begin();
        orders.RemoveAll(order => !CancelIfOpen(order, reason));
        End();
        return orders;
    }

    /// <summary>Ends an open order in the venue's name, as an expiry and not as a cancel.</summary>
    public Rejection Expire(Order order, CloseReason reason)
    {
        if (!order.IsOpen)
        {
            return Rejection.NotOpen;
        }

        Begin();
        Matcher.Expire(order, reason);
        End();
        return Rejection.None;
    }

    /// <summary>Sets a mark or index price and runs the orders it triggers.</summary>
    public void SetPrice(OrderBook book, PriceSource source, decimal price)
    {
        book.SetPrice(source, price);
        if (book.Triggers(source) is not { Count: > 0 } || book.Instrument.Status != InstrumentStatus.Trading)
        {
            return;
        }

        Begin();
        _step.Observe(book, source, price, NowMicros);
        End();
    }

    /// <summary>
    /// Shows a quantity at a price with no order behind it: a crossed or locked book, a price of 0, an absurd one. The public
    /// sees it like any level, nothing trades with it and nobody's money moves. Quantity 0 takes it away.
    /// </summary>
    public void Distort(OrderBook book, Side side, decimal price, decimal quantity)
    {
        var ladder = book[side];
        if (quantity == 0 && ladder.Find(price) is null)
        {
            return;
        }

        Begin();
        Pretend(book, ladder, ladder.GetOrAdd(price), quantity);
        End();
    }

    /// <summary>Takes every distortion of a book away.</summary>
    public void Straighten(OrderBook book)
    {
        Begin();
        foreach (var ladder in (Ladder[])[book.Bids, book.Asks])
        {
            for (var rank = ladder.Count - 1; rank >= 0; rank--)
            {
                if (ladder[rank].Phantom > 0)
                {
                    Pretend(book, ladder, ladder[rank], 0);
                }
            }
        }

        End();
    }

    /// <summary>
    /// Reports a trade that nobody made, at any price, without touching orders or balances. Conditional orders believe it
    /// only when told to: what they then do is real.
    /// </summary>
    public void Print(OrderBook book, decimal price, decimal quantity, Side takerSide, bool firesTriggers = false)
    {
        Print(book, new PublicTrade(book.Symbol, ++book.LastTradeId, price, quantity, takerSide, ++_lastOrderId, NowMicros), firesTriggers);
    }

    /// <summary>Reports a trade as it is given, with its own id and time.</summary>
    public void Print(OrderBook book, in PublicTrade trade, bool firesTriggers)
    {
        Begin();
        _step.Emit(book, in trade, firesTriggers);
        End();
    }

    private void Pretend(OrderBook book, Ladder ladder, PriceLevel level, decimal quantity)
    {
        level.Pretend(quantity);
        if (level.IsEmpty)
        {
            ladder.Remove(level);
        }

        _step.LevelChanged(book, ladder.Side, level, NowMicros);
    }

    private bool CancelIfOpen(Order order, CloseReason reason, string requestClientId = "")
    {
        if (!order.IsOpen)
        {
            return false;
        }

        if (order.List is { IsOpen: true } list)
        {
            CancelAll(list, requestClientId, reason);
        }
        else
        {
            Matcher.Cancel(order, reason, requestClientId);
        }

        return true;
    }

    private List<Order> OpenOrders(OrderBook book)
    {
        List<Order> orders = [];
        foreach (var ladder in (Ladder[])[book.Bids, book.Asks])
        {
            for (var rank = 0; rank < ladder.Count; rank++)
            {
                for (var order = ladder[rank].First; order is not null; order = order.Next)
                {
                    orders.Add(order);
                }
            }
        }

        orders.AddRange(_accounts.Values.SelectMany(a => a.OpenOrders).Where(o => ReferenceEquals(o.Book, book) && o.Level is null));
        return orders;
    }
}
