namespace Workbench.Simulator.Venues;

internal enum InstrumentStatus
{
    Trading,
    Halted,
    CancelOnly,

    /// <summary>Gone for good; every order was cancelled.</summary>
    Delisted,
}

/// <summary>A symbol with its filters, in the venue's own spelling (<c>BTCUSDT</c>). Immutable: a change is a new record.</summary>
internal sealed record Instrument
{
    public required string Symbol { get; init; }
    public required string BaseAsset { get; init; }
    public required string QuoteAsset { get; init; }
    public required decimal TickSize { get; init; }

    /// <summary>Quantity step in base units.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>Where the synthetic market starts, in quote units.</summary>
    public required decimal ReferencePrice { get; init; }

    public decimal MinPrice { get; init; } = 0.00000001m;
    public decimal MaxPrice { get; init; } = 1_000_000m;
    public decimal MinQuantity { get; init; } = 0.00000001m;
    public decimal MaxQuantity { get; init; } = 9_000_000m;
    public decimal MaxMarketQuantity { get; init; } = 1_000_000m;
    public decimal MinNotional { get; init; } = 5m;
    public decimal MaxNotional { get; init; } = 9_000_000m;

    /// <summary>Limit prices must lie within reference ÷ this and reference × this.</summary>
    public decimal PriceBand { get; init; } = 5m;

    public int MaxOpenOrders { get; init; } = 200;
    public InstrumentStatus Status { get; init; } = InstrumentStatus.Trading;

    /// <summary>What a spot venue enforces beyond the above.</summary>
    public SpotRules Spot { get; init; } = new();

    public long FirstTradeId { get; init; } = 1;
    public long FirstUpdateId { get; init; }

    public bool IsOnTick(decimal price) => TickSize == 0 || price % TickSize == 0;

    public bool IsOnStep(decimal quantity) => StepSize == 0 || quantity % StepSize == 0;

    public decimal FloorToStep(decimal quantity) => StepSize == 0 ? quantity : quantity - (quantity % StepSize);

    public decimal FloorToTick(decimal price) => TickSize == 0 ? price : price - (price % TickSize);
}
