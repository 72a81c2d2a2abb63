using Workbench.Sdk;

namespace Workbench.Scripting.Tests.Fakes;

internal sealed class FakeOrders(FakeWorkbench workbench) : IOrders, IPortfolio
{
    private readonly List<Order> _orders = [];
    private readonly List<Fill> _fills = [];

    /// <summary>What every order gets for an answer instead of a fill, when set.</summary>
    public string? RejectWith { get; set; }

    /// <summary>Fills that the position does not know of: books that do not agree.</summary>
    public bool LosesFills { get; set; }

    public IReadOnlyList<Order> Open => [];

    public IReadOnlyList<Order> Unreachable => [];

    public IReadOnlyList<Order> All => _orders;

    public IReadOnlyList<Fill> Fills => _fills;

    public IReadOnlyList<Position> Positions =>
        [.. _fills.GroupBy(f => f.Connection).Select(g => new Position { Symbol = FakeWorkbench.Symbol, Connection = g.Key, Net = Net(g) })];

    public Position Position(Symbol symbol) => new() { Symbol = symbol, Net = Net(LosesFills ? _fills.Skip(1) : _fills) };

    public IOrderHandle Submit(OrderRequest request)
    {
        var id = new ClientOrderId($"t{_orders.Count + 1}");
        var order = new Order
        {
            Id = id,
            Request = request,
            Connection = workbench.Routes.Active,
            IsBackup = workbench.Routes.OnBackup,
            Knowledge = OrderKnowledge.Known,
            Status = RejectWith is null ? OrderStatus.Filled : OrderStatus.Rejected,
            Reason = RejectWith,
            Quantity = request.Quantity,
            FilledQuantity = RejectWith is null ? request.Quantity : Quantity.Zero,
            AverageFillPrice = new Price(61801m),
            CreatedAt = default,
            UpdatedAt = default,
            IsDone = true,
        };
        _orders.Add(order);
        if (RejectWith is null)
        {
            _fills.Add(FillOf(order));
        }

        return new Handle(order);
    }

    public bool Cancel(ClientOrderId id) => false;

    public IAsyncEnumerable<Order> Changes(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<Fill> NewFills(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IReadOnlyList<Balance> Balances(ConnectionId connection) => [];

    private static NetQuantity Net(IEnumerable<Fill> fills) => new(fills.Sum(f => NetQuantity.Of(f.Side, f.Quantity).Value));

    private static Fill FillOf(Order order) => new()
    {
        OrderId = order.Id,
        Connection = order.Connection!.Value,
        IsBackup = order.IsBackup,
        Report = new FillReport
        {
            Symbol = order.Request.Symbol,
            TradeId = new TradeId(order.Id.Value),
            VenueOrderId = new VenueOrderId(order.Id.Value),
            Side = order.Request.Side,
            Price = order.AverageFillPrice!.Value,
            Quantity = order.FilledQuantity,
            VenueTime = default,
        },
    };

    private sealed class Handle(Order order) : IOrderHandle
    {
        public ClientOrderId Id => order.Id;

        public Order State => order;

        public Task<Order> Answered => Task.FromResult(order);

        public Task<Order> Done => Task.FromResult(order);

        public bool Cancel() => false;
    }
}
