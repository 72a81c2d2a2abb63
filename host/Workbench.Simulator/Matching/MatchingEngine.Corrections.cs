namespace Workbench.Simulator.Matching;

/// <content>Trades that a venue gets wrong or takes back: more than an order wanted, void, or at another price. The fee account is the other side of the money, so every asset stays conserved.</content>
internal sealed partial class MatchingEngine
{
    /// <summary>Fills an order beyond its quantity, at the last price and without a fee; its account pays and receives for it.</summary>
    /// <returns>False, and nothing happens, when the account cannot pay.</returns>
    public bool Overfill(Order order, decimal quantity)
    {
        var (book, price) = (order.Book, order.Book.LastPrice);
        if (price <= 0 || !TryExchange(order, order.Side, price, quantity))
        {
            return false;
        }

        order.Executed += quantity;
        order.ExecutedQuote += price * quantity;
        var trade = new AccountTrade(
            ++book.LastTradeId, order.Id, order.Symbol, order.Side, price, quantity, price * quantity, 0, order.Side == Side.Buy ? book.Base : book.Quote, false, NowMicros);
        order.Account.Record(order, trade);
        _step.Emit(new OrderEvent(OrderEventKind.Trade, order, ++book.ExecutionId, NowMicros) { Trade = trade });
        _step.Emit(book, new PublicTrade(book.Symbol, trade.Id, price, quantity, order.Side, order.Id, NowMicros), firesTriggers: false);
        End();
        return true;
    }

    /// <summary>
    /// Declares a trade of one account void, or gives it another price: what it moved is moved back, its fee with it, and lists of trades show it no more, or with the new
    /// price. Nobody is told of the trade itself; balances are.
    /// </summary>
    /// <param name="order">The order that traded.</param>
    /// <param name="trade">One of its trades.</param>
    /// <param name="price">The right price; null declares it void.</param>
    /// <returns>False, and nothing happens, when the account no longer has what it would give back.</returns>
    public bool Correct(Order order, AccountTrade trade, decimal? price)
    {
        var corrected = price is { } right ? trade with { Price = right, QuoteQuantity = right * trade.Quantity } : null;
        var difference = (corrected?.QuoteQuantity ?? 0) - trade.QuoteQuantity;
        if (!(corrected is null ? TryExchange(order, order.Side.Opposite(), trade.Price, trade.Quantity) : TryPay(order, order.Side == Side.Buy ? difference : -difference)))
        {
            return false;
        }

        if (corrected is null)
        {
            order.Executed -= trade.Quantity;
            GiveBack(order.Account, trade.FeeAsset, trade.Fee);
        }

        order.ExecutedQuote += difference;
        order.Account.History.Replace(order, trade, corrected);
        _step.Corrected(order, trade, corrected);
        End();
        return true;
    }

    // Begins a step when it succeeds; the caller ends it.
    private bool TryExchange(Order order, Side side, decimal price, decimal quantity)
    {
        var (buys, book) = (side == Side.Buy, order.Book);
        var (spent, received) = buys ? (book.Quote, book.Base) : (book.Base, book.Quote);
        var (paid, got) = buys ? (price * quantity, quantity) : (quantity, price * quantity);
        if (order.Account.Balance(spent).Available < paid)
        {
            return false;
        }

        Begin();
        GiveBack(order.Account, spent, -paid);
        GiveBack(order.Account, received, got);
        return true;
    }

    private bool TryPay(Order order, decimal quote)
    {
        if (quote > 0 && order.Account.Balance(order.Book.Quote).Available < quote)
        {
            return false;
        }

        Begin();
        GiveBack(order.Account, order.Book.Quote, -quote);
        return true;
    }

    private void GiveBack(Account account, string asset, decimal amount)
    {
        var balance = account.Balance(asset);
        balance.Change(amount, 0);
        Fees.Balance(asset).Change(-amount, 0);
        _step.Touch(account, balance);
    }
}
