using System.Text.Json;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>An order as the REST answers write it: placement, cancel, query and list share one shape, each with some of the fields.</summary>
internal sealed record OrderJson
{
    public string? Symbol { get; init; }

    public long? OrderId { get; init; }

    public string? ClientOrderId { get; init; }

    /// <summary>In the answer to a cancel: the id that the order had. <see cref="ClientOrderId"/> is then the cancel's own.</summary>
    public string? OrigClientOrderId { get; init; }

    public string? Status { get; init; }

    public string? Side { get; init; }

    public string? Type { get; init; }

    public decimal? Price { get; init; }

    public decimal? StopPrice { get; init; }

    /// <summary>In the answer to a query: whether it has been started by its stop price, or never had one.</summary>
    public bool? IsWorking { get; init; }

    /// <summary>When it began to work; -1 while a stop order waits.</summary>
    public long? WorkingTime { get; init; }

    public decimal? OrigQty { get; init; }

    public decimal? ExecutedQty { get; init; }

    /// <summary>The venue's spelling.</summary>
    public decimal? CummulativeQuoteQty { get; init; }

    public long? TransactTime { get; init; }

    public long? UpdateTime { get; init; }

    public long? Time { get; init; }

    public string? ExpiryReason { get; init; }

    public List<FillJson>? Fills { get; init; }

    /// <summary>Whether a stop order has been started, where the answer says it; an order of another type was never stopped.</summary>
    public bool? IsTriggered => Type is "STOP_LOSS" or "STOP_LOSS_LIMIT" ? IsWorking ?? (WorkingTime is { } at ? at > 0 : null) : null;

    /// <summary>The id under which we know the order; empty text counts as none.</summary>
    public string? OwnClientOrderId => string.IsNullOrEmpty(OrigClientOrderId) ? ClientOrderId : OrigClientOrderId;
}

/// <summary>The answer to <c>PUT /api/v3/order/amend/keepPriority</c>.</summary>
internal sealed record AmendJson(long? TransactTime, AmendedOrderJson? AmendedOrder);

/// <summary>The order inside it; here the venue names and spells the quantities otherwise.</summary>
internal sealed record AmendedOrderJson(
    string? Symbol,
    long? OrderId,
    string? ClientOrderId,
    string? Status,
    string? Side,
    string? Type,
    decimal? Price,
    decimal? Qty,
    decimal? ExecutedQty,
    decimal? CumulativeQuoteQty)
{
    /// <summary>The same in the shape of the other answers.</summary>
    public OrderJson ToOrder(long? transactTime) => new()
    {
        Symbol = Symbol,
        OrderId = OrderId,
        ClientOrderId = ClientOrderId,
        Status = Status,
        Side = Side,
        Type = Type,
        Price = Price,
        OrigQty = Qty,
        ExecutedQty = ExecutedQty,
        CummulativeQuoteQty = CumulativeQuoteQty,
        TransactTime = transactTime,
    };
}

/// <summary>The two halves of a cancel-replace, as the success and, under <c>data</c>, the failures write them.</summary>
internal sealed record CancelReplaceJson(string? CancelResult, string? NewOrderResult, JsonElement CancelResponse, JsonElement NewOrderResponse);

/// <summary>A cancel-replace that failed in one half or in both.</summary>
internal sealed record CancelReplaceErrorJson(int? Code, CancelReplaceJson? Data);

/// <summary>A fill inside the answer to a placement.</summary>
internal sealed record FillJson(decimal? Price, decimal? Qty, decimal? Commission, string? CommissionAsset, long? TradeId);

/// <summary>A row of <c>GET /api/v3/myTrades</c>.</summary>
internal sealed record MyTradeJson(
    string? Symbol,
    long? Id,
    long? OrderId,
    decimal? Price,
    decimal? Qty,
    decimal? Commission,
    string? CommissionAsset,
    long? Time,
    bool? IsBuyer,
    bool? IsMaker);

/// <summary>The answer to <c>GET /api/v3/account</c>, as far as it is used.</summary>
internal sealed record AccountJson(List<BalanceJson>? Balances, bool? CanTrade);

/// <summary>The answer to <c>GET /sapi/v1/account/apiRestrictions</c>, as far as it is used.</summary>
internal sealed record KeyRestrictionsJson(bool? IpRestrict, bool? EnableSpotAndMarginTrading, bool? EnableWithdrawals, long? TradingAuthorityExpirationTime);

/// <summary>What the account holds of one asset.</summary>
internal sealed record BalanceJson(string? Asset, decimal? Free, decimal? Locked);
