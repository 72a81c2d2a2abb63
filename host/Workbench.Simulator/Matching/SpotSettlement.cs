namespace Workbench.Simulator.Matching;

/// <summary>
/// Money movements of spot orders. A limit buy locks price × quantity, a limit sell locks the quantity; market orders lock
/// nothing because they are over within the step. The two orders of a pair lock once, the larger of their needs.
/// </summary>
internal sealed class SpotSettlement(FeeSchedule fees) : ISettlement
{
    public Rejection Admit(Account account, OrderBook book, NewOrder request)
    {
        if (request.Trigger is { LocksFunds: false })
        {
            return Rejection.None;
        }

        var spend = account.Balance(Spent(book, request.Side));
        return spend.Available < Needed(account, book, request) ? Rejection.InsufficientBalance : Rejection.None;
    }

    public Rejection AdmitAmend(Order order, decimal quantity, decimal price)
    {
        if (Need(order) == 0)
        {
            return Rejection.None;
        }

        var rest = quantity - order.Executed - order.Prevented;
        var needed = Needed(order.Side, rest, order.Type == OrderType.Limit ? price : order.Trigger!.LockPrice);
        var locked = order.Locked + (order.Contra?.Locked ?? 0);
        return order.Account.Balance(Spent(order.Book, order.Side)).Available + locked < needed ? Rejection.InsufficientBalance : Rejection.None;
    }

    public CloseReason AdmitWork(Order order)
    {
        var available = order.Account.Balance(Spent(order.Book, order.Side)).Available + order.Locked + (order.Contra?.Locked ?? 0);
        return available < NeededToWork(order) ? CloseReason.InsufficientBalance : CloseReason.None;
    }

    public CloseReason AdmitPending(Order order)
    {
        if (order.Trigger is null)
        {
            return AdmitWork(order);
        }

        var needed = order.Trigger.Terms.LocksFunds ? NeededToWait(order) : 0;
        var available = order.Account.Balance(Spent(order.Book, order.Side)).Available + (order.Contra?.Locked ?? 0);
        return available < needed ? CloseReason.InsufficientBalance : CloseReason.None;
    }

    public void Reserve(Order order, EngineStep step)
    {
        var target = Need(order);
        var held = order.Locked;
        if (order.Contra is { IsOpen: true } contra)
        {
            target = Math.Max(target, Need(contra));
            held += contra.Locked;
            contra.Locked = 0;
        }

        order.Locked = target;
        Move(order, target - held, step);
    }

    public void Release(Order order, EngineStep step)
    {
        var held = order.Locked;
        order.Locked = 0;
        if (order.Contra is { IsOpen: true } contra)
        {
            contra.Locked += held;
            Reserve(contra, step);
        }
        else
        {
            Move(order, -held, step);
        }
    }

    public Fee Settle(Order order, decimal price, decimal quantity, bool isMaker, EngineStep step, long nowMicros)
    {
        Exchange(order, price, quantity, step);
        return fees.Charge(order, price, quantity, isMaker, step, nowMicros);
    }

    /// <summary>One side of an exchange of base and quote, without a fee.</summary>
    public static void Exchange(Order order, decimal price, decimal quantity, EngineStep step)
    {
        var book = order.Book;
        var quote = price * quantity;
        var buys = order.Side == Side.Buy;
        var rest = order.Type == OrderType.Limit ? Needed(order.Side, order.Remaining - quantity, order.Price) : 0;
        var unlocked = order.Locked > 0 ? order.Locked - rest : 0;
        order.Locked -= unlocked;

        // What was locked above the amount due (a better price) returns to free.
        var spent = order.Account.Balance(Spent(book, order.Side));
        spent.Change(unlocked - (buys ? quote : quantity), -unlocked);
        var received = order.Account.Balance(buys ? book.Base : book.Quote);
        received.Change(buys ? quantity : quote, 0);
        step.Touch(order.Account, spent);
        step.Touch(order.Account, received);
    }

    public decimal Reducible(Order order, decimal quantity) => quantity;

    private static string Spent(OrderBook book, Side side) => side == Side.Buy ? book.Quote : book.Base;

    private static decimal Needed(Side side, decimal quantity, decimal price) => side == Side.Buy ? quantity * price : quantity;

    private static decimal Need(Order order)
    {
        if (order.Status == OrderStatus.Pending || order is { Status: OrderStatus.Untriggered, Trigger.Terms.LocksFunds: false })
        {
            return 0;
        }

        if (order.Type == OrderType.Limit)
        {
            return Needed(order.Side, order.Remaining, order.Price);
        }

        return order.Status == OrderStatus.Untriggered ? NeededToWait(order) : 0;
    }

    private static decimal NeededToWait(Order order) =>
        order.Type == OrderType.Limit ? Needed(order.Side, order.Remaining, order.Price)
        : order.IsQuoteSized ? order.QuoteQuantity
        : Needed(order.Side, order.Remaining, order.Trigger!.LockPrice);

    private static decimal Needed(Account account, OrderBook book, NewOrder request)
    {
        if (request.Type == OrderType.Limit)
        {
            return Needed(request.Side, request.Quantity, request.Price);
        }

        if (request.Trigger is { } trigger)
        {
            return request.QuoteQuantity > 0 ? request.QuoteQuantity : Needed(request.Side, request.Quantity, book.LockPrice(trigger));
        }

        return Market(SweepTerms.Of(account, book, request));
    }

    private static decimal NeededToWork(Order order) => order.Type == OrderType.Limit
        ? Needed(order.Side, order.Remaining, order.Price)
        : Market(SweepTerms.Of(order));

    private static decimal Market(SweepTerms terms)
    {
        if (terms.Side == Side.Buy)
        {
            return terms.QuoteQuantity > 0 ? terms.QuoteQuantity : Sweep.AtMost(terms).Quote;
        }

        return terms.QuoteQuantity > 0 ? Sweep.AtMost(terms).Base : terms.Quantity;
    }

    private static void Move(Order order, decimal amount, EngineStep step)
    {
        if (amount == 0)
        {
            return;
        }

        var balance = order.Account.Balance(Spent(order.Book, order.Side));
        balance.Change(-amount, amount);
        step.Touch(order.Account, balance);
    }
}
