namespace Workbench.Simulator.Matching;

/// <summary>
/// Money movements of orders. A limit buy locks price × quantity, a limit sell locks the quantity; market orders lock
/// nothing because they are over within the step. Fees come out of what is received, rounded down to 8 decimals.
/// </summary>
internal static class Funds
{
    private const int FeeDecimals = 8;

    public static void Lock(Order order, EngineStep step)
    {
        if (order.Type == OrderType.Limit)
        {
            Move(order, order.Remaining, order.Price, step);
        }
    }

    public static void Unlock(Order order, EngineStep step)
    {
        if (order.Type == OrderType.Limit)
        {
            Move(order, -order.Remaining, order.Price, step);
        }
    }

    /// <summary>Needed free amount to lock <paramref name="quantity"/> at <paramref name="price"/>.</summary>
    public static decimal Needed(Side side, decimal quantity, decimal price) => side == Side.Buy ? quantity * price : quantity;

    public static (decimal Fee, string Asset) Settle(Order order, decimal price, decimal quantity, bool isMaker, Account fees, EngineStep step)
    {
        var account = order.Account;
        var baseBalance = account.Balance(order.Book.Base);
        var quoteBalance = account.Balance(order.Book.Quote);
        var quote = price * quantity;
        var buys = order.Side == Side.Buy;
        var received = buys ? quantity : quote;
        var rate = isMaker ? account.MakerRate : account.TakerRate;
        var fee = decimal.Round(received * rate, FeeDecimals, MidpointRounding.ToZero);
        if (buys)
        {
            Pay(quoteBalance, order.Type == OrderType.Limit ? order.Price * quantity : 0, quote);
            baseBalance.Change(quantity - fee, 0);
        }
        else
        {
            Pay(baseBalance, order.Type == OrderType.Limit ? quantity : 0, quantity);
            quoteBalance.Change(quote - fee, 0);
        }

        var asset = buys ? order.Book.Base : order.Book.Quote;
        if (fee > 0)
        {
            fees.Balance(asset).Change(fee, 0);
        }

        step.Touch(account, baseBalance);
        step.Touch(account, quoteBalance);
        return (fee, asset);
    }

    // What was locked above the amount due (a better price) returns to free.
    private static void Pay(Balance balance, decimal locked, decimal due) =>
        balance.Change(locked > 0 ? locked - due : -due, -locked);

    private static void Move(Order order, decimal quantity, decimal price, EngineStep step)
    {
        var amount = Needed(order.Side, quantity, price);
        var balance = order.Account.Balance(order.Side == Side.Buy ? order.Book.Quote : order.Book.Base);
        balance.Change(-amount, amount);
        step.Touch(order.Account, balance);
    }
}
