using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Matching;

/// <summary>The book of one symbol with its counters. <see cref="UpdateId"/> rises by one with every level change.</summary>
internal sealed class OrderBook(Instrument instrument, ISettlement settlement)
{
    private readonly TriggerBook?[] _triggers = new TriggerBook?[3];
    private readonly decimal[] _prices = new decimal[3];

    /// <summary>Swapped whole when the venue changes filters or halts the symbol.</summary>
    public Instrument Instrument { get; set; } = instrument;

    /// <summary>The money behind it.</summary>
    public ISettlement Settlement { get; } = settlement;

    public string Symbol { get; } = instrument.Symbol;
    public string Base { get; } = instrument.BaseAsset;
    public string Quote { get; } = instrument.QuoteAsset;
    public Ladder Bids { get; } = new(Side.Buy);
    public Ladder Asks { get; } = new(Side.Sell);
    public long UpdateId { get; set; } = instrument.FirstUpdateId;
    public long LastTradeId { get; set; } = instrument.FirstTradeId - 1;
    public long LastPreventedMatchId { get; set; }
    public long ExecutionId { get; set; }

    /// <summary>0 until the first trade.</summary>
    public decimal LastPrice
    {
        get => _prices[(int)PriceSource.Last];
        set => _prices[(int)PriceSource.Last] = value;
    }

    public TopOfBook Top { get; private set; }

    /// <summary>Sides that the house's accounts quote no more.</summary>
    public HashSet<Side> Deserted { get; } = [];

    public Ladder this[Side side] => side == Side.Buy ? Bids : Asks;

    /// <summary>0 until it is known.</summary>
    public decimal Price(PriceSource source) => _prices[(int)source];

    public void SetPrice(PriceSource source, decimal price) => _prices[(int)source] = price;

    /// <summary>The orders that wait for a price of this kind; null when there never were any.</summary>
    public TriggerBook? Triggers(PriceSource source) => _triggers[(int)source];

    public void Wait(Order order, long now)
    {
        var source = order.Trigger!.Terms.Source;
        (_triggers[(int)source] ??= new TriggerBook()).Add(order, Price(source), now);
    }

    /// <summary>At what price the funds of a conditional market order are reckoned.</summary>
    public decimal LockPrice(TriggerTerms trigger) => trigger.Price > 0 ? trigger.Price
        : Price(trigger.Source) > 0 ? Price(trigger.Source)
        : Instrument.ReferencePrice;

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
