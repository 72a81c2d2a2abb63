using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>Keeps the ledger of every account from the engine's events. State belongs to the venue's lock.</summary>
internal sealed class Ledgers(BybitOptions options) : IVenueListener
{
    private readonly Dictionary<string, AccountLedger> _ledgers = [];

    public AccountLedger this[Account account]
    {
        get
        {
            if (!_ledgers.TryGetValue(account.Id, out var ledger))
            {
                ledger = _ledgers[account.Id] = new AccountLedger(options);
            }

            return ledger;
        }
    }

    /// <summary>The level change that a trade causes follows it and takes the next number.</summary>
    public static long SequenceOfTrade(OrderBook book) => book.UpdateId + 1;

    public bool IsWatching(OrderBook book) => false;

    public void OnOrder(in OrderEvent e)
    {
        switch (e.Kind)
        {
            case OrderEventKind.Accepted when e.Order.Status == OrderStatus.Pending:
                break;
            case OrderEventKind.Accepted or OrderEventKind.Placed:
                this[e.Order.Account].Add(e.Order);
                break;
            case OrderEventKind.Trade:
                this[e.Order.Account].Add(e.Order, e.Trade!, SequenceOfTrade(e.Order.Book));
                break;
            case OrderEventKind.Expired when e.Prevented is { } match:
                this[e.Order.Account].AddSelfMatch(e.Order, e.Order.Id == match.TakerOrderId ? match.MakerOrderId : match.TakerOrderId);
                break;
        }
    }

    public void OnCorrected(Order order, AccountTrade trade, AccountTrade? corrected) => this[order.Account].Replace(trade, corrected);

    /// <summary>The service began anew.</summary>
    public void Restart(long nowMicros)
    {
        foreach (var ledger in _ledgers.Values)
        {
            ledger.Restart(nowMicros);
        }
    }

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
    }

    public void OnTop(OrderBook book, long timeMicros)
    {
    }

    public void OnStepEnd()
    {
    }

    public void OnTick(long nowMicros)
    {
    }
}
