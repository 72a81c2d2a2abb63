using System.Globalization;
using Workbench.Plugins.Binance.Values;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>Turns the venue's words about orders into reports. Anything impossible gives null, and the caller says what that means.</summary>
internal static class OrderReports
{
    public static OrderReport? Of(OrderJson json, Symbol symbol)
    {
        if (json.OrderId is not { } id
            || !VenueNumbers.TryOptionalQuantity(json.OrigQty, out var quantity)
            || !VenueNumbers.TryOptionalQuantity(json.ExecutedQty, out var filled)
            || !VenueNumbers.TryOptionalPrice(json.Price, out var limit)
            || !VenueNumbers.TryOptionalPrice(json.StopPrice, out var stop)
            || !TryTime(json.TransactTime ?? json.UpdateTime ?? json.Time, out var time))
        {
            return null;
        }

        return new OrderReport
        {
            Symbol = symbol,
            ClientOrderId = OrderWords.ClientId(json.OwnClientOrderId),
            VenueOrderId = VenueOrder(id),
            Status = OrderWords.Status(json.Status, filled is { IsZero: false }),
            Side = OrderWords.Side(json.Side),
            Type = OrderWords.Type(json.Type),
            Quantity = quantity,
            LimitPrice = limit,
            StopPrice = stop,
            IsTriggered = json.IsTriggered,
            FilledQuantity = filled,
            AverageFillPrice = VenueNumbers.Average(json.CummulativeQuoteQty, filled),
            Reason = json.ExpiryReason,
            VenueTime = time,
        };
    }

    /// <summary>The fills that came with the answer to a placement; all of them took liquidity. Null when one is impossible.</summary>
    public static IReadOnlyList<FillReport>? FillsOf(OrderJson json, OrderReport report, Side side)
    {
        var fills = new List<FillReport>(json.Fills?.Count ?? 0);
        foreach (var fill in json.Fills ?? [])
        {
            if (fill.TradeId is not { } id || !TryDeal(fill.Price, fill.Qty, out var price, out var quantity))
            {
                return null;
            }

            fills.Add(new FillReport
            {
                Symbol = report.Symbol,
                TradeId = Trade(id),
                VenueOrderId = report.VenueOrderId,
                ClientOrderId = report.ClientOrderId,
                Side = side,
                Price = price,
                Quantity = quantity,
                Fee = new Amount(fill.Commission ?? 0),
                FeeAsset = OrderWords.Asset(fill.CommissionAsset),
                Role = LiquidityRole.Taker,
                VenueTime = report.VenueTime,
            });
        }

        return fills;
    }

    /// <summary>One row of the account's trades. The venue does not repeat our id there.</summary>
    public static FillReport? Of(MyTradeJson json, Symbol symbol, ClientOrderId? clientOrderId)
    {
        if (json.Id is not { } id || json.OrderId is not { } orderId || json.IsBuyer is not { } isBuyer
            || !TryDeal(json.Price, json.Qty, out var price, out var quantity)
            || !TryTime(json.Time, out var time))
        {
            return null;
        }

        return new FillReport
        {
            Symbol = symbol,
            TradeId = Trade(id),
            VenueOrderId = VenueOrder(orderId),
            ClientOrderId = clientOrderId,
            Side = isBuyer ? Side.Buy : Side.Sell,
            Price = price,
            Quantity = quantity,
            Fee = new Amount(json.Commission ?? 0),
            FeeAsset = OrderWords.Asset(json.CommissionAsset),
            Role = json.IsMaker == true ? LiquidityRole.Maker : LiquidityRole.Taker,
            VenueTime = time,
        };
    }

    public static VenueOrderId VenueOrder(long id) => new(id.ToString(CultureInfo.InvariantCulture));

    public static TradeId Trade(long id) => new(id.ToString(CultureInfo.InvariantCulture));

    public static bool TryTime(long? value, out Timestamp time)
    {
        time = default;
        return value is { } known && VenueTimes.TryRead(known, out time);
    }

    /// <summary>What changed hands: both numbers must be there and more than zero.</summary>
    public static bool TryDeal(decimal? priceValue, decimal? quantityValue, out Price price, out Quantity quantity)
    {
        var ok = VenueNumbers.TryOptionalPrice(priceValue, out var p) & VenueNumbers.TryOptionalQuantity(quantityValue, out var q);
        price = p ?? default;
        quantity = q ?? default;
        return ok && p is not null && q is { IsZero: false };
    }
}
