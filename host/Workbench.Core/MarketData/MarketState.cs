using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>What the pipeline keeps of one market at one connection. Pipeline thread only.</summary>
internal sealed class MarketState(ConnectionId connection, Symbol symbol, MarketSlot slot, PriceCheck? check)
{
    public ConnectionId Connection => connection;

    public Symbol Symbol => symbol;

    /// <summary>What others may read of it.</summary>
    public MarketSlot Slot => slot;

    /// <summary>The book, by applying its changes.</summary>
    public BookBuilder Book { get; set; } = new();

    /// <summary>Whether the book may be traded on.</summary>
    public BookValidity Validity { get; set; } = new();

    /// <summary>How many readers follow the book. While nobody does, what is known of it says nothing about the market now.</summary>
    public int Followers { get; set; }

    /// <summary>Own history of the quotes; null when prices are not checked.</summary>
    public PriceGuard? Quotes { get; } = check is null ? null : new PriceGuard(check);

    /// <summary>Own history of the trades.</summary>
    public PriceGuard? Trades { get; } = check is null ? null : new PriceGuard(check);

    /// <summary>Own history of the book's best prices.</summary>
    public PriceGuard? Books { get; } = check is null ? null : new PriceGuard(check);
}
