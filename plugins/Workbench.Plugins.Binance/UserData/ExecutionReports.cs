using Workbench.Plugins.Binance.Trading;
using Workbench.Plugins.Binance.Values;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.UserData;

/// <summary>Turns execution reports into what the contract carries.</summary>
internal static class ExecutionReports
{
    /// <summary>What the venue says about the order; null when a value is missing or impossible.</summary>
    public static OrderReport? ReportOf(ExecutionJson json, Symbol symbol)
    {
        if (json.OrderId is not { } id || string.IsNullOrEmpty(json.Status)
            || !VenueNumbers.TryOptionalQuantity(json.Quantity, out var quantity)
            || !VenueNumbers.TryOptionalQuantity(json.Filled, out var filled)
            || !VenueNumbers.TryOptionalPrice(json.Price, out var limit)
            || !VenueNumbers.TryOptionalPrice(json.StopPrice, out var stop)
            || !OrderReports.TryTime(json.TransactionTime ?? json.EventTime, out var time))
        {
            return null;
        }

        return new OrderReport
        {
            Symbol = symbol,
            ClientOrderId = OrderWords.ClientId(string.IsNullOrEmpty(json.OrigClientOrderId) ? json.ClientOrderId : json.OrigClientOrderId),
            VenueOrderId = OrderReports.VenueOrder(id),
            Status = OrderWords.Status(json.Status, filled is { IsZero: false }),
            Side = OrderWords.Side(json.Side),
            Type = OrderWords.Type(json.Type),
            Quantity = quantity,
            LimitPrice = limit,
            StopPrice = stop,
            IsTriggered = IsTriggered(json),
            FilledQuantity = filled,
            AverageFillPrice = VenueNumbers.Average(json.QuoteFilled, filled),
            Reason = ReasonOf(json),
            VenueTime = time,
        };
    }

    /// <summary>The execution that the report is about, if any. It is known by its trade id and not by the kind of execution, of which the venue may invent new ones.</summary>
    /// <returns>False when there is one and it is impossible.</returns>
    public static bool TryFill(ExecutionJson json, OrderReport report, out FillReport? fill)
    {
        fill = null;
        if (json.TradeId is not >= 0 || json.LastQuantity is not { } last || last == 0)
        {
            return true;
        }

        if (report.Side is not { } side || !OrderReports.TryDeal(json.LastPrice, last, out var price, out var quantity))
        {
            return false;
        }

        fill = new FillReport
        {
            Symbol = report.Symbol,
            TradeId = OrderReports.Trade(json.TradeId.Value),
            VenueOrderId = report.VenueOrderId,
            ClientOrderId = report.ClientOrderId,
            Side = side,
            Price = price,
            Quantity = quantity,
            Fee = new Amount(json.Commission ?? 0),
            FeeAsset = OrderWords.Asset(json.CommissionAsset),
            Role = json.IsMaker == true ? LiquidityRole.Maker : LiquidityRole.Taker,
            VenueTime = report.VenueTime,
        };
        return true;
    }

    // The working time comes with every event from the start on, the flag only while it is in the book.
    private static bool? IsTriggered(ExecutionJson json) =>
        OrderWords.Type(json.Type) is { } type && type.HasStopPrice() ? json.WorkingTime > 0 || json.IsWorking == true : null;

    private static string? ReasonOf(ExecutionJson json) =>
        json.RejectReason is { Length: > 0 } reason and not "NONE" ? reason : string.IsNullOrEmpty(json.ExpiryReason) ? null : json.ExpiryReason;
}
