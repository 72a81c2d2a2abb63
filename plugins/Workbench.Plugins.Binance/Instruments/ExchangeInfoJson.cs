namespace Workbench.Plugins.Binance.Instruments;

/// <summary>The answer to <c>GET /api/v3/exchangeInfo</c>, as far as it is used.</summary>
internal sealed record ExchangeInfoJson
{
    public List<RateLimitJson>? RateLimits { get; init; }

    public List<SymbolJson>? Symbols { get; init; }
}

internal sealed record RateLimitJson(string? RateLimitType, string? Interval, int IntervalNum, long Limit);

internal sealed record SymbolJson
{
    public string? Symbol { get; init; }

    public string? Status { get; init; }

    public string? BaseAsset { get; init; }

    public string? QuoteAsset { get; init; }

    public bool? IsSpotTradingAllowed { get; init; }

    public List<FilterJson>? Filters { get; init; }
}

/// <summary>Every filter in one shape; a filter has only some of the fields.</summary>
internal sealed record FilterJson
{
    public string? FilterType { get; init; }

    public decimal? TickSize { get; init; }

    public decimal? MinQty { get; init; }

    public decimal? MaxQty { get; init; }

    public decimal? StepSize { get; init; }

    public decimal? MinNotional { get; init; }

    public decimal? MaxNotional { get; init; }
}
