using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;
using static Workbench.Simulator.Tests.Matching.EngineBench;

namespace Workbench.Simulator.Tests.Matching;

public sealed class HistoryTests
{
    private readonly EngineBench _bench = new();

    [Fact]
    public void Of_what_is_over_only_the_newest_is_kept_and_what_is_open_always()
    {
        _bench.Three.History.OrderLimit = 5;
        _bench.Three.History.TradeLimit = 8;
        var open = _bench.Place(_bench.Three, Limit(Side.Buy, 1, 10) with { ClientId = "open" });
        for (var i = 0; i < 50; i++)
        {
            _bench.Place(_bench.Two, Limit(Side.Sell, 0.1m, 100));
            _bench.Place(_bench.Three, Limit(Side.Buy, 0.1m, 100) with { ClientId = $"c{i}" });
        }

        _bench.Three.Orders.Count.ShouldBe(6);
        (_bench.Three.Find(open.Id), _bench.Three.Find("AB", "open")).ShouldBe((open, open));
        (_bench.Three.Find("AB", "c49")?.Status, _bench.Three.Find("AB", "c44")).ShouldBe((OrderStatus.Filled, null));
        var trades = _bench.Three.Trades("AB");
        trades[^1].Id.ShouldBe(50);
        trades.Count.ShouldBeInRange(8, 9, "trimmed in lots of an eighth");
    }

    [Fact]
    public void Name_taken_over_by_a_newer_order_outlives_the_older_one()
    {
        _bench.One.History.OrderLimit = 1;
        _bench.Engine.Cancel(_bench.Place(_bench.One, Limit(Side.Buy, 1, 10) with { ClientId = "x" }));
        var second = _bench.Place(_bench.One, Limit(Side.Buy, 1, 10) with { ClientId = "x" });
        _bench.Engine.Cancel(_bench.Place(_bench.One, Limit(Side.Buy, 1, 10)));

        _bench.One.Find("AB", "x").ShouldBe(second);
    }

    [Fact]
    public void Placing_and_cancelling_allocates_only_the_request_the_order_and_its_level()
    {
        var engine = new MatchingEngine(new Silent()) { NowMicros = 1 };
        engine.List(new Instrument { Symbol = "AB", BaseAsset = "A", QuoteAsset = "B", TickSize = 1, StepSize = 0.1m, ReferencePrice = 100 });
        var house = new Account("house", isHouse: true);
        engine.Add(house);
        engine.Deposit(house, "B", 1_000_000);
        void Cycle(int price) => engine.Cancel(engine.Place(house, Limit(Side.Buy, 1, price)).Order!);
        for (var i = 0; i < 100; i++)
        {
            Cycle(50 + i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Cycle(50 + (i % 100));
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 1000).ShouldBeLessThan(900, "bytes for one order that comes and goes");
    }

    private sealed class Silent : IEngineListener
    {
        public void OnOrder(in OrderEvent e)
        {
        }

        public void OnTrade(OrderBook book, in PublicTrade trade)
        {
        }

        public void OnLevel(OrderBook book, in LevelChange change)
        {
        }

        public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
        {
        }

        public void OnTop(OrderBook book, long timeMicros)
        {
        }

        public void OnStepEnd()
        {
        }
    }
}
