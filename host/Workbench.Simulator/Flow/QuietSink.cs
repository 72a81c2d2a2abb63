using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>
/// What happens while nobody looks: trades are printed at their own times, so that bars and recent trades are there when
/// somebody does; of the book only its counter moves on, by as much as the engine would have moved it.
/// </summary>
internal sealed class QuietSink(MatchingEngine engine, OrderBook book) : IQuoteSink
{
    public long NowMicros { get; set; }

    public decimal Tick { get; set; }

    public decimal Step { get; set; }

    // An order made larger leaves its level and comes back: two changes.
    public void Set(Side side, Quote quote, long stepsBefore) => book.UpdateId += stepsBefore > 0 && quote.Steps > stepsBefore ? 2 : 1;

    public void Trade(Side taker, IReadOnlyList<Quote> taken)
    {
        // A house order's id would do; none is placed, so the first trade's id, which is as unique, stands for it.
        var takerId = -(book.LastTradeId + 1);
        foreach (var (ticks, steps) in taken)
        {
            engine.Print(book, new PublicTrade(book.Symbol, ++book.LastTradeId, ticks * Tick, steps * Step, taker, takerId, NowMicros + engine.ClockError), firesTriggers: false);
            book.UpdateId++;
        }
    }
}
