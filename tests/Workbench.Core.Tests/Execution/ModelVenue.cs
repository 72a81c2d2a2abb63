using Workbench.Sdk;

namespace Workbench.Core.Tests.Execution;

/// <summary>The least that is still a venue: orders with fills, and their past, because its queries answer from a replica that lags.</summary>
internal sealed class ModelVenue
{
    private readonly Dictionary<ClientOrderId, List<State>> _orders = [];
    private int _trades;

    /// <summary>One moment of one order.</summary>
    public sealed record State(Timestamp At, OrderReport Report, IReadOnlyList<FillReport> Fills)
    {
        public bool IsWorking => !Report.Status.IsFinal();

        public decimal Filled => Fills.Sum(f => f.Quantity.Value);

        /// <summary>The most that can ever be filled.</summary>
        public decimal Worst => IsWorking ? Report.Quantity!.Value.Value : Filled;
    }

    public IEnumerable<ClientOrderId> Ids => _orders.Keys;

    public State? Find(ClientOrderId id) => _orders.TryGetValue(id, out var states) ? states[^1] : null;

    public State? FindAt(ClientOrderId id, Timestamp at) => _orders.TryGetValue(id, out var states) ? states.FindLast(s => s.At <= at) : null;

    public State Create(NewOrder order, Timestamp at)
    {
        var report = new OrderReport
        {
            Symbol = order.Instrument.Symbol,
            ClientOrderId = order.ClientOrderId,
            VenueOrderId = new VenueOrderId($"v{_orders.Count + 1}"),
            Status = OrderStatus.New,
            Side = order.Side,
            Quantity = order.Quantity,
            FilledQuantity = Quantity.Zero,
            VenueTime = at,
        };
        _orders.Add(order.ClientOrderId, [new State(at, report, [])]);
        return _orders[order.ClientOrderId][^1];
    }

    public FillReport Fill(ClientOrderId id, decimal wanted, Timestamp at)
    {
        var state = Find(id)!;
        var quantity = Math.Min(wanted, state.Worst - state.Filled);
        var fill = new FillReport
        {
            Symbol = state.Report.Symbol,
            TradeId = new TradeId($"t{++_trades}"),
            VenueOrderId = state.Report.VenueOrderId,
            ClientOrderId = id,
            Side = state.Report.Side!.Value,
            Price = new Price(100 + (_trades % 7)),
            Quantity = new Quantity(quantity),
            VenueTime = at,
        };
        var filled = state.Filled + quantity;
        var status = filled == state.Report.Quantity!.Value.Value ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        Become(id, new State(at, state.Report with { Status = status, FilledQuantity = new Quantity(filled), VenueTime = at }, [.. state.Fills, fill]));
        return fill;
    }

    public void Cancel(ClientOrderId id, Timestamp at)
    {
        var state = Find(id)!;
        Become(id, state with { At = at, Report = state.Report with { Status = OrderStatus.Cancelled, VenueTime = at } });
    }

    private void Become(ClientOrderId id, State state) => _orders[id].Add(state);
}
