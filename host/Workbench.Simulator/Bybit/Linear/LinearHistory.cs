using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>One account's executions and closed profits, oldest first. Used inside the venue's lock.</summary>
internal sealed class AccountHistory
{
    private readonly List<LinearExecution> _executions = [];
    private readonly List<ClosedPnl> _closed = [];
    private readonly Dictionary<string, ClosedPnl> _closedByOrder = [];

    public IReadOnlyList<LinearExecution> Executions => _executions;

    public IReadOnlyList<ClosedPnl> Closed => _closed;

    public long NextExecution => _executions.Count + 1;

    public long NextClosed => _closed.Count + 1;

    public ClosedPnl? ClosedBy(string orderId) => _closedByOrder.GetValueOrDefault(orderId);

    public LinearExecution Add(LinearExecution execution)
    {
        _executions.Add(execution);
        return execution;
    }

    public void Add(ClosedPnl closed)
    {
        _closed.Add(closed);
        _closedByOrder[closed.OrderId] = closed;
    }
}

/// <summary>Writes the histories from the engine's fills and from what the venue itself books.</summary>
internal sealed class LinearHistory(LinearVenue linear) : IVenueListener
{
    private readonly Dictionary<string, AccountHistory> _accounts = [];
    private PositionChange _change;

    public AccountHistory this[Account account]
    {
        get
        {
            if (!_accounts.TryGetValue(account.Id, out var history))
            {
                history = _accounts[account.Id] = new AccountHistory();
            }

            return history;
        }
    }

    /// <summary>Told by the settlement just before the engine reports the fill.</summary>
    public void Expect(PositionChange change) => _change = change;

    public bool IsWatching(OrderBook book) => false;

    public void OnOrder(in OrderEvent e)
    {
        if (e.Kind == OrderEventKind.Trade)
        {
            Add(e.Order, e.Trade!, _change);
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

    private void Add(Order order, AccountTrade trade, PositionChange change)
    {
        var history = this[order.Account];
        var prices = linear.Prices(order.Symbol)!;
        history.Add(new LinearExecution
        {
            Ordinal = history.NextExecution,
            Id = LinearIds.Execution(order.Symbol, trade.Id, trade.IsMaker),
            Type = "Trade",
            Symbol = order.Symbol,
            BaseCoin = order.Book.Base,
            SettleCoin = order.Book.Quote,
            Side = order.Side,
            Price = trade.Price,
            Quantity = trade.Quantity,
            Fee = trade.Fee,
            FeeRate = trade.FeeRate,
            MarkPrice = prices.Mark,
            IndexPrice = prices.Index,
            TimeMicros = trade.TimeMicros,
            PositionIndex = order.PositionIndex,
            Order = order,
            IsMaker = trade.IsMaker,
            Closed = change.Closed,
            Profit = change.Profit,
            Leaves = order.IsOpen ? order.Remaining : 0,
            Sequence = order.Book.UpdateId + 1,
        });
        if (change.Closed > 0)
        {
            Close(history, order, trade, change);
        }
    }

    private void Close(AccountHistory history, Order order, AccountTrade trade, PositionChange change)
    {
        var id = LinearIds.Order(order.Id);
        var closed = history.ClosedBy(id);
        if (closed is null)
        {
            history.Add(closed = new ClosedPnl
            {
                Ordinal = history.NextClosed,
                OrderId = id,
                Symbol = order.Symbol,
                Side = order.Side,
                Leverage = linear.Accounts.Of(order.Account).Holding(linear.Prices(order.Symbol)!.Contract).Leverage(order.Side.Opposite()),
                CreatedMicros = order.CreatedMicros,
                OrderQuantity = order.Quantity,
                OrderPrice = order.Price,
                OrderType = LinearText.Type(order),
            });
        }

        closed.Add(in change, trade.Price, trade.TimeMicros);
    }
}
