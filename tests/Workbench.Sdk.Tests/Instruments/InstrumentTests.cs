namespace Workbench.Sdk.Tests.Instruments;

public sealed class InstrumentTests
{
    private static readonly Instrument Btc = new()
    {
        Symbol = "BTC/USDT",
        VenueSymbol = "BTCUSDT",
        TickSize = 0.01m,
        StepSize = 0.001m,
        MarketStepSize = 0.01m,
        MinQuantity = 0.002m,
        MaxQuantity = 100,
        MaxMarketQuantity = 10,
        MinNotional = 5,
        MaxNotional = 1_000_000,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Quantity_rounded_down_is_a_multiple_less_than_one_step_below(int seed)
    {
        var random = Seeds.New(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var quantity = new Quantity(random.Decimal(14, 10));
            var (step, marketStep) = (random.Decimal(4, 8), random.Decimal(4, 8));
            var instrument = Btc with { StepSize = step, MarketStepSize = marketStep };
            foreach (var type in Enum.GetValues<OrderType>())
            {
                var used = type is OrderType.Market or OrderType.Stop ? Math.Max(step, marketStep) : step;
                var rounded = instrument.RoundDown(quantity, type);
                var what = $"seed {seed}: {quantity} by {step} and {marketStep} for {type} is {rounded}";
                rounded.ShouldBeLessThanOrEqualTo(quantity, what);
                (used == 0 ? rounded == quantity : rounded.Value % used == 0 && quantity.Value - rounded.Value < used).ShouldBeTrue(what);
                instrument.RoundDown(rounded, type).ShouldBe(rounded, what);
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Price_rounded_passively_never_crosses_the_one_asked(int seed)
    {
        var random = Seeds.New(seed);
        for (var i = 0; i < 10_000; i++)
        {
            if (!Price.TryCreate(random.Decimal(12, 8), out var price))
            {
                continue;
            }

            var instrument = Btc with { TickSize = random.Decimal(3, 6) };
            var (buy, sell) = (instrument.RoundPassive(price, Side.Buy), instrument.RoundPassive(price, Side.Sell));
            var what = $"seed {seed}: {price} by {instrument.TickSize} is {buy} and {sell}";
            buy.ShouldBeLessThanOrEqualTo(price, what);
            sell.ShouldBeGreaterThanOrEqualTo(price, what);
            if (instrument.TickSize == 0)
            {
                (buy, sell).ShouldBe((price, price), what);
                continue;
            }

            (sell.Value % instrument.TickSize).ShouldBe(0, what);
            (sell.Value - price.Value).ShouldBeLessThan(instrument.TickSize, what);
            (price.Value - buy.Value).ShouldBeLessThan(instrument.TickSize, what);
            if (price.Value >= instrument.TickSize)
            {
                (buy.Value % instrument.TickSize).ShouldBe(0, what);
            }
        }
    }

    [Theory]
    [InlineData(Side.Buy, "100.005", "100.01")]
    [InlineData(Side.Buy, "100.01", "100.01")]
    [InlineData(Side.Sell, "100.005", "100")]
    [InlineData(Side.Sell, "0.005", "0.005")]
    public void Stop_price_moves_away_from_the_market(Side side, string price, string rounded) =>
        Btc.RoundStop(Price.Parse(price), side).ShouldBe(Price.Parse(rounded));

    [Fact]
    public void Stop_price_off_the_grid_is_a_violation_and_a_stop_has_the_bounds_of_a_market_order()
    {
        Btc.Violation(OrderType.StopLimit, new Quantity(1), new Price(100), new Price(100.005m)).ShouldBe("stop price 100.005 is not a multiple of 0.01");
        Btc.Violation(OrderType.StopLimit, new Quantity(1), new Price(100), new Price(100.01m)).ShouldBeNull();
        Btc.Violation(OrderType.Stop, new Quantity(1), new Price(100.005m), new Price(100.01m)).ShouldBeNull("what it is expected to fill at need not be on the grid");
        Btc.Violation(OrderType.Stop, new Quantity(11), new Price(100), new Price(100)).ShouldBe("quantity 11 is above the maximum of 10");
        Btc.Violation(OrderType.StopLimit, new Quantity(11), new Price(100), new Price(100)).ShouldBeNull();
    }

    [Fact]
    public void Price_of_a_buy_below_one_tick_is_never_raised_and_shows_as_a_violation()
    {
        var price = Btc.RoundPassive(new Price(0.004m), Side.Buy);
        price.ShouldBe(new Price(0.004m));
        Btc.Violation(OrderType.Limit, new Quantity(1), price).ShouldBe("price 0.004 is not a multiple of 0.01");
        Btc.RoundPassive(new Price(0.004m), Side.Sell).ShouldBe(new Price(0.01m));
    }

    [Theory]
    [InlineData(OrderType.Limit, "1", "100", null)]
    [InlineData(OrderType.Limit, "0", "100", "quantity is zero")]
    [InlineData(OrderType.Limit, "1.0005", "100", "quantity 1.0005 is not a multiple of 0.001")]
    [InlineData(OrderType.Limit, "0.001", "100000", "quantity 0.001 is below the minimum of 0.002")]
    [InlineData(OrderType.Limit, "0.002", "100000", null)]
    [InlineData(OrderType.Limit, "100", "100", null)]
    [InlineData(OrderType.Limit, "100.001", "100", "quantity 100.001 is above the maximum of 100")]
    [InlineData(OrderType.Market, "10.01", "100", "quantity 10.01 is above the maximum of 10")]
    [InlineData(OrderType.Market, "10", "100", null)]
    [InlineData(OrderType.Market, "1.001", "100", "quantity 1.001 is not a multiple of 0.01")]
    [InlineData(OrderType.Limit, "1.001", "100", null)]
    [InlineData(OrderType.Limit, "1", "100.005", "price 100.005 is not a multiple of 0.01")]
    [InlineData(OrderType.Market, "1", "100.005", null)]
    [InlineData(OrderType.Limit, "0.1", "49.99", "value 4.999 is below the minimum of 5")]
    [InlineData(OrderType.Limit, "0.1", "50", null)]
    [InlineData(OrderType.Market, "0.1", "49.99", "value 4.999 is below the minimum of 5")]
    [InlineData(OrderType.Limit, "100", "10000.01", "value 1000001 is above the maximum of 1000000")]
    [InlineData(OrderType.Limit, "100", "10000", null)]
    [InlineData(OrderType.Limit, "0.01", null, null)]
    public void Order_that_breaks_a_rule_is_told_which(OrderType type, string quantity, string? price, string? violation) =>
        Btc.Violation(type, Quantity.Parse(quantity), price is null ? null : Price.Parse(price)).ShouldBe(violation);

    [Theory]
    [InlineData(InstrumentStatus.Halted)]
    [InlineData(InstrumentStatus.CancelOnly)]
    public void Order_for_a_market_that_is_not_trading_is_a_violation(InstrumentStatus status) =>
        (Btc with { Status = status }).Violation(OrderType.Limit, new Quantity(1), new Price(100)).ShouldBe($"BTC/USDT is not trading ({status})");

    [Fact]
    public void Instrument_without_rules_takes_everything()
    {
        var free = new Instrument { Symbol = "BTC/USDT", VenueSymbol = "BTCUSDT", TickSize = 0, StepSize = 0 };
        free.Violation(OrderType.Limit, new Quantity(0.123456789m), new Price(0.000001m)).ShouldBeNull();
        free.RoundDown(new Quantity(0.123456789m), OrderType.Market).ShouldBe(new Quantity(0.123456789m));
    }

    [Fact]
    public void Market_order_without_a_limit_of_its_own_has_that_of_limit_orders() =>
        (Btc with { MaxMarketQuantity = 0 }).Violation(OrderType.Market, new Quantity(101), null).ShouldBe("quantity 101 is above the maximum of 100");

    [Theory]
    [InlineData(7)]
    public void Order_rounded_to_the_rules_breaks_no_step_or_tick(int seed)
    {
        var random = Seeds.New(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var instrument = new Instrument
            {
                Symbol = "A/B", VenueSymbol = "AB", TickSize = random.Decimal(3, 6), StepSize = random.Decimal(3, 6), MarketStepSize = random.Decimal(3, 6),
            };
            if (!Price.TryCreate(random.Decimal(10, 4), out var price) || price.Value < instrument.TickSize)
            {
                continue;
            }

            var (type, side) = ((OrderType)random.Next(2), (Side)random.Next(2));
            var quantity = instrument.RoundDown(new Quantity(random.Decimal(10, 4)), type);
            instrument.Violation(type, quantity, instrument.RoundPassive(price, side)).ShouldBe(quantity.IsZero ? "quantity is zero" : null, $"seed {seed}");
        }
    }
}
