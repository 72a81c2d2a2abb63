using System.Text.Json;
using Workbench.Simulator.Bybit.Linear;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>
/// Order, execution and wallet pushes. The events of one engine step are merged: its fills, then each order it touched in
/// its state after the step, then the coins that changed. State belongs to the venue's lock.
/// </summary>
internal sealed class PrivateFeed(SimulatedVenue venue, Ledgers ledgers, LinearVenue linear, PushGate gate) : IVenueListener
{
    private readonly Dictionary<string, List<PrivateSession>> _sessions = [];
    private readonly List<AccountFill> _fills = [];
    private readonly List<Order> _orders = [];
    private readonly List<Action> _first = [];
    private readonly List<(Account Account, Balance[] Coins)> _wallets = [];
    private long _messages;

    public void Add(Account account, PrivateSession session)
    {
        if (!_sessions.TryGetValue(account.Id, out var list))
        {
            list = _sessions[account.Id] = [];
        }

        list.Add(session);
    }

    public void Remove(Account account, PrivateSession session) => _sessions.GetValueOrDefault(account.Id)?.Remove(session);

    public bool HasListeners(Account account) => _sessions.GetValueOrDefault(account.Id) is { Count: > 0 };

    public bool IsWatching(OrderBook book) => false;

    public void OnOrder(in OrderEvent e)
    {
        var order = e.Order;
        if (!_sessions.ContainsKey(order.Account.Id) || !ledgers[order.Account].Knows(order))
        {
            return;
        }

        if (e.Kind == OrderEventKind.Triggered)
        {
            PushFirst(order, OrderMoment.Triggered);
        }

        if (e.Kind == OrderEventKind.Trade)
        {
            _fills.Add(ledgers[order.Account].Fills[^1]);
        }

        if (!_orders.Contains(order))
        {
            _orders.Add(order);
        }
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
        if (_sessions.ContainsKey(account.Id))
        {
            _wallets.Add((account, [.. touched]));
        }
    }

    public void OnStepEnd()
    {
        _first.ForEach(push => push());
        foreach (var fills in _fills.GroupBy(f => f.Order.Account))
        {
            var info = new FrameInfo(FrameKinds.Fill, fills.First().Order.Symbol);
            Push(fills.Key, "execution", Categories.Spot, fills, static (w, f) => ExecutionJson.Write(w, f, isPush: true), info);
            Push(fills.Key, "execution.fast", Categories.Spot, fills, ExecutionJson.WriteFast, info);
        }

        foreach (var order in _orders)
        {
            var info = new FrameInfo(order.IsOpen || order.Status == OrderStatus.Filled ? FrameKinds.Order : FrameKinds.Closed, order.Symbol);
            Push(order.Account, "order", Categories.Spot, [order], (w, o) => OrderJson.Write(w, o, ledgers[o.Account], isPush: true), info);
        }

        foreach (var (account, coins) in _wallets)
        {
            Push(account, "wallet", Categories.Spot, [coins], (w, c) => WalletJson.Write(w, venue, account, c, linear.Wallet(account)));
        }

        _first.Clear();
        _fills.Clear();
        _orders.Clear();
        _wallets.Clear();
    }

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

    /// <summary>Tells the owner of a filled order that his cancel came too late. To be called in the venue's lock.</summary>
    public void PushLateCancel(Order order) => Push(order.Account, "order", Categories.Spot, [order], (w, o) =>
        OrderJson.Write(w, o, ledgers[o.Account], isPush: true, OrderMoment.CancelledLate));

    /// <summary>Sends items to the account's sessions that listen to the topic of that category.</summary>
    public void Push<T>(Account account, string topic, string category, IEnumerable<T> items, Action<Utf8JsonWriter, T> write, FrameInfo? info = null)
    {
        var frame = info ?? BybitTraffic.Frame(topic);
        foreach (var session in _sessions.GetValueOrDefault(account.Id, []))
        {
            if (session.TopicNameFor(topic, category) is { } name)
            {
                gate.Push(session.Connection, Message(name, items, write), frame);
            }
        }
    }

    // Written now, because the order moves on within the step.
    private void PushFirst(Order order, OrderMoment moment)
    {
        var item = JsonText.Render(order, (w, o) => OrderJson.Write(w, o, ledgers[o.Account], isPush: true, moment));
        _first.Add(() => Push(order.Account, "order", Categories.Spot, [item], static (w, json) => w.WriteRawValue(json, skipInputValidation: true)));
    }

    private byte[] Message<T>(string topic, IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => BybitJson.Object(writer =>
    {
        writer.WriteString("id", $"{venue.Name}-{BybitJson.Text(++_messages)}");
        writer.WriteString("topic", topic);
        writer.WriteNumber("creationTime", venue.Clock.NowMillis);
        writer.WriteList("data", items, write);
    });
}
