using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Flow;

public sealed class SyntheticFlowTests
{
    private const long Start = 1_700_000_000_000_000;

    private static (RecordingListener Events, MatchingEngine Engine) Run(ulong seed, int stepMillis, int seconds)
    {
        var listener = new RecordingListener();
        var engine = new MatchingEngine(listener) { NowMicros = Start };
        foreach (var instrument in DefaultInstruments.Create(DefaultInstruments.Names, 8, 1))
        {
            engine.List(instrument);
        }

        var flow = new SyntheticFlow(seed, seed + 1);
        flow.Open(engine, Start);
        for (long now = Start; now < Start + (seconds * 1_000_000L); now += stepMillis * 1000)
        {
            flow.Step(engine, now);
        }

        return (listener, engine);
    }

    [Fact]
    public void Same_seed_gives_the_same_events_whatever_the_step()
    {
        var one = Run(5, 20, 20).Events.Lines;
        var other = Run(5, 20, 20).Events.Lines;
        var different = Run(6, 20, 20).Events.Lines;

        other.ShouldBe(one);
        different.ShouldNotBe(one);
        Run(5, 50, 20).Events.Lines.Take(5000).ShouldBe(one.Take(5000));
    }

    [Fact]
    public void Market_moves_several_times_a_second_and_never_runs_dry()
    {
        const int Seconds = 120;
        var (events, engine) = Run(11, 20, Seconds);

        foreach (var book in engine.Books.Values)
        {
            book.Bids.Count.ShouldBeInRange(10, 60, book.Symbol);
            book.Asks.Count.ShouldBeInRange(10, 60, book.Symbol);
            events.Tops[book.Symbol].ShouldBeGreaterThan(Seconds * 3, book.Symbol);
            events.Trades[book.Symbol].ShouldBeGreaterThan(Seconds, book.Symbol);
            Math.Abs((book.LastPrice / book.Instrument.ReferencePrice) - 1).ShouldBeLessThan(0.1m, book.Symbol);
            ((book.Top.AskPrice - book.Top.BidPrice) / book.Top.BidPrice).ShouldBeLessThan(0.005m, book.Symbol);
        }
    }

    [Fact]
    public void Two_venues_of_one_seed_stay_near_each_other_without_being_equal()
    {
        decimal MidOf(ulong venueSeed)
        {
            var engine = new MatchingEngine(new RecordingListener()) { NowMicros = Start };
            var book = engine.List(DefaultInstruments.Create("BTC/USDT", 1));
            var flow = new SyntheticFlow(3, venueSeed);
            flow.Open(engine, Start);
            flow.Step(engine, Start + 4_000_000);
            return (book.Top.BidPrice + book.Top.AskPrice) / 2;
        }

        var (one, other) = (MidOf(100), MidOf(200));
        one.ShouldNotBe(other);
        Math.Abs((one / other) - 1).ShouldBeLessThan(0.001m);
    }
}
