using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Matching;

/// <summary>The book of one symbol with its counters. <see cref="UpdateId"/> rises by one with every level change.</summary>
internal sealed class OrderBook(Instrument instrument)
{
    /// <summary>Swapped whole when the venue changes filters or halts the symbol.</summary>
    public Instrument Instrument { get; set; } = instrument;

    public string Symbol { get; } = instrument.Symbol;
    public string Base { get; } = instrument.BaseAsset;
    public string Quote { get; } = instrument.QuoteAsset;
    public Ladder Bids { get; } = new(Side.Buy);
    public Ladder Asks { get; } = new(Side.Sell);
    public long UpdateId { get; set; } = instrument.FirstUpdateId;
    public long LastTradeId { get; set; } = instrument.FirstTradeId - 1;
    public long ExecutionId { get; set; }

    /// <summary>0 until the first trade.</summary>
    public decimal LastPrice { get; set; }

    public TopOfBook Top { get; private set; }

    public Ladder this[Side side] => side == Side.Buy ? Bids : Asks;

    /// <summary>Recomputes the best prices; true when they differ from the ones last seen here.</summary>
    public bool RefreshTop()
    {
        var top = new TopOfBook(
            Bids.Best?.Price ?? 0, Bids.Best?.Quantity ?? 0, Asks.Best?.Price ?? 0, Asks.Best?.Quantity ?? 0);
        if (top == Top)
        {
            return false;
        }

        Top = top;
        return true;
    }
}

/// <summary>Best bid and ask; price 0 means the side is empty.</summary>
internal readonly record struct TopOfBook(decimal BidPrice, decimal BidQuantity, decimal AskPrice, decimal AskQuantity);
