namespace Workbench.Sdk.Tests.Connectors;

public sealed class OrderSupportTests
{
    private static readonly OrderSupport Plain = new()
    {
        Types = new HashSet<OrderType> { OrderType.Market, OrderType.Limit },
        TimesInForce = new HashSet<TimeInForce> { TimeInForce.GoodTillCancelled },
        PostOnly = false,
    };

    private static readonly OrderSupport Full = new()
    {
        Types = Enum.GetValues<OrderType>().ToHashSet(),
        TimesInForce = Enum.GetValues<TimeInForce>().ToHashSet(),
        PostOnly = true,
        ReduceOnly = true,
    };

    private static readonly OrderRequest Market = OrderRequest.Market("BTC/USDT", Side.Buy, new Quantity(1));
    private static readonly OrderRequest Limit = OrderRequest.Limit("BTC/USDT", Side.Buy, new Quantity(1), new Price(100));
    private static readonly OrderRequest Stop = OrderRequest.Stop("BTC/USDT", Side.Buy, new Quantity(1), new Price(100));

    public static TheoryData<OrderRequest, string?> Refusals => new()
    {
        { Market, null },
        { Limit, null },
        { Stop, "unsupported_type" },
        { Limit with { TimeInForce = TimeInForce.ImmediateOrCancel }, "unsupported_time_in_force" },
        { Market with { TimeInForce = TimeInForce.FillOrKill }, null },
        { Limit with { PostOnly = true }, "unsupported_post_only" },
        { Limit with { ReduceOnly = true }, "unsupported_reduce_only" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Refusals))]
    public void Venue_that_takes_little_refuses_by_code(OrderRequest request, string? code)
    {
        Plain.Refusal(request)?.Code.ShouldBe(code);
        (Plain.Refusal(request) is null).ShouldBe(code is null);
        Full.Refusal(request).ShouldBeNull();
    }

    [Fact]
    public void Stop_that_ends_at_a_date_needs_a_venue_that_knows_dates()
    {
        var noDates = Full with { TimesInForce = new HashSet<TimeInForce> { TimeInForce.GoodTillCancelled } };
        noDates.Refusal(Stop with { TimeInForce = TimeInForce.ImmediateOrCancel }).ShouldBeNull("a stop market order ends at once whatever it says");
        noDates.Refusal(Stop with { TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = new Timestamp(1) })!.Value.Code.ShouldBe("unsupported_time_in_force");
    }

    [Theory]
    [InlineData(9, 100, 0, AmendWay.InPlace)]
    [InlineData(9, 100, 5, AmendWay.InPlace)]
    [InlineData(11, 100, 0, AmendWay.Replacement)]
    [InlineData(9, 101, 0, AmendWay.Replacement)]
    [InlineData(11, 100, 1, AmendWay.None)] // What fills while it is replaced would come on top.
    [InlineData(10, 100, 0, AmendWay.None)]
    public void Venue_that_reduces_in_place_replaces_only_what_has_no_fills(decimal quantity, decimal price, decimal filled, AmendWay way)
    {
        var reduces = Full with { AmendsInPlace = Amendments.LessQuantity, Replaces = true };
        var amendment = new AmendOrder
        {
            Current = new NewOrder
            {
                ClientOrderId = new ClientOrderId("a"), Instrument = new Instrument { Symbol = "BTC/USDT", VenueSymbol = "BTCUSDT", TickSize = 1, StepSize = 1 },
                Side = Side.Buy, Type = OrderType.Limit, Quantity = new Quantity(10), LimitPrice = new Price(100),
            },
            Filled = new Quantity(filled),
            Quantity = new Quantity(quantity),
            LimitPrice = new Price(price),
            ReplacementId = new ClientOrderId("b"),
        };
        reduces.WayOf(amendment).ShouldBe(way);
        (reduces with { Replaces = false }).WayOf(amendment).ShouldBe(way == AmendWay.Replacement ? AmendWay.None : way);
    }
}
