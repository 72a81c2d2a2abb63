using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.UserData;

/// <summary>Turns the venue's orders into reports.</summary>
internal static class OrderReports
{
    private const string WouldTake = "EC_PostOnlyWillTakeLiquidity";

    /// <summary>The report, or why there is none.</summary>
    /// <param name="row">What the venue wrote.</param>
    /// <param name="problem">What was wrong while reading it, or null.</param>
    /// <param name="instruments">Maps names.</param>
    /// <param name="otherwiseAt">The report's time where the row has none.</param>
    public static ReadResult<OrderReport> From(in OrderRow row, string? problem, InstrumentMap instruments, Timestamp otherwiseAt)
    {
        if (problem is not null || row is not { Symbol: { } market, OrderId: { } orderId, Status: { } statusText })
        {
            return Bad($"An order cannot be read: {problem ?? "its market, id or status is missing"}.");
        }

        if (!instruments.TryGet(market, out var instrument))
        {
            return new VenueError(VenueErrorKind.NotFound, $"an order is of an unknown market '{market}'");
        }

        if (row.Quantity < 0 || row.FilledQuantity < 0)
        {
            return Bad("An order has a negative quantity.");
        }

        var status = StatusOf(statusText, row);
        var type = TypeOf(row);
        return new OrderReport
        {
            Symbol = instrument.Symbol,
            VenueOrderId = new VenueOrderId(orderId),
            ClientOrderId = row.OrderLinkId is { } link ? new ClientOrderId(link) : null,
            Status = status,
            Side = row.Side,
            Type = type,
            Quantity = IsCountedInQuote(row) || row.Quantity is null ? null : new Quantity(row.Quantity.Value),
            LimitPrice = row.OrderType == "Limit" ? PriceOf(row.Price) : null,
            StopPrice = PriceOf(row.TriggerPrice),
            IsTriggered = type is { } known && known.HasStopPrice() ? statusText is not ("Untriggered" or "Deactivated") : null,
            FilledQuantity = row.FilledQuantity is { } filled ? new Quantity(filled) : null,
            AverageFillPrice = PriceOf(row.AveragePrice),
            Reason = ReasonOf(status, row),
            VenueTime = row.UpdatedAt ?? row.CreatedAt ?? otherwiseAt,
        };
    }

    // What is left over of a cancelled order reads as zero here, so nothing is ever taken from "leavesQty".
    private static OrderStatus StatusOf(string text, in OrderRow row) => text switch
    {
        "Created" => OrderStatus.Pending,
        "New" or "Untriggered" or "Triggered" or "Active" => OrderStatus.New,
        "PartiallyFilled" => OrderStatus.PartiallyFilled,

        // A cancel that came too late repeats this with cancelType CancelByUser; the order stays filled.
        "Filled" => OrderStatus.Filled,

        // A post-only order that would take is queued, then cancelled; nothing of it ever worked, so it counts as refused.
        "Cancelled" when row is { RejectReason: WouldTake, FilledQuantity: null or 0 } => OrderStatus.Rejected,
        "Cancelled" or "PartiallyFilledCanceled" or "Deactivated" => OrderStatus.Cancelled,
        "Rejected" => OrderStatus.Rejected,

        // A status that is new to us counts as open: that keeps the order's quantity reserved until the venue says something that we know.
        _ => row.FilledQuantity > 0 ? OrderStatus.PartiallyFilled : OrderStatus.New,
    };

    // What takes a profit or belongs to a bracket waits for a price too, and is none of our types; somebody else placed it.
    private static OrderType? TypeOf(in OrderRow row) => (row.OrderType, IsConditional: row.TriggerPrice > 0, row.StopOrderType) switch
    {
        ("Limit", false, _) => OrderType.Limit,
        ("Market", false, _) => OrderType.Market,
        ("Limit", true, "Stop" or "UNKNOWN" or null) => OrderType.StopLimit,
        ("Market", true, "Stop" or "UNKNOWN" or null) => OrderType.Stop,
        _ => null,
    };

    // A spot market buy is counted in quote units unless it says otherwise; ours say baseCoin, a person's at the venue's site may not.
    private static bool IsCountedInQuote(in OrderRow row) =>
        row.OrderType == "Market" && (row.Category ?? "spot") == "spot" && (row.MarketUnit == "quoteCoin" || (row is { Side: Side.Buy, MarketUnit: null }));

    private static string? ReasonOf(OrderStatus status, in OrderRow row)
    {
        if (status is not (OrderStatus.Cancelled or OrderStatus.Rejected))
        {
            return null;
        }

        return row.RejectReason is { } reason && reason is not ("EC_NoError" or "UNKNOWN") ? reason : row.CancelType is "UNKNOWN" ? null : row.CancelType;
    }

    private static Price? PriceOf(decimal? value) => value is { } number && Price.TryCreate(number, out var price) ? price : null;

    private static VenueError Bad(string message) => new(VenueErrorKind.BadResponse, message);
}
