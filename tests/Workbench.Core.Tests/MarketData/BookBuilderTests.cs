using Workbench.Core.MarketData;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

public sealed class BookBuilderTests
{
    private readonly BookBuilder _book = new();

    [Fact]
    public void Book_before_its_snapshot_ignores_changes()
    {
        _book.Apply(Update(false, [(100, 1)], []));
        _book.IsReady.ShouldBeFalse();
    }

    [Fact]
    public void Book_gives_the_best_levels_first()
    {
        _book.Apply(Update(true, [(99, 1), (101, 2), (100, 3)], [(104, 1), (102, 2), (103, 3)]));
        var book = Snapshot(2);
        book.Bids.Select(l => l.Price.Value).ShouldBe([101m, 100m]);
        book.Asks.Select(l => l.Price.Value).ShouldBe([102m, 103m]);
    }

    [Fact]
    public void Book_sets_removes_and_replaces_levels()
    {
        _book.Apply(Update(true, [(100, 1)], [(102, 1)]));
        _book.Apply(Update(false, [(100, 0), (99, 5), (98, 0)], [(102, 7), (101, 2)]));
        var book = Snapshot(10);
        book.Bids.ShouldBe([Level(99, 5)]);
        book.Asks.ShouldBe([Level(101, 2), Level(102, 7)]);
        _book.Apply(Update(true, [(50, 1)], []));
        Snapshot(10).Bids.ShouldBe([Level(50, 1)]);
        Snapshot(10).BestAsk.ShouldBeNull();
    }

    [Fact]
    public void Book_after_random_changes_equals_a_sorted_dictionary()
    {
        const int Seed = 20_240_808;
        TestContext.Current.SendDiagnosticMessage("seed {0}", Seed);
        var random = new Random(Seed);
        var model = new SortedDictionary<decimal, decimal>();
        _book.Apply(Update(true, [], []));
        for (var i = 0; i < 20_000; i++)
        {
            var (price, quantity) = (random.Next(1, 500), (decimal)random.Next(0, 4));
            _book.Apply(Update(false, [(price, quantity)], []));
            if (quantity == 0)
            {
                model.Remove(price);
            }
            else
            {
                model[price] = quantity;
            }
        }

        Snapshot(1000).Bids.ShouldBe([.. model.Reverse().Select(l => Level(l.Key, l.Value))]);
    }

    private static PriceLevel Level(decimal price, decimal quantity) => new(new Price(price), new Quantity(quantity));

    private static BookUpdate Update(bool isSnapshot, (decimal, decimal)[] bids, (decimal, decimal)[] asks) =>
        new("BTC/USDT", isSnapshot, [.. bids.Select(b => Level(b.Item1, b.Item2))], [.. asks.Select(a => Level(a.Item1, a.Item2))], Some.Stamp());

    private OrderBook Snapshot(int depth) => _book.Snapshot("BTC/USDT", depth, Some.Stamp());
}
