using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>
/// The private pushes of contracts. The events of one engine step are merged: its fills, each order it touched in its state
/// after the step, the positions these orders belong to (changed or not), then the wallet.
/// </summary>
internal sealed class LinearPushes : IVenueListener
{
    private readonly LinearVenue _linear;
    private readonly PrivateFeed _feed;
    private readonly List<LinearExecution> _executions = [];
    private readonly List<Order> _orders = [];
    private readonly List<(Account Account, Position Position)> _positions = [];
    private readonly List<Account> _wallets = [];

    public LinearPushes(LinearVenue linear, PrivateFeed feed)
    {
        (_linear, _feed) = (linear, feed);
        linear.Booked += OnBooked;
    }

    public bool IsWatching(OrderBook book) => false;

    public void OnOrder(in OrderEvent e)
    {
        var order = e.Order;
        if (!_feed.HasListeners(order.Account))
        {
            return;
        }

        if (e.Kind == OrderEventKind.Trade)
        {
            _executions.Add(_linear.History[order.Account].Executions[^1]);
        }

        if (!_orders.Contains(order))
        {
            _orders.Add(order);
        }

        Touch(order.Account, Holding(order.Account, order.Symbol)[order.PositionIndex]);
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
        if (_feed.HasListeners(account))
        {
            _wallets.Add(account);
        }
    }

    public void OnStepEnd()
    {
        foreach (var order in _orders)
        {
            var fills = _executions.Where(x => ReferenceEquals(x.Order, order)).ToList();
            Push(order.Account, "execution", fills, static (w, x) => LinearExecutionJson.Write(w, x, isPush: true));
            Push(order.Account, "execution.fast", fills, LinearExecutionJson.WriteFast);
        }

        foreach (var order in _orders)
        {
            Push(order.Account, "order", [order], (w, o) => LinearOrderJson.Write(w, o, _linear, isPush: true));
        }

        foreach (var (account, position) in _positions)
        {
            PushPosition(account, position);
        }

        foreach (var account in _wallets)
        {
            PushWallet(account);
        }

        _executions.Clear();
        _orders.Clear();
        _positions.Clear();
        _wallets.Clear();
    }

    /// <summary>Tells a change of the position that no order caused, such as of its leverage.</summary>
    public void PushPosition(Account account, Position position) => Push(
        account, "position", [position], (w, p) => PositionJson.Write(w, _linear, _linear.Accounts.Of(account), p, isPush: true));

    /// <summary>Pushes a filled order once more, with the reason of a cancel that came too late.</summary>
    public void PushLateCancel(Order order) =>
        Push(order.Account, "order", [order], (w, o) => LinearOrderJson.Write(w, o, _linear, isPush: true, isCancelledLate: true));

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
    }

    public void OnTop(OrderBook book, long timeMicros)
    {
    }

    public void OnTick(long nowMicros)
    {
    }

    private void OnBooked(MarginAccount margin, LinearExecution execution)
    {
        Push(margin.Account, "execution", [execution], static (w, x) => LinearExecutionJson.Write(w, x, isPush: true));
        PushPosition(margin.Account, Holding(margin.Account, execution.Symbol)[execution.PositionIndex]);
        PushWallet(margin.Account);
    }

    private Holding Holding(Account account, string symbol) => _linear.Accounts.Of(account).Holding(_linear.Prices(symbol)!.Contract);

    private void Touch(Account account, Position position)
    {
        if (!_positions.Exists(p => ReferenceEquals(p.Position, position)))
        {
            _positions.Add((account, position));
        }
    }

    private void PushWallet(Account account)
    {
        var margin = _linear.Accounts.Of(account);
        Push(account, "wallet", [margin.Wallet], (w, coin) => WalletJson.Write(w, _linear.Spot, margin.Owner, [coin], _linear.Wallet(margin.Owner)));
    }

    private void Push<T>(Account account, string topic, IReadOnlyCollection<T> items, Action<System.Text.Json.Utf8JsonWriter, T> write)
    {
        if (items.Count > 0)
        {
            _feed.Push(account, topic, Categories.Linear, items, write);
        }
    }
}
