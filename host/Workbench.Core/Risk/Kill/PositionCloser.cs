using System.Collections.Concurrent;
using Workbench.Core.Connections;
using Workbench.Core.Execution;
using Workbench.Core.Pipeline;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Risk.Kill;

/// <summary>Closes every position at the market, each where it is held, with orders that can only make it smaller. Kill thread only.</summary>
internal sealed class PositionCloser(KillSwitch kill, Boards boards, Func<ConnectionId, Connection?> connections, Func<ConnectionId, Symbol, Quote?> quotes, PipelineInbox inbox, Func<ClientOrderId> nextId, TimeProvider time)
{
    private const int MostOrders = 3;

    private readonly ConcurrentDictionary<ClientOrderId, byte> _orders = new();
    private readonly Dictionary<(ConnectionId, Symbol), (ClientOrderId Newest, int Count)> _sent = [];
    private KillStatus? _status;

    /// <summary>True when nothing is left to close or to wait for.</summary>
    public bool IsDone { get; private set; }

    /// <summary>True for an order that closes a position.</summary>
    public bool IsOurs(ClientOrderId id) => _orders.ContainsKey(id);

    /// <summary>Sends what is needed now, and says of every position how it stands.</summary>
    public IReadOnlyList<string> Close(KillStatus status)
    {
        if (_status is null || _status.Since != status.Since)
        {
            (_status, IsDone) = (status, false);
            _sent.Clear();
        }

        var report = new List<string>();
        var pending = false;
        foreach (var position in boards.Positions.Where(p => p.Connection is not null))
        {
            if (!position.Net.IsFlat || _sent.ContainsKey((position.Connection!.Value, position.Symbol)))
            {
                var (text, isPending) = Close(position.Connection!.Value, position);
                report.Add($"{position.Symbol} at {position.Connection}: {text}");
                pending |= isPending;
            }
        }

        IsDone = !pending;
        return report;
    }

    private (string Text, bool IsPending) Close(ConnectionId at, Position position)
    {
        var key = (at, position.Symbol);
        if (_sent.TryGetValue(key, out var sent) && boards.Order(sent.Newest) is not { IsDone: true })
        {
            return ($"order {sent.Newest} is closing it", true);
        }

        if (position.Net.IsFlat)
        {
            return ("closed", false);
        }

        var side = position.Net.Value > 0 ? Side.Sell : Side.Buy;
        if (!boards.Instruments(at).TryGet(position.Symbol, out var instrument))
        {
            return ($"{position.Net.Size} cannot be closed: the market is not listed there any more", false);
        }

        var quantity = instrument.RoundDown(Closable(at, position, side), OrderType.Market);
        var price = side == Side.Sell ? quotes(at, position.Symbol)?.Bid : quotes(at, position.Symbol)?.Ask;
        if (instrument.Violation(OrderType.Market, quantity, price) is { } violation)
        {
            return ($"{position.Net.Size} cannot be closed: {violation}", false);
        }

        if (sent.Count >= MostOrders)
        {
            return ($"{position.Net.Size} is left after {sent.Count} orders: {boards.Order(sent.Newest)?.Reason ?? "they filled in part"}", false);
        }

        return Send(at, position.Symbol, side, quantity, instrument, sent.Count + 1);
    }

    /// <summary>No more than is held by our fills, and, in a spot market, than the venue says is free: a fee may have been taken from it.</summary>
    private Quantity Closable(ConnectionId at, Position position, Side side)
    {
        var size = position.Net.Size;
        var free = boards.Balances(at).FirstOrDefault(b => b.Asset == position.Symbol.Base)?.Free.Value;
        return side == Side.Sell && free is { } most && most < size.Value ? new Quantity(Math.Max(0, most)) : size;
    }

    private (string Text, bool IsPending) Send(ConnectionId at, Symbol symbol, Side side, Quantity quantity, Instrument instrument, int count)
    {
        var id = nextId();
        if (!kill.Admit(id))
        {
            return ("the kill switch is not at this level any more", false);
        }

        _orders.TryAdd(id, 0);
        _sent[(at, symbol)] = (id, count);
        var reduces = connections(at)?.Connector?.Manifest.Orders.GetValueOrDefault(instrument.Kind)?.ReduceOnly ?? false;
        inbox.Post(new OrderFact(new IntentCreated(Timestamp.Now(time), id, OrderRequest.Market(symbol, side, quantity) with { Connection = at, ReduceOnly = reduces }, TradingControls.KillOrigin)));
        return ($"order {id} closes {quantity}", true);
    }
}
