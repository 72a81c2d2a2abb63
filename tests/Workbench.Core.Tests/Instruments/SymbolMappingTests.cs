using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Instruments;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Core.Risk;
using Workbench.Core.Routing;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Instruments;

public sealed class SymbolMappingTests
{
    private static readonly ConnectionId Here = new("binance");
    private static readonly ConnectionId There = new("bybit");
    private static readonly Symbol Btc = "BTC/USDT";

    public static TheoryData<string, string> Conflicts => new()
    {
        { "quote", "quote currency USDT is not USD" },
        { "base", "base asset BTC is not WBTC" },
        { "kind", "kind Spot is not Perpetual" },
        { "unit", "unit 1 is not 1000" },
    };

    [Theory]
    [MemberData(nameof(Conflicts))]
    public void E38_Markets_that_mean_different_things_are_not_the_same(string what, string conflict)
    {
        var there = Some.Instrument();
        there = what switch
        {
            "quote" => there with { Symbol = "BTC/USD" },
            "base" => there with { Symbol = "WBTC/USDT" },
            "kind" => there with { Kind = InstrumentKind.Perpetual },
            _ => there with { UnitSize = 1000 },
        };
        var mapping = SymbolMapping.Check(Some.Instrument(), there);
        (mapping.IsCompatible, string.Join(';', mapping.Conflicts)).ShouldBe((false, conflict));
        SymbolMapping.Check(there, Some.Instrument()).IsCompatible.ShouldBeFalse("both ways");
    }

    [Fact]
    public void E38_Other_grids_and_limits_are_the_same_market_and_are_named()
    {
        var there = Some.Instrument() with { VenueSymbol = "XBT-USDT", TickSize = 0.1m, StepSize = 0.001m, MarketStepSize = 0.01m, MinQuantity = 1, MaxQuantity = 2, MaxMarketQuantity = 3, MinNotional = 10, MaxNotional = 20 };
        var mapping = SymbolMapping.Check(Some.Instrument(), there);
        mapping.IsCompatible.ShouldBeTrue();
        mapping.Differences.ShouldBe([
            "tick 0.01 against 0.1", "step 0.00001 against 0.001", "market step 0 against 0.01", "smallest quantity 0.00001 against 1", "largest quantity 0 against 2",
            "largest market quantity 0 against 3", "smallest value 5 against 10", "largest value 0 against 20"]);
    }

    [Fact]
    public void E38_Mapping_has_a_version_that_rises_only_when_a_side_has_changed()
    {
        var book = new InstrumentBook();
        var table = new MappingTable(book);
        Load(book, Here, Some.Instrument());
        Load(book, There, Some.Instrument());
        table.Obstacle(Here, There, Btc).ShouldBeNull();
        table.Obstacle(Here, There, Btc).ShouldBeNull();
        table.Find(Here, There, Btc)!.Value.Version.ShouldBe(1);
        Load(book, There, Some.Instrument() with { TickSize = 1 });
        table.Obstacle(Here, There, Btc).ShouldBeNull();
        table.Find(Here, There, Btc)!.Value.Version.ShouldBe(2);
        Load(book, There, Some.Instrument() with { TickSize = 1, UnitSize = 10 });
        table.Obstacle(Here, There, Btc).ShouldBe("BTC/USDT at binance and at bybit are not the same: unit 1 is not 10 (mapping v3)");
    }

    [Fact]
    public void E38_Dollar_is_not_tether()
    {
        var book = new InstrumentBook();
        Load(book, Here, Some.Instrument());
        Load(book, There, Some.Instrument("BTC/USD"), Some.Instrument("ETH/BTC"));
        var table = new MappingTable(book);
        table.Obstacle(Here, There, Btc).ShouldBe("bybit does not list BTC/USDT; it lists BTC/USD, and USD is not USDT");
        table.Obstacle(Here, There, "SOL/USDT").ShouldBe("bybit does not list SOL/USDT");
    }

    [Fact]
    public void E38_While_the_preferred_venue_was_never_read_a_market_must_be_what_its_name_says()
    {
        var book = new InstrumentBook();
        Load(book, There, Some.Instrument(), Some.Instrument("ETH/USDT") with { UnitSize = 10 }, Some.Instrument("SOL/USDT") with { Kind = InstrumentKind.Perpetual });
        var table = new MappingTable(book);
        table.Obstacle(Here, There, Btc).ShouldBeNull();
        table.Obstacle(Here, There, "ETH/USDT")!.ShouldContain("unit 1 is not 10");
        table.Obstacle(Here, There, "SOL/USDT")!.ShouldContain("kind Spot is not Perpetual");
    }

    /// <summary>The gate and the router as they stand in the pipeline, on random markets and random wishes: what is sent never exceeds what was asked and keeps every rule.</summary>
    [Fact]
    public void E38_Order_for_another_venue_is_never_more_than_was_asked_and_keeps_its_rules_or_is_denied()
    {
        var (sent, denied) = (0, 0);
        for (var seed = 1; seed <= 20_000; seed++)
        {
            var random = new Random(seed);
            var target = RandomMarket(random);
            var request = RandomRequest(random);
            var quote = new Quote(Btc, new Price(RandomPrice(random)), new Quantity(1), null, Quantity.Zero, Some.Stamp("bybit"));
            quote = quote with { Ask = new Price(quote.Bid!.Value.Value * 1.001m) };
            var limits = new RiskLimits { MaxOrderValue = new Amount(random.Next(1, 100_000)), MaxPosition = new Dictionary<Asset, Quantity> { [Btc.Base] = new(random.Next(1, 50)) } };
            var order = Send(target, request, quote, limits);
            if (order is null)
            {
                denied++;
                continue;
            }

            sent++;
            Verify(order, request, target, quote, limits, $"seed {seed}: {request} at {target}");
        }

        (sent, denied).ShouldSatisfyAllConditions(() => sent.ShouldBeGreaterThan(2000), () => denied.ShouldBeGreaterThan(2000));
    }

