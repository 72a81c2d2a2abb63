using System.Text.Json.Serialization;

namespace Workbench.Plugins.Binance.UserData;

/// <summary>An <c>executionReport</c>, as far as it is used.</summary>
internal sealed record ExecutionJson
{
    [JsonPropertyName("s")]
    public string? Symbol { get; init; }

    /// <summary>Our id, except on a cancel or an amendment: then it is that request's own id.</summary>
    [JsonPropertyName("c")]
    public string? ClientOrderId { get; init; }

    /// <summary>The order's own id on a cancel or an amendment; empty otherwise.</summary>
    [JsonPropertyName("C")]
    public string? OrigClientOrderId { get; init; }

    [JsonPropertyName("S")]
    public string? Side { get; init; }

    [JsonPropertyName("o")]
    public string? Type { get; init; }

    [JsonPropertyName("q")]
    public decimal? Quantity { get; init; }

    [JsonPropertyName("p")]
    public decimal? Price { get; init; }

    [JsonPropertyName("P")]
    public decimal? StopPrice { get; init; }

    [JsonPropertyName("w")]
    public bool? IsWorking { get; init; }

    [JsonPropertyName("W")]
    public long? WorkingTime { get; init; }

    [JsonPropertyName("X")]
    public string? Status { get; init; }

    [JsonPropertyName("r")]
    public string? RejectReason { get; init; }

    [JsonPropertyName("eR")]
    public string? ExpiryReason { get; init; }

    [JsonPropertyName("i")]
    public long? OrderId { get; init; }

    [JsonPropertyName("l")]
    public decimal? LastQuantity { get; init; }

    [JsonPropertyName("L")]
    public decimal? LastPrice { get; init; }

    [JsonPropertyName("z")]
    public decimal? Filled { get; init; }

    [JsonPropertyName("Z")]
    public decimal? QuoteFilled { get; init; }

    [JsonPropertyName("n")]
    public decimal? Commission { get; init; }

    [JsonPropertyName("N")]
    public string? CommissionAsset { get; init; }

    [JsonPropertyName("t")]
    public long? TradeId { get; init; }

    [JsonPropertyName("m")]
    public bool? IsMaker { get; init; }

    [JsonPropertyName("T")]
    public long? TransactionTime { get; init; }

    [JsonPropertyName("E")]
    public long? EventTime { get; init; }
}
