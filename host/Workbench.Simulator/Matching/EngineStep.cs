namespace Workbench.Simulator.Matching;

/// <summary>Raises the events of one engine step and remembers what it touched for the closing events.</summary>
internal sealed class EngineStep(IEngineListener listener)
{
    private readonly List<(Account Account, List<Balance> Balances)> _touched = [];
    private readonly List<OrderBook> _books = [];

    public void Emit(OrderEventKind kind, Order order, long now, AccountTrade? trade = null, string requestClientId = "", string previousClientId = "")
    {
        order.UpdatedMicros = now;
        var e = new OrderEvent(kind, order, ++order.Book.ExecutionId, now)
        {
            Trade = trade,
            RequestClientId = requestClientId,
            PreviousClientId = previousClientId,
        };
        listener.OnOrder(in e);
    }

    public void Emit(OrderBook book, in PublicTrade trade)
    {
        book.LastPrice = trade.Price;
        listener.OnTrade(book, in trade);
    }

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
