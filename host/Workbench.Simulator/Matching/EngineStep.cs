namespace Workbench.Simulator.Matching;

/// <summary>Raises the events of one engine step and remembers what it touched for the closing events.</summary>
internal sealed class EngineStep(IEngineListener listener)
{
    private readonly List<(Account Account, List<Balance> Balances)> _touched = [];
    private readonly List<OrderBook> _books = [];
    private readonly Queue<EngineWork> _work = [];

    public void Emit(in OrderEvent e)
    {
        e.Order.UpdatedMicros = e.TimeMicros;
        listener.OnOrder(in e);
    }

    public void Emit(OrderEventKind kind, Order order, long now) => Emit(new OrderEvent(kind, order, ++order.Book.ExecutionId, now));

    public void Emit(OrderListEventKind kind, OrderList list, long now)
    {
        list.UpdatedMicros = now;
        var e = new OrderListEvent(kind, list, now);
        listener.OnOrderList(in e);
    }

    public void Corrected(Order order, AccountTrade trade, AccountTrade? corrected) => listener.OnCorrected(order, trade, corrected);

    public void Emit(OrderBook book, in PublicTrade trade, bool firesTriggers = true)
    {
        book.LastPrice = trade.Price;
        listener.OnTrade(book, in trade);
        if (firesTriggers)
        {
            book.Triggers(PriceSource.Last)?.Observe(trade.Price, trade.TimeMicros, _work);
        }
    }

    /// <summary>A new mark or index price, which only triggers see.</summary>
    public void Observe(OrderBook book, PriceSource source, decimal price, long now) =>
        book.Triggers(source)?.Observe(price, now, _work);

    /// <summary>Queues what is to be done in this step after the running command.</summary>
    public void Then(EngineWork work) => _work.Enqueue(work);

    /// <summary>Has a settlement's follow-up (a reduction, a liquidation) run in this step after the running command.</summary>
    public void Then(Action<MatchingEngine> action) => _work.Enqueue(new EngineWork(WorkKind.Run, null, action));

    public bool TryNext(out EngineWork work) => _work.TryDequeue(out work);

    public void LevelChanged(OrderBook book, Side side, PriceLevel level, long now)
    {
        var change = new LevelChange(side, level.Price, level.Quantity, ++book.UpdateId, now);
        if (!_books.Contains(book))
        {
            _books.Add(book);
        }

        listener.OnLevel(book, in change);
    }

    public void Touch(Account account, Balance balance)
    {
        if (account.IsHouse)
        {
            return;
        }

        var balances = _touched.Find(t => ReferenceEquals(t.Account, account)).Balances;
        if (balances is null)
        {
            _touched.Add((account, balances = []));
        }

        if (!balances.Contains(balance))
        {
            balances.Add(balance);
        }
    }

    public void Finish(long now)
    {
        foreach (var (account, balances) in _touched)
        {
            account.UpdatedMicros = now;
            listener.OnBalances(account, balances, now);
        }

        foreach (var book in _books)
        {
            if (book.RefreshTop())
            {
                listener.OnTop(book, now);
            }
        }

        _touched.Clear();
        _books.Clear();
        listener.OnStepEnd();
    }
}