    private static void Verify(NewOrder order, OrderRequest request, Instrument target, Quote quote, RiskLimits limits, string what)
    {
        var step = request.Type == OrderType.Market ? Math.Max(target.StepSize, target.MarketStepSize) : target.StepSize;
        order.Quantity.ShouldBeLessThanOrEqualTo(request.Quantity, what);
        (step == 0 ? 0 : order.Quantity.Value % step).ShouldBe(0, what);
        (request.Quantity.Value - order.Quantity.Value).ShouldBeLessThan(step == 0 ? 0.00000001m : step, what);
        var price = order.LimitPrice ?? (request.Side == Side.Buy ? quote.Ask!.Value : quote.Bid!.Value);
        if (request.LimitPrice is { } asked)
        {
            (asked.Value * order.Quantity.Value).ShouldBeLessThanOrEqualTo(asked.Value * request.Quantity.Value, what);
            (request.Side == Side.Buy ? order.LimitPrice!.Value.Value <= asked.Value : order.LimitPrice!.Value.Value >= asked.Value).ShouldBeTrue(what);
            if (request.Side == Side.Buy)
            {
                (price.Value * order.Quantity.Value).ShouldBeLessThanOrEqualTo(asked.Value * request.Quantity.Value, what);
            }
        }

        (price * order.Quantity).Value.ShouldBeLessThanOrEqualTo(limits.MaxOrderValue!.Value.Value, what);
        order.Quantity.ShouldBeLessThanOrEqualTo(limits.MaxPosition[Btc.Base], what);
        target.Violation(order.Type, order.Quantity, price).ShouldBeNull(what);
    }

    private static NewOrder? Send(Instrument target, OrderRequest request, Quote quote, RiskLimits limits)
    {
        var boards = new Boards();
        Load(boards.InstrumentBook, There, target);
        var board = new MarketBoard();
        board.Set(quote);
        using var journal = ((JournalOpening.Ready)OrderJournal.Open(new MemoryJournalStorage())).Journal;
        var ledger = new ExecutionLedger(new ExecutionCore("t0t"), journal, durable: false);
        var output = new Collected();
        var intent = new IntentCreated(Some.Now, new ClientOrderId("o1"), request, "test");
        ledger.Record(intent, output);
        var view = new PipelineRiskView(ledger.Core, new Workbench.Core.Portfolio.PortfolioBook(), board, boards);
        if (new RiskGate(limits).Check(request, view.For(intent, There)) is not RiskDecision.Allowed)
        {
            return null;
        }

        new RouterStage(ledger, boards, board).Process(new OrderApproved(intent, There, IsBackup: true), output);
        return ledger.Commit().OfType<SendOrder>().SingleOrDefault()?.Order;
    }

    private static Instrument RandomMarket(Random random) => new()
    {
        Symbol = Btc,
        VenueSymbol = "BTCUSDT",
        TickSize = RandomGrid(random),
        StepSize = RandomGrid(random),
        MarketStepSize = random.Next(3) == 0 ? RandomGrid(random) : 0,
        MinQuantity = random.Next(2) == 0 ? 0 : RandomGrid(random),
        MaxQuantity = random.Next(2) == 0 ? 0 : random.Next(1, 100),
        MaxMarketQuantity = random.Next(2) == 0 ? 0 : random.Next(1, 10),
        MinNotional = random.Next(2) == 0 ? 0 : random.Next(1, 100),
        MaxNotional = random.Next(2) == 0 ? 0 : random.Next(1000, 100_000),
    };

    private static OrderRequest RandomRequest(Random random)
    {
        var quantity = new Quantity(RandomQuantity(random));
        var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        return random.Next(3) == 0 ? OrderRequest.Market(Btc, side, quantity) : OrderRequest.Limit(Btc, side, quantity, new Price(RandomPrice(random)));
    }

    // Powers of ten, and grids that are none, such as 0.25 or 0.003.
    private static decimal RandomGrid(Random random) => random.Next(10) == 0 ? 0 : (random.Next(3) == 0 ? random.Next(1, 10) : 1) * Power(random.Next(-8, 2));

    private static decimal RandomQuantity(Random random) => (random.Next(1, 1_000_000) * Power(random.Next(-8, -2))) + (random.Next(1, 1000) * 0.00000001m);

    private static decimal RandomPrice(Random random) => (random.Next(1, 1_000_000) * Power(random.Next(-4, 1))) + (random.Next(0, 100) * 0.000001m);

    private static decimal Power(int exponent)
    {
        var value = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++)
        {
            value = exponent < 0 ? value / 10 : value * 10;
        }

        return value;
    }

    private static void Load(InstrumentBook book, ConnectionId connection, params Instrument[] instruments) => book.Load(connection, new InstrumentMap(instruments), Some.Now);
}
