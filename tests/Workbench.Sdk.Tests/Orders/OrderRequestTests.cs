namespace Workbench.Sdk.Tests.Orders;

public sealed class OrderRequestTests
{
    private static readonly OrderRequest Market = OrderRequest.Market("BTC/USDT", Side.Buy, new Quantity(1));
    private static readonly OrderRequest Limit = OrderRequest.Limit("BTC/USDT", Side.Sell, new Quantity(1), new Price(100));

    private static readonly OrderRequest Stop = OrderRequest.Stop("BTC/USDT", Side.Sell, new Quantity(1), new Price(90));
    private static readonly OrderRequest StopLimit = OrderRequest.StopLimit("BTC/USDT", Side.Sell, new Quantity(1), new Price(90), new Price(89));
    private static readonly Timestamp Later = new(1);

    public static TheoryData<OrderRequest, string?> Requests => new()
    {
        { Market, null },
        { Limit, null },
        { Limit with { PostOnly = true }, null },
        { Limit with { TimeInForce = TimeInForce.FillOrKill }, null },
        { Market with { TimeInForce = TimeInForce.ImmediateOrCancel }, null },
        { Limit with { Tag = new string('x', 64) }, null },
        { Limit with { Quantity = new Quantity(100_000_000_000_000), LimitPrice = new Price(100_000_000_000_000) }, null },
        { Limit with { Symbol = default }, "the symbol is missing" },
        { Market with { Quantity = default }, "the quantity is zero" },
        { Market with { Quantity = new Quantity(100_000_000_000_001) }, "the quantity is larger than 100000000000000" },
        { Limit with { LimitPrice = new Price(100_000_000_000_001) }, "the limit price is larger than 100000000000000" },
        { Limit with { LimitPrice = null }, "a limit order needs a limit price" },
        { Market with { LimitPrice = new Price(1) }, "a market order takes no limit price" },
        { Market with { PostOnly = true }, "a market order cannot be post-only" },
        { Limit with { PostOnly = true, TimeInForce = TimeInForce.ImmediateOrCancel }, "a post-only order waits, so it cannot end at once" },
        { Limit with { PostOnly = true, TimeInForce = TimeInForce.FillOrKill }, "a post-only order waits, so it cannot end at once" },
        { Limit with { PostOnly = true, TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = Later }, null },
        { Stop, null },
        { Stop with { TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = Later }, null },
        { Stop with { TimeInForce = TimeInForce.FillOrKill }, null },
        { Stop with { ReduceOnly = true }, null },
        { StopLimit, null },
        { StopLimit with { TimeInForce = TimeInForce.ImmediateOrCancel }, null },
        { Limit with { TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = Later }, null },
        { Stop with { StopPrice = null }, "a stop order needs a stop price" },
        { Stop with { LimitPrice = new Price(1) }, "a stop order takes no limit price" },
        { Stop with { PostOnly = true }, "a stop order cannot be post-only" },
        { Stop with { StopPrice = new Price(100_000_000_000_001) }, "the stop price is larger than 100000000000000" },
        { StopLimit with { StopPrice = null }, "a stop-limit order needs a stop price" },
        { StopLimit with { LimitPrice = null }, "a stop-limit order needs a limit price" },
        { StopLimit with { PostOnly = true }, "a stop-limit order cannot be post-only" },
        { Market with { StopPrice = new Price(1) }, "a market order takes no stop price" },
        { Limit with { StopPrice = new Price(1) }, "a limit order takes no stop price" },
        { Market with { TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = Later }, "a market order does not wait, so it has no date to end at" },
        { Limit with { TimeInForce = TimeInForce.GoodTillDate }, "a good-till-date order needs the moment it ends at" },
        { Limit with { ExpiresAt = Later }, "only a good-till-date order has a moment it ends at" },
        { Limit with { Tag = new string('x', 65) }, "the tag is longer than 64 characters" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Requests))]
    public void Request_is_told_its_problem(OrderRequest request, string? problem) => request.Problem().ShouldBe(problem);

    [Fact]
    public void Request_without_a_problem_has_a_value_that_fits() =>
        Should.NotThrow(() => new Price(100_000_000_000_000) * new Quantity(100_000_000_000_000));

    [Fact]
    public void Request_short_forms_fill_in_what_they_say()
    {
        var limit = OrderRequest.Limit("BTC/USDT", Side.Sell, new Quantity(2), new Price(3), TimeInForce.FillOrKill, true);
        (limit.Type, limit.Side, limit.Quantity, limit.LimitPrice, limit.TimeInForce, limit.PostOnly)
            .ShouldBe((OrderType.Limit, Side.Sell, new Quantity(2), new Price(3), TimeInForce.FillOrKill, true));
        (Market.Type, Market.LimitPrice, Market.TimeInForce, Market.Connection).ShouldBe((OrderType.Market, null, TimeInForce.GoodTillCancelled, null));
        (Stop.Type, Stop.StopPrice, Stop.LimitPrice).ShouldBe((OrderType.Stop, new Price(90), null));
        (StopLimit.Type, StopLimit.StopPrice, StopLimit.LimitPrice, StopLimit.TimeInForce).ShouldBe((OrderType.StopLimit, new Price(90), new Price(89), TimeInForce.GoodTillCancelled));
    }

    [Fact]
    public void Short_forms_of_orders_say_the_right_side()
    {
        var orders = new RecordingOrders();
        orders.Buy("BTC/USDT", new Quantity(1));
        orders.Sell("BTC/USDT", new Quantity(1));
        orders.Buy("BTC/USDT", new Quantity(1), new Price(2));
        orders.Sell("BTC/USDT", new Quantity(1), new Price(2));
        orders.Requests.Select(r => (r.Side, r.Type, r.LimitPrice)).ShouldBe(
            [(Side.Buy, OrderType.Market, null), (Side.Sell, OrderType.Market, null), (Side.Buy, OrderType.Limit, new Price(2)), (Side.Sell, OrderType.Limit, new Price(2))]);
    }

    private sealed class RecordingOrders : IOrders
    {
        public List<OrderRequest> Requests { get; } = [];

        public IReadOnlyList<Order> Open => [];

        public IReadOnlyList<Order> Unreachable => [];

        public IReadOnlyList<Order> All => [];

        public IOrderHandle Submit(OrderRequest request)
        {
            Requests.Add(request);
            return null!;
        }

        public bool Cancel(ClientOrderId id) => false;

        public IAsyncEnumerable<Order> Changes(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<Order>();
    }
}
