namespace Workbench.Sdk.Tests.Orders;

public sealed class AmendOrderTests
{
    private static readonly Instrument Btc = new() { Symbol = "BTC/USDT", VenueSymbol = "BTCUSDT", TickSize = 0.01m, StepSize = 0.001m };
    private static readonly AmendOrder Nothing = new()
    {
        Current = new NewOrder
        {
            ClientOrderId = new ClientOrderId("a0"), Instrument = Btc, Side = Side.Buy, Type = OrderType.StopLimit, Quantity = new Quantity(10),
            LimitPrice = new Price(101), StopPrice = new Price(100), TimeInForce = TimeInForce.FillOrKill,
        },
        Filled = new Quantity(3),
        Quantity = new Quantity(10),
        LimitPrice = new Price(101),
        StopPrice = new Price(100),
        ReplacementId = new ClientOrderId("a1"),
    };

    public static TheoryData<AmendOrder, Amendments> Changes => new()
    {
        { Nothing, Amendments.None },
        { Nothing with { Quantity = new Quantity(9) }, Amendments.LessQuantity },
        { Nothing with { Quantity = new Quantity(11) }, Amendments.MoreQuantity },
        { Nothing with { LimitPrice = new Price(102) }, Amendments.LimitPrice },
        { Nothing with { StopPrice = new Price(99), Quantity = new Quantity(9) }, Amendments.StopPrice | Amendments.LessQuantity },
    };

    public static TheoryData<AmendOrder, string?> Problems => new()
    {
        { Nothing with { Quantity = new Quantity(4) }, null },
        { Nothing, "nothing changes" },
        { Nothing with { Quantity = new Quantity(3) }, "the quantity 3 is not more than the 3 that is filled" },
        { Nothing with { Quantity = new Quantity(2) }, "the quantity 2 is not more than the 3 that is filled" },
        { Nothing with { LimitPrice = null }, "only one of the order and its change has a limit price" },
        { Nothing with { StopPrice = null }, "only one of the order and its change has a stop price" },
        { Nothing with { Quantity = new Quantity(4), ReplacementId = new ClientOrderId("a0") }, "the replacement has the id of the order" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Changes))]
    public void Change_is_what_differs(AmendOrder amendment, Amendments changes) => amendment.Changes.ShouldBe(changes);

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Problems))]
    public void Change_is_told_its_problem(AmendOrder amendment, string? problem) => amendment.Problem().ShouldBe(problem);

    [Fact]
    public void Replacement_is_the_same_order_for_what_is_not_filled_under_an_id_of_its_own()
    {
        var replacement = (Nothing with { Quantity = new Quantity(8), LimitPrice = new Price(105) }).Replacement;
        replacement.ShouldBe(Nothing.Current with { ClientOrderId = new ClientOrderId("a1"), Quantity = new Quantity(5), LimitPrice = new Price(105) });
    }

    [Fact]
    public void Reference_names_the_order_as_the_venue_has_it_now() =>
        (Nothing with { VenueOrderId = new VenueOrderId("7") }).Reference.ShouldBe(new OrderReference(Btc, new ClientOrderId("a0"), new VenueOrderId("7")));
}
