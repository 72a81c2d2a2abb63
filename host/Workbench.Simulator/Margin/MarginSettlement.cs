using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Margin;

/// <summary>
/// The money of perpetuals: orders bind margin, fills move a position and pay profit, loss and fee from the wallet. A loss the
/// wallet cannot bear is borne by the fee account, as by an insurance fund, so that a wallet never falls below zero.
/// </summary>
internal sealed class MarginSettlement(
    MarginAccounts accounts, Func<string, Contract> contract, Func<string, decimal> mark, VenueClock clock) : ISettlement
{
    private const int FeeDecimals = 8;

    /// <summary>Collects the fees, pays the rebates, and bears what wallets cannot.</summary>
    public Account Fees { get; } = new("linear-fees", isHouse: true, mayOwe: true);

    /// <summary>Told within the step what a fill of a client's order did; what it wants done it queues in the step.</summary>
    public Action<Order, PositionChange, EngineStep>? Filled { get; set; }

    public Rejection Admit(Account account, OrderBook book, NewOrder request)
    {
        if (account.IsHouse)
        {
            return Rejection.None;
        }

        var margin = accounts.Of(account);
        var holding = margin.Holding(contract(book.Symbol));
        if (request.Trigger is not null)
        {
            // Margin is looked at when it triggers.
            return Rejection.None;
        }

        if (request.ReduceOnly)
        {
            return holding[request.PositionIndex].Closable(request.Side) > 0 ? Rejection.None : Rejection.ReduceOnly;
        }

        var wanted = Wanted(SweepTerms.Of(account, book, request), request.Type, request.Price, request.PositionIndex);
        return IsAffordable(margin, holding, wanted, null) ? Rejection.None : Rejection.InsufficientBalance;
    }

    public Rejection AdmitAmend(Order order, decimal quantity, decimal price)
    {
        if (order.Account.IsHouse || order.ReduceOnly || !order.IsWorking)
        {
            return Rejection.None;
        }

        var margin = accounts.Of(order.Account);
        var changed = new WorkingOrder(order.Side, price, quantity - order.Executed - order.Prevented, order.PositionIndex, false);
        return IsAffordable(margin, margin.Holding(contract(order.Symbol)), changed, order) ? Rejection.None : Rejection.InsufficientBalance;
    }

    public CloseReason AdmitWork(Order order)
    {
        var margin = accounts.Of(order.Account);
        var holding = margin.Holding(contract(order.Symbol));
        if (order.ReduceOnly)
        {
            return holding[order.PositionIndex].Closable(order.Side) > 0 ? CloseReason.None : CloseReason.ReduceOnly;
        }

        var wanted = Wanted(SweepTerms.Of(order), order.Type, order.Price, order.PositionIndex);
        return IsAffordable(margin, holding, wanted, order) ? CloseReason.None : CloseReason.InsufficientBalance;
    }

    /// <summary>Contracts know no lists of orders.</summary>
    public CloseReason AdmitPending(Order order) => AdmitWork(order);

    public void Reserve(Order order, EngineStep step) => Rebind(order, step);

    public void Release(Order order, EngineStep step) => Rebind(order, step);

    public Fee Settle(Order order, decimal price, decimal quantity, bool isMaker, EngineStep step, long nowMicros)
    {
        var margin = accounts.Of(order.Account);
        var terms = contract(order.Symbol);
        var holding = margin.Holding(terms);
        var rates = order.Account.FeeRates(order.Symbol);
        var rate = isMaker ? rates.Maker : rates.Taker;
        var fee = decimal.Round(price * quantity * rate, FeeDecimals, MidpointRounding.ToZero);
        holding.OrderMargin = null;
        var change = holding[order.PositionIndex].Fill(order.Side, quantity, price, fee, clock.NowMicros, order.Book.UpdateId + 1);
        Pay(margin, change.Profit - fee);
        Fees.Balance(terms.SettleAsset).Change(fee, 0);
        if (!order.Account.IsHouse)
        {
            step.Touch(order.Account, margin.Wallet);
            Filled?.Invoke(order, change, step);
        }

        return new Fee(fee, terms.SettleAsset, rate);
    }

    public decimal Reducible(Order order, decimal quantity) => Math.Min(
        quantity, accounts.Of(order.Account).Holding(contract(order.Symbol))[order.PositionIndex].Closable(order.Side));

    /// <summary>Credits or debits a wallet; what it cannot bear is taken from the insurance.</summary>
    public void Pay(MarginAccount margin, decimal amount)
    {
        var shortfall = Math.Max(0, -(margin.Wallet.Free + amount));
        margin.Wallet.Change(amount + shortfall, 0);
        if (shortfall > 0)
        {
            Fees.Balance(margin.Wallet.Asset).Change(-shortfall, 0);
        }
    }

    private void Rebind(Order order, EngineStep step)
    {
        if (order.Account.IsHouse)
        {
            return;
        }

        var margin = accounts.Of(order.Account);
        margin.Holding(contract(order.Symbol)).OrderMargin = null;
        step.Touch(order.Account, margin.Wallet);
    }

    // A market order binds what it would take from the book now; a limit order the whole of it at its limit.
    private static WorkingOrder Wanted(SweepTerms terms, OrderType type, decimal price, int positionIndex)
    {
        if (type == OrderType.Limit)
        {
            return new WorkingOrder(terms.Side, price, terms.Quantity, positionIndex, false);
        }

        var taken = Sweep.AtMost(in terms);
        return new WorkingOrder(terms.Side, taken.Base == 0 ? 0 : taken.Quote / taken.Base, taken.Base, positionIndex, false);
    }

    private bool IsAffordable(MarginAccount margin, Holding holding, WorkingOrder wanted, Order? replaced)
    {
        var cost = margin.OrderMargin(holding, wanted, replaced) - margin.OrderMargin(holding);
        return cost <= 0 || cost <= margin.Available(mark);
    }
}
