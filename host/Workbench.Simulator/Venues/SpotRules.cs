namespace Workbench.Simulator.Venues;

/// <summary>
/// Rules of a spot symbol beyond tick, step and notional, in the terms of Binance's filters. A zero limit means that there
/// is no such rule. Immutable, like the <see cref="Instrument"/> it belongs to.
/// </summary>
internal sealed record SpotRules
{
    private static readonly string[] AllSelfTradeModes = ["NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT", "TRANSFER"];

    public decimal MinMarketQuantity { get; init; }
    public decimal MarketStepSize { get; init; }

    /// <summary>Limit prices of buys lie within reference × down and reference × up.</summary>
    public decimal BidMultiplierUp { get; init; } = 5m;

    public decimal BidMultiplierDown { get; init; } = 0.2m;
    public decimal AskMultiplierUp { get; init; } = 5m;
    public decimal AskMultiplierDown { get; init; } = 0.2m;
    public bool AppliesMinNotionalToMarket { get; init; } = true;
    public bool AppliesMaxNotionalToMarket { get; init; }

    /// <summary>Minutes the average price behind the price filters covers; 0 takes the last price instead.</summary>
    public int AveragePriceMinutes { get; init; } = 5;

    /// <summary>Set, it takes the place of the average price in all filters.</summary>
    public decimal? ReferencePrice { get; init; }

    /// <summary>With a reference price, a buy takes nothing above this many times it; what is left ends. Null: no such rule.</summary>
    public decimal? BidLimitMultiplierUp { get; init; }

    /// <summary>The same for sells, downwards.</summary>
    public decimal? AskLimitMultiplierDown { get; init; }

    public int MaxAlgoOrders { get; init; } = 5;
    public int MaxIcebergOrders { get; init; } = 20;
    public int IcebergParts { get; init; } = 100;
    public int MaxOrderLists { get; init; } = 20;
    public int MaxOrderAmends { get; init; } = 10;

    /// <summary>Most base asset an account may hold, with what its open buys would add.</summary>
    public decimal MaxPosition { get; init; }

    /// <summary>Range of a trailing trigger above the market, in basis points.</summary>
    public (int Min, int Max) TrailingAbove { get; init; } = (10, 2000);

    public (int Min, int Max) TrailingBelow { get; init; } = (10, 2000);
    public IReadOnlyList<string> SelfTradeModes { get; init; } = AllSelfTradeModes;
    public string DefaultSelfTradeMode { get; init; } = "EXPIRE_MAKER";
}

/// <summary>Limits over all symbols of a venue together.</summary>
internal sealed record ExchangeRules
{
    public int MaxOrders { get; init; } = 1000;
    public int MaxAlgoOrders { get; init; } = 200;
    public int MaxIcebergOrders { get; init; } = 1000;
    public int MaxOrderLists { get; init; } = 200;

    /// <summary>Most of an asset one order may move; assets without an entry are not limited.</summary>
    public IReadOnlyDictionary<string, decimal> MaxAsset { get; init; } = new Dictionary<string, decimal>();
}
