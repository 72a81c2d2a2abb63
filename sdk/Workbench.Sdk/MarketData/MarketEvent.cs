namespace Workbench.Sdk;

/// <summary>Something that happened in a market, as a connector publishes it and a reader receives it. Immutable.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Stamp">Source, session, times and sequence.</param>
public abstract record MarketEvent(Symbol Symbol, MarketStamp Stamp);

/// <summary>The best bid and ask. A side that the book does not have is null.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Bid">The highest price somebody would buy at.</param>
/// <param name="BidQuantity">How much is wanted at the bid.</param>
/// <param name="Ask">The lowest price somebody would sell at.</param>
/// <param name="AskQuantity">How much is offered at the ask.</param>
/// <param name="Stamp">Source, session, times and sequence.</param>
public sealed record Quote(Symbol Symbol, Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity, MarketStamp Stamp)
    : MarketEvent(Symbol, Stamp)
{
    /// <summary>The middle of bid and ask, or null when a side is missing.</summary>
    public Price? Mid => Bid is { } bid && Ask is { } ask ? new Price((bid.Value + ask.Value) / 2) : null;

    /// <summary>Ask minus bid in units of the quote asset, or null when a side is missing; negative when the book is crossed.</summary>
    public Amount? Spread => Bid is { } bid && Ask is { } ask ? new Amount(ask.Value - bid.Value) : null;
}

/// <summary>One public trade.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Id">The venue's id of the trade.</param>
/// <param name="Price">What was paid.</param>
/// <param name="Quantity">How much changed hands.</param>
/// <param name="TakerSide">The direction of the order that took liquidity.</param>
/// <param name="Stamp">Source, session, times and sequence.</param>
public sealed record Trade(Symbol Symbol, TradeId Id, Price Price, Quantity Quantity, Side TakerSide, MarketStamp Stamp)
    : MarketEvent(Symbol, Stamp);

/// <summary>One price with everything that rests at it. In a change a quantity of zero removes the price.</summary>
/// <param name="Price">The price of the level.</param>
/// <param name="Quantity">The total quantity at the level.</param>
public readonly record struct PriceLevel(Price Price, Quantity Quantity);

/// <summary>A change of an order book, already brought into sequence by the connector: a snapshot replaces the book, anything else applies on top of the event before it.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="IsSnapshot">True when the levels are the whole book.</param>
/// <param name="Bids">Changed or all bids, in any order.</param>
/// <param name="Asks">Changed or all asks, in any order.</param>
/// <param name="Stamp">Source, session, times; the sequence is the venue's last update id that the change contains.</param>
public sealed record BookUpdate(Symbol Symbol, bool IsSnapshot, IReadOnlyList<PriceLevel> Bids, IReadOnlyList<PriceLevel> Asks, MarketStamp Stamp)
    : MarketEvent(Symbol, Stamp);

/// <summary>The order book after a change, best prices first.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Bids">Bids from the highest price down.</param>
/// <param name="Asks">Asks from the lowest price up.</param>
/// <param name="Stamp">Stamp of the change that led here; the sequence is the venue's update id of the book.</param>
public sealed record OrderBook(Symbol Symbol, IReadOnlyList<PriceLevel> Bids, IReadOnlyList<PriceLevel> Asks, MarketStamp Stamp)
    : MarketEvent(Symbol, Stamp)
{
    /// <summary>The best bid, or null when nobody bids.</summary>
    public PriceLevel? BestBid => Bids.Count > 0 ? Bids[0] : null;

    /// <summary>The best ask, or null when nobody offers.</summary>
    public PriceLevel? BestAsk => Asks.Count > 0 ? Asks[0] : null;

    /// <summary>Why the book must not be traded on, such as a gap in its changes; null when it is sound.</summary>
    public string? Problem { get; init; }

    /// <summary>True when the book follows its venue without a gap and is not crossed for longer than a moment. An invalid book shows the last levels known.</summary>
    public bool IsValid => Problem is null;

    /// <summary>True when the best bid is above the best ask.</summary>
    public bool IsCrossed => BestBid is { } bid && BestAsk is { } ask && bid.Price > ask.Price;

    /// <summary>True when the best bid equals the best ask; this happens for moments on a sound book.</summary>
    public bool IsLocked => BestBid is { } bid && BestAsk is { } ask && bid.Price == ask.Price;
}

/// <summary>Prices and volume of one interval.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Interval">Length of the candle.</param>
/// <param name="OpenTime">Start of the candle, inclusive.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price so far.</param>
/// <param name="Volume">Quantity traded so far, in units of the base asset.</param>
/// <param name="IsClosed">True when the candle is complete and will not change again.</param>
/// <param name="Stamp">Source, session, times and sequence.</param>
public sealed record Candle(Symbol Symbol, TimeSpan Interval, Timestamp OpenTime, Price Open, Price High, Price Low, Price Close, Quantity Volume, bool IsClosed, MarketStamp Stamp)
    : MarketEvent(Symbol, Stamp)
{
    /// <summary>True when trades of more than one connection went into it, because the route moved within the interval.</summary>
    public bool IsMixed { get; init; }

    /// <summary>True when trades may be missing from it: the reader began within the interval or the stream was interrupted, and the venue's own candle could not be read.</summary>
    public bool IsPartial { get; init; }
}
