namespace Workbench.Simulator.Binance.Orders;

/// <summary>What the parameters of one order are called: plain in a single order, with a prefix in the legs of a list.</summary>
internal sealed record FieldNames(string Prefix, string Side, string Quantity)
{
    private static readonly string[] OfLeg =
    [
        "type", "clientOrderId", "timeInForce", "price", "stopPrice", "trailingDelta", "icebergQty", "strategyId", "strategyType",
        "pegPriceType", "pegOffsetType", "pegOffsetValue",
    ];

    public static readonly FieldNames Plain = new("", "side", "quantity");

    public string Type => Of("type");
    public string ClientId => Prefix.Length == 0 ? "newClientOrderId" : Of("clientOrderId");
    public string TimeInForce => Of("timeInForce");
    public string Price => Of("price");
    public string StopPrice => Of("stopPrice");
    public string TrailingDelta => Of("trailingDelta");
    public string IcebergQuantity => Of("icebergQty");
    public string StrategyId => Of("strategyId");
    public string StrategyType => Of("strategyType");
    public string PegPriceType => Of("pegPriceType");
    public string PegOffsetType => Of("pegOffsetType");
    public string PegOffsetValue => Of("pegOffsetValue");

    /// <summary>Only a single order can be sized in quote.</summary>
    public string? QuoteQuantity => Prefix.Length == 0 ? "quoteOrderQty" : null;

    /// <summary>Every parameter of a leg, its side and quantity included.</summary>
    public IEnumerable<string> All => [.. OfLeg.Select(Of), Side, Quantity];

    private string Of(string field) => Prefix.Length == 0 ? field : string.Concat(Prefix, field[..1].ToUpperInvariant(), field.AsSpan(1));
}
