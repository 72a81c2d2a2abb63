using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>What happens while somebody looks: real orders of the house.</summary>
internal sealed class EngineSink(MatchingEngine engine, OrderBook book, HouseAccounts house) : IQuoteSink
{
    private readonly HouseQuotes _quotes = new(book, house.Maker);

    public decimal Tick { get; set; }

    public decimal Step { get; set; }

    public void Set(Side side, Quote quote, long stepsBefore) => _quotes.Set(engine, side, quote.Ticks * Tick, quote.Steps * Step);

    public void Trade(Side taker, IReadOnlyList<Quote> taken)
    {
        var steps = 0L;
        foreach (var quote in taken)
        {
            steps += quote.Steps;
        }

        engine.Place(house.Taker, new NewOrder { Symbol = book.Symbol, Side = taker, Type = OrderType.Market, Quantity = steps * Step });
    }

    /// <summary>Makes the house stand exactly as its maker wants it; first what must go, so that the house never meets itself.</summary>
    public void Match(params ReadOnlySpan<QuoteLadder> wanted)
    {
        foreach (var ladder in wanted)
        {
            var prices = new HashSet<decimal>(ladder.Count);
            for (var rank = 0; rank < ladder.Count; rank++)
            {
                prices.Add(ladder[rank].Ticks * Tick);
            }

            foreach (var price in _quotes.Prices(ladder.Side).Where(p => !prices.Contains(p)).ToList())
            {
                _quotes.Set(engine, ladder.Side, price, 0);
            }
        }

        foreach (var ladder in wanted)
        {
            for (var rank = 0; rank < ladder.Count; rank++)
            {
                _quotes.Set(engine, ladder.Side, ladder[rank].Ticks * Tick, ladder[rank].Steps * Step);
            }
        }
    }

    /// <summary>Takes everything out of the book.</summary>
    public void Withdraw()
    {
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            foreach (var price in _quotes.Prices(side).ToList())
            {
                _quotes.Set(engine, side, price, 0);
            }
        }
    }
}
