using Workbench.Plugins.Binance.Market;
using Workbench.Plugins.Binance.Streams;
using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Streams;

public sealed class BookSyncTests(ITestOutputHelper output)
{
    private readonly FakeMarketSession _session = new();
    private readonly BookSync _book = new(Venue.Btc);

    [Fact]
    public void Buffered_events_are_replayed_behind_the_snapshot_that_they_bridge()
    {
        Feed(1, 5);
        Feed(6, 10);
        Feed(11, 12);
        _book.OnSnapshot(Snapshot(7), _session).ShouldBeNull();
        Feed(13, 13);
        Ids().ShouldBe([(true, 7), (false, 10), (false, 12), (false, 13)]);
    }

    [Fact]
    public void Snapshot_that_ends_just_before_the_first_event_fits()
    {
        Feed(8, 9);
        _book.OnSnapshot(Snapshot(7), _session).ShouldBeNull();
        Ids().ShouldBe([(true, 7), (false, 9)]);
    }

    [Fact]
    public void Snapshot_older_than_the_first_event_is_refused_and_a_newer_one_taken()
    {
        Feed(9, 10);
        _book.OnSnapshot(Snapshot(7), _session).ShouldNotBeNull();
        _session.Events.ShouldBeEmpty();
        _book.OnSnapshot(Snapshot(10), _session).ShouldBeNull();
        Feed(11, 11);
        Ids().ShouldBe([(true, 10), (false, 11)]);
    }

    [Fact]
    public void Gap_stops_the_book_until_the_next_snapshot_E25()
    {
        _book.OnSnapshot(Snapshot(7), _session).ShouldBeNull();
        Feed(8, 8);
        Feed(10, 11).ShouldNotBeNull();
        Feed(12, 12).ShouldBeNull();
        _book.IsSynchronised.ShouldBeFalse();
        _book.OnSnapshot(Snapshot(11), _session).ShouldBeNull();
        Ids().ShouldBe([(true, 7), (false, 8), (true, 11), (false, 12)]);
    }

    [Fact]
    public void Gap_among_the_buffered_events_asks_for_another_snapshot()
    {
        Feed(1, 2);
        Feed(5, 6);
        Feed(7, 8);
        _book.OnSnapshot(Snapshot(1), _session).ShouldNotBeNull();
        _book.IsSynchronised.ShouldBeFalse();
        _book.OnSnapshot(Snapshot(6), _session).ShouldBeNull();
        Ids().ShouldBe([(true, 1), (false, 2), (true, 6), (false, 8)]);
    }

    [Fact]
    public void Repeated_events_are_left_out_N23()
    {
        _book.OnSnapshot(Snapshot(7), _session).ShouldBeNull();
        Feed(8, 9);
        Feed(8, 9);
        Feed(10, 10);
        Ids().ShouldBe([(true, 7), (false, 9), (false, 10)]);
    }

    [Fact]
    public void Ids_that_start_again_lead_to_a_new_snapshot_E25()
    {
        _book.OnSnapshot(Snapshot(1_000_000), _session).ShouldBeNull();
        Feed(1_000_001, 1_000_001);
        var problem = Enumerable.Range(1, 100).Select(id => Feed(id, id)).OfType<string>().ToList().ShouldHaveSingleItem();
        problem.ShouldContain("fell back");
        _book.OnSnapshot(Snapshot(100), _session).ShouldBeNull();
        Feed(101, 101);
        Ids().ShouldBe([(true, 1_000_000), (false, 1_000_001), (true, 100), (false, 101)]);
    }

    [Fact]
    public void Reader_has_exactly_the_venue_s_book_at_every_id_whatever_is_lost_repeated_or_late()
    {
        const int Seed = 4711;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            Play(random);
        }
    }

    private static void Play(Random random)
    {
        var session = new FakeMarketSession();
        var book = new BookSync(Venue.Btc);
        var truth = new SortedDictionary<decimal, decimal>();
        var history = new Dictionary<long, string>();
        long id = random.Next(1000);
        var needed = true;
        for (var i = 0; i < 200; i++)
        {
            var first = id + 1;
            var levels = new List<PriceLevel>();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                id++;
                var (price, quantity) = (random.Next(1, 20), random.Next(0, 3));
                levels.RemoveAll(l => l.Price.Value == price);
                levels.Add(new PriceLevel(new Price(price), new Quantity(quantity)));
                truth[price] = quantity;
            }

            history[id] = Text(truth);
            var change = new DepthEvent(Venue.Btc, first, id, default, default, [.. levels], []);
            var fate = random.Next(20);
            for (var times = fate == 0 ? 0 : fate == 1 ? 2 : 1; times > 0; times--)
            {
                needed |= book.OnEvent(change, session) is not null;
            }

            if (needed && random.Next(4) == 0)
            {
                var bids = truth.Where(l => l.Value > 0).Select(l => new PriceLevel(new Price(l.Key), new Quantity(l.Value))).ToArray();
                needed = book.OnSnapshot(new DepthSnapshot(id, bids, [], default), session) is not null;
            }
        }

        var mine = new SortedDictionary<decimal, decimal>();
        foreach (var update in session.Events.Cast<BookUpdate>())
        {
            if (update.IsSnapshot)
            {
                mine.Clear();
            }

            foreach (var level in update.Bids)
            {
                mine[level.Price.Value] = level.Quantity.Value;
            }

            Text(mine).ShouldBe(history[update.Stamp.Sequence]);
        }

        session.Events.Count.ShouldBeGreaterThan(20);
    }

    private static string Text(SortedDictionary<decimal, decimal> side) => string.Join(' ', side.Where(l => l.Value > 0).Select(l => $"{l.Key}:{l.Value}"));

    private static DepthSnapshot Snapshot(long id) => new(id, [], [], default);

    private string? Feed(long first, long last) => _book.OnEvent(new DepthEvent(Venue.Btc, first, last, default, default, [], []), _session);

    private IEnumerable<(bool, long)> Ids() => _session.Events.Cast<BookUpdate>().Select(u => (u.IsSnapshot, u.Stamp.Sequence));
}
