namespace Workbench.Sdk.Tests.Orders;

public sealed class OrderTests
{
    private static readonly Order Working = new()
    {
        Id = new ClientOrderId("a"),
        Request = OrderRequest.Market("BTC/USDT", Side.Buy, new Quantity(10)),
        Knowledge = OrderKnowledge.Known,
        Quantity = new Quantity(10),
        FilledQuantity = new Quantity(4),
        CreatedAt = default,
        UpdatedAt = default,
    };

    [Fact]
    public void Order_that_works_leaves_what_is_not_filled() => Working.Leaves.ShouldBe(new Quantity(6));

    [Fact]
    public void Order_that_is_unknown_still_leaves_everything() =>
        (Working with { Knowledge = OrderKnowledge.Unknown, FilledQuantity = default }).Leaves.ShouldBe(new Quantity(10));

    [Fact]
    public void Order_that_is_done_leaves_nothing() => (Working with { IsDone = true }).Leaves.ShouldBe(Quantity.Zero);

    [Fact]
    public void Order_that_is_overfilled_leaves_nothing() => (Working with { FilledQuantity = new Quantity(11) }).Leaves.ShouldBe(Quantity.Zero);

    [Theory]
    [InlineData(OrderStatus.Pending, false)]
    [InlineData(OrderStatus.New, false)]
    [InlineData(OrderStatus.PartiallyFilled, false)]
    [InlineData(OrderStatus.Filled, true)]
    [InlineData(OrderStatus.Cancelled, true)]
    [InlineData(OrderStatus.Rejected, true)]
    [InlineData(OrderStatus.Expired, true)]
    public void Status_is_final_when_the_order_will_not_work_again(OrderStatus status, bool isFinal) => status.IsFinal().ShouldBe(isFinal);

    [Fact]
    public void Status_table_names_every_status() => Enum.GetValues<OrderStatus>().Length.ShouldBe(7);

    [Fact]
    public void Fill_speaks_for_its_report()
    {
        var report = new FillReport
        {
            Symbol = "BTC/USDT", TradeId = new TradeId("1"), VenueOrderId = new VenueOrderId("2"), Side = Side.Sell, Price = new Price(3), Quantity = new Quantity(4), VenueTime = default,
        };
        var fill = new Fill { Connection = new ConnectionId("binance"), Report = report };
        (fill.Symbol, fill.Side, fill.Price, fill.Quantity).ShouldBe(((Symbol)"BTC/USDT", Side.Sell, new Price(3), new Quantity(4)));
    }
}
