namespace Workbench.Sdk;

/// <summary>A kind of market data that can be subscribed to.</summary>
public enum MarketChannel
{
    /// <summary>Best bid and ask.</summary>
    Quotes,

    /// <summary>Public trades.</summary>
    Trades,

    /// <summary>The order book, by changes.</summary>
    Book,

    /// <summary>Candles of one minute.</summary>
    Candles,
}

/// <summary>A channel of one market.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Channel">The kind of data.</param>
public readonly record struct MarketSubscription(Symbol Symbol, MarketChannel Channel)
{
    /// <summary>Such as <c>BTC/USDT Quotes</c>.</summary>
    public override string ToString() => $"{Symbol} {Channel}";
}

/// <summary>A wish to begin or end a subscription, or to begin one anew.</summary>
/// <param name="Subscription">What is meant.</param>
/// <param name="IsAdded">True to begin, false to end.</param>
/// <param name="IsAgain">True when what is there must be begun anew: the venue has not answered, the data does not come, or it was interrupted. Where an interrupted book needs only
/// a new snapshot, that is all the connector does; anything else is ended and begun at the venue. Only together with <paramref name="IsAdded"/>.</param>
public readonly record struct SubscriptionChange(MarketSubscription Subscription, bool IsAdded, bool IsAgain = false);
