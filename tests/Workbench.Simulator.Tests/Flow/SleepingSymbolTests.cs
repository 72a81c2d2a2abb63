using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Flow;

/// <summary>A symbol that nobody watches comes to the same market as one that is watched, whenever somebody looks.</summary>
public sealed class SleepingSymbolTests
{
    private const ulong Seed = 77;
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(59)]
    [InlineData(400)]
    [InlineData(3_700)]
    public void Unwatched_symbol_agrees_with_a_watched_one_at_the_first_look(int seconds)
    {
        var (watched, unwatched) = (new Bench(isWatched: true), new Bench(isWatched: false));
        foreach (var bench in (Bench[])[watched, unwatched])
        {
            bench.Run(TimeSpan.FromSeconds(seconds));
        }

        unwatched.Sleeping.ShouldBe(8, "nobody looked");
        ShouldAgree(unwatched.Picture(), watched.Picture());
        unwatched.Sleeping.ShouldBe(0, "the picture looked at every symbol");
    }

    [Fact]
    public void Symbol_that_falls_asleep_and_is_looked_at_again_still_agrees()
    {
        var (watched, unwatched) = (new Bench(isWatched: true), new Bench(isWatched: false));
        foreach (var seconds in (int[])[3, 9, 30, 95, 11])
        {
            watched.Run(TimeSpan.FromSeconds(seconds));
            unwatched.Run(TimeSpan.FromSeconds(seconds));
            ShouldAgree(unwatched.Picture(), watched.Picture());
        }

        unwatched.Run(TimeSpan.FromSeconds(12));
        unwatched.Sleeping.ShouldBe(8, "ten seconds after the last question");
    }

    [Fact]
    public void Symbol_with_a_clients_open_order_stays_awake_and_its_order_can_fill()
    {
        var bench = new Bench(isWatched: false);
        var account = bench.Venue.OpenAccount("client", 0, 0, [new("USDT", 1_000_000m)]);
        var order = bench.Venue.Execute(engine => engine.Place(account, new NewOrder
        {
            Symbol = "ETHUSDT", Side = Side.Buy, Type = OrderType.Limit, Price = bench.Venue.Market("ETHUSDT")!.Book.Top.BidPrice, Quantity = 0.01m,
        })).Order!;
        order.IsOpen.ShouldBeTrue();
        bench.Run(TimeSpan.FromMinutes(3));

        order.Executed.ShouldBeGreaterThan(0);
        bench.Sleeping.ShouldBe(8 - (order.IsOpen ? 1 : 0));
    }

    [Fact]
    public void Clients_first_order_meets_a_book_that_is_up_to_date()
    {
        var (watched, unwatched) = (new Bench(isWatched: true), new Bench(isWatched: false));
        var prices = ((Bench[])[watched, unwatched]).Select(bench =>
        {
            var account = bench.Venue.OpenAccount("client", 0, 0, [new("USDT", 1_000_000m)]);
            bench.Run(TimeSpan.FromSeconds(45));
            return bench.Venue.Execute(engine => engine.Place(account, new NewOrder { Symbol = "BTCUSDT", Side = Side.Buy, Type = OrderType.Market, Quantity = 0.001m })).Order!.AveragePrice;
        }).ToList();

        prices[0].ShouldBeGreaterThan(0);
        prices[1].ShouldBe(prices[0]);
    }

    [Fact]
    public void Late_pump_neither_loses_nor_bursts_events()
    {
        var (steady, late) = (new Bench(isWatched: true), new Bench(isWatched: true));
        steady.Run(TimeSpan.FromMinutes(10));
        late.Time.Advance(TimeSpan.FromMinutes(10));
        late.Venue.Pump();

        ShouldAgree(late.Picture(), steady.Picture());
    }

    [Fact]
    public void House_stands_again_as_the_seed_says_after_a_client_took_from_it()
    {
        var (quiet, taken) = (new Bench(isWatched: true), new Bench(isWatched: true));
        var account = taken.Venue.OpenAccount("client", 0, 0, [new("USDT", 100_000_000m)]);
        taken.Venue.Execute(engine => engine.Place(account, new NewOrder { Symbol = "BTCUSDT", Side = Side.Buy, Type = OrderType.Market, QuoteQuantity = 200_000m }));
        foreach (var bench in (Bench[])[quiet, taken])
        {
            bench.Run(TimeSpan.FromSeconds(2));
        }

        ShouldAgree(taken.Levels("BTCUSDT"), quiet.Levels("BTCUSDT"));
    }

    // The first difference says more than two pictures of ten thousand lines.
    private static void ShouldAgree(List<string> actual, List<string> expected)
    {
        for (var i = 0; i < Math.Min(actual.Count, expected.Count); i++)
        {
            actual[i].ShouldBe(expected[i], $"line {i}");
        }

        actual.Count.ShouldBe(expected.Count);
    }

    private sealed class Bench
    {
        private readonly SyntheticFlow _flow = new(Seed, Seed + 1);

        public Bench(bool isWatched)
        {
            Venue = new SimulatedVenue("v", new VenueClock(Time), DefaultInstruments.Create(DefaultInstruments.Names, 8, 1), new Attended(_flow, isWatched), Seed);
        }

        public FakeTimeProvider Time { get; } = new(Start);

        public SimulatedVenue Venue { get; }

        public int Sleeping => _flow.Sleeping;

        public void Run(TimeSpan duration)
        {
            for (var end = Time.GetUtcNow() + duration; Time.GetUtcNow() < end;)
            {
                Time.Advance(VenuePump.Period);
                Venue.Pump();
            }
        }

        public List<string> Levels(string symbol) => Venue.Execute(_ => Sides(Venue.Market(symbol)!.Book).ToList());

        public List<string> Picture() => Venue.Execute(engine => Venue.Markets.SelectMany(m => Lines(m, engine.NowMicros / 1000)).ToList());

        private static IEnumerable<string> Lines(Market market, long nowMillis)
        {
            var book = market.Book;
            yield return $"{book.Symbol} {book.UpdateId} {book.LastTradeId} {book.LastPrice} {book.Top}";
            foreach (var level in Sides(book))
            {
                yield return level;
            }

            foreach (var trade in market.Trades.TakeNewest(1000))
            {
                yield return (trade with { TakerOrderId = 0 }).ToString();
            }

            foreach (var trade in market.Aggregates.TakeNewest(1000))
            {
                yield return (trade with { TakerOrderId = 0 }).ToString();
            }

            foreach (var bar in market.Candles(new CandleInterval(60_000), null, null, 200, nowMillis).Concat(market.Candles(new CandleInterval(1_000), null, null, 200, nowMillis)))
            {
                yield return bar.ToString();
            }

            yield return market.Day(nowMillis).ToString();
        }

        private static IEnumerable<string> Sides(OrderBook book) =>
            ((Ladder[])[book.Bids, book.Asks]).SelectMany(side => Enumerable.Range(0, side.Count).Select(rank => $"{side.Side} {side[rank].Price} {side[rank].Quantity:0.########}"));
    }

    // The venue would say that nobody watches: there is no dialect here.
    private sealed class Attended(SyntheticFlow flow, bool isWatched) : IMarketFlow
    {
        public void Attend(Func<OrderBook, bool> isHeard) => flow.Attend(book => isWatched || isHeard(book));

        public void Open(MatchingEngine engine, long nowMicros) => flow.Open(engine, nowMicros);

        public void Step(MatchingEngine engine, long nowMicros) => flow.Step(engine, nowMicros);

        public void Look(MatchingEngine engine, OrderBook book, long nowMicros) => flow.Look(engine, book, nowMicros);
    }
}
