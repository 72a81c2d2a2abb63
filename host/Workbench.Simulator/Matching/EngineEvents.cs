namespace Workbench.Simulator.Matching;

internal enum OrderEventKind
{
    /// <summary>Taken by the engine: working, untriggered or pending as its status says.</summary>
    Accepted,
    Trade,
    Cancelled,

    /// <summary>Ended by the engine; <see cref="Order.CloseReason"/> says why.</summary>
    Expired,
    Amended,

    /// <summary>A conditional order was reached by the price and works from now on; what it trades follows.</summary>
    Triggered,

    /// <summary>A pending order of a list took its turn and is now working or untriggered.</summary>
    Placed,

    /// <summary>Self-trade prevention made it smaller and it goes on. (One that ended by it is <see cref="Expired"/>.)</summary>
    TradePrevention,
}

/// <summary>One step in an order's life. <see cref="Order"/> is live: read it while handling the event.</summary>
internal readonly record struct OrderEvent(OrderEventKind Kind, Order Order, long ExecutionId, long TimeMicros)
{
    /// <summary>The fill, for <see cref="OrderEventKind.Trade"/>.</summary>
    public AccountTrade? Trade { get; init; }

    /// <summary>The match that did not happen, when self-trade prevention reduced or ended the order.</summary>
    public PreventedMatch? Prevented { get; init; }

    /// <summary>Client id of the cancel or amend request, when it brought one.</summary>
    public string RequestClientId { get; init; } = "";

    /// <summary>Client id the order had before an amend changed it.</summary>
    public string PreviousClientId { get; init; } = "";
}

internal enum OrderListEventKind
{
    Started,

    /// <summary>Pending orders were placed.</summary>
    Updated,

    /// <summary>None of its orders is open any more.</summary>
    Done,
}

/// <summary>One step in the life of a list of orders.</summary>
internal readonly record struct OrderListEvent(OrderListEventKind Kind, OrderList List, long TimeMicros);

/// <summary>One fill as one account sees it.</summary>
internal sealed record AccountTrade(
    long Id,
    long OrderId,
    string Symbol,
    Side Side,
    decimal Price,
    decimal Quantity,
    decimal QuoteQuantity,
    decimal Fee,
    string FeeAsset,
    bool IsMaker,
    long TimeMicros)
{
    /// <summary>The rate behind <see cref="Fee"/>; negative for a rebate.</summary>
    public decimal FeeRate { get; init; }
}

/// <summary>A trade as the public sees it.</summary>
internal readonly record struct PublicTrade(
    string Symbol, long Id, decimal Price, decimal Quantity, Side TakerSide, long TakerOrderId, long TimeMicros)
{
    public bool BuyerIsMaker => TakerSide == Side.Sell;
}

/// <summary>New total quantity at a price; 0 removes the level.</summary>
internal readonly record struct LevelChange(Side Side, decimal Price, decimal Quantity, long UpdateId, long TimeMicros);

/// <summary>
/// Receives what the engine does, in order, on the engine's thread and inside the venue's lock: return quickly, never call
/// back into the engine. Within one step: order events, level changes and public trades as they happen, then balances of
/// every touched account, then the top of every touched book, then <see cref="OnStepEnd"/>.
/// </summary>
internal interface IEngineListener
{
    void OnOrder(in OrderEvent e);

    /// <summary>After the order events it sums up.</summary>
    void OnOrderList(in OrderListEvent e)
    {
    }

    /// <summary>The venue took a trade of an account back (null), or gave it another price. Nothing else is raised for it but the balances.</summary>
    void OnCorrected(Order order, AccountTrade trade, AccountTrade? corrected)
    {
    }

    void OnTrade(OrderBook book, in PublicTrade trade);

    void OnLevel(OrderBook book, in LevelChange change);

    /// <summary>Raised once a step per account that is not a house account, with the balances it touched.</summary>
    void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros);

    /// <summary>Best price or quantity changed; the values are in <see cref="OrderBook.Top"/>.</summary>
    void OnTop(OrderBook book, long timeMicros);

    void OnStepEnd();
}
