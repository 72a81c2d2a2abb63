using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>The filters of exchangeInfo, in the order they are published. Called inside the venue's lock.</summary>
internal static class OrderFilters
{
    /// <summary>Null when the order passes all; <paramref name="ahead"/> are orders of the same list that come before it.</summary>
    public static ApiError? Check(Market market, Account account, OrderRequest order, ExchangeRules exchange, long nowMillis, IReadOnlyCollection<OrderRequest> ahead)
    {
        var reference = Reference(market, nowMillis);
        var failed = Prices(market.Instrument, order)
            ?? Quantities(market.Instrument, order)
            ?? AgainstReference(market.Instrument, order, reference)
            ?? Holdings(market.Instrument, account, order, exchange, reference)
            ?? OpenOrders(market.Instrument, account, order, exchange, ahead);
        return failed is null ? null : ApiError.Filter(failed);
    }

    /// <summary>The rules on how many lists may be open.</summary>
    public static ApiError? Lists(Instrument i, Account account, ExchangeRules exchange)
    {
        var open = account.Lists.Where(l => l.IsOpen).ToList();
        var failed = Full(open.Count(l => l.Book.Symbol == i.Symbol), i.Spot.MaxOrderLists, open.Count, exchange.MaxOrderLists, "MAX_NUM_ORDER_LISTS");
        return failed is null ? null : ApiError.Filter(failed);
    }

    /// <summary>The price that percentage and notional rules are reckoned from.</summary>
    public static decimal Reference(Market market, long nowMillis)
    {
        var rules = market.Instrument.Spot;
        return rules.ReferencePrice
            ?? (rules.AveragePriceMinutes == 0 ? market.LastPrice : market.AveragePrice(rules.AveragePriceMinutes, nowMillis));
    }

    private static string? Prices(Instrument i, OrderRequest order)
    {
        var needsStop = order.StopPrice > 0 || (order.Kind.IsTriggered && order.TrailingDelta == 0);
        if ((order.Kind.HasPrice && !IsPrice(i, order.Price)) || (needsStop && !IsPrice(i, order.StopPrice)))
        {
            return "PRICE_FILTER";
        }

        var (least, most) = order.TriggersAbove ? i.Spot.TrailingAbove : i.Spot.TrailingBelow;
        return order.TrailingDelta > 0 && (order.TrailingDelta < least || order.TrailingDelta > most) ? "TRAILING_DELTA" : null;
    }

    private static bool IsPrice(Instrument i, decimal price) => IsWithin(price, i.MinPrice, i.MaxPrice) && i.IsOnTick(price) && price > 0;

    private static string? Quantities(Instrument i, OrderRequest order)
    {
        var bySize = order.QuoteQuantity == 0;
        if (bySize && !IsLot(i, order.Quantity))
        {
            return "LOT_SIZE";
        }

        if (order.IcebergQuantity > 0)
        {
            if (!IsLot(i, order.IcebergQuantity))
            {
                return "LOT_SIZE";
            }

            if (i.Spot.IcebergParts > 0 && decimal.Ceiling(order.Quantity / order.IcebergQuantity) > i.Spot.IcebergParts)
            {
                return "ICEBERG_PARTS";
            }
        }

        return bySize && !order.Kind.HasPrice && !IsMarketLot(i, order.Quantity) ? "MARKET_LOT_SIZE" : null;
    }

    private static bool IsLot(Instrument i, decimal quantity) =>
        quantity > 0 && IsWithin(quantity, i.MinQuantity, i.MaxQuantity) && i.IsOnStep(quantity);

    // Zeros mean that LOT_SIZE alone decides.
    private static bool IsMarketLot(Instrument i, decimal quantity) =>
        IsWithin(quantity, i.Spot.MinMarketQuantity, i.MaxMarketQuantity)
        && (i.Spot.MarketStepSize == 0 || quantity % i.Spot.MarketStepSize == 0);

    private static string? AgainstReference(Instrument i, OrderRequest order, decimal reference)
    {
        var rules = i.Spot;
        var price = order.Kind.HasPrice ? order.Price : reference;
        if (order.Kind.HasPrice)
        {
            var (up, down) = order.Side == Side.Buy
                ? (rules.BidMultiplierUp, rules.BidMultiplierDown)
                : (rules.AskMultiplierUp, rules.AskMultiplierDown);
            if (!IsWithin(price, reference * down, reference * up))
            {
                return "PERCENT_PRICE_BY_SIDE";
            }
        }

        var notional = order.QuoteQuantity > 0 ? order.QuoteQuantity : price * order.Quantity;
        var least = order.Kind.HasPrice || rules.AppliesMinNotionalToMarket ? i.MinNotional : 0;
        var most = order.Kind.HasPrice || rules.AppliesMaxNotionalToMarket ? i.MaxNotional : 0;
        return IsWithin(notional, least, most) ? null : "NOTIONAL";
    }

    private static string? Holdings(Instrument i, Account account, OrderRequest order, ExchangeRules exchange, decimal reference)
    {
        var price = order.Kind.HasPrice ? order.Price : reference;
        var quantity = order.QuoteQuantity > 0 ? order.QuoteQuantity / price : order.Quantity;
        if (exchange.MaxAsset.TryGetValue(i.BaseAsset, out var mostBase) && quantity > mostBase)
        {
            return "MAX_ASSET";
        }

        if (exchange.MaxAsset.TryGetValue(i.QuoteAsset, out var mostQuote) && quantity * price > mostQuote)
        {
            return "MAX_ASSET";
        }

        if (i.Spot.MaxPosition == 0 || order.Side != Side.Buy)
        {
            return null;
        }

        var buys = account.OpenOrders.Where(o => o.Symbol == i.Symbol && o.Side == Side.Buy).Sum(o => o.Remaining);
        return account.Balance(i.BaseAsset).Total + buys + quantity > i.Spot.MaxPosition ? "MAX_POSITION" : null;
    }

    private static string? OpenOrders(Instrument i, Account account, OrderRequest order, ExchangeRules exchange, IReadOnlyCollection<OrderRequest> ahead)
    {
        // What is over within the step takes no place among the open ones.
        if (order.Kind.IsMarket)
        {
            return null;
        }

        var all = OpenOrderCount.Of(account.OpenOrders).And(ahead);
        var here = OpenOrderCount.Of(account.OpenOrders.Where(o => o.Symbol == i.Symbol)).And(ahead);
        if (here.Orders >= i.MaxOpenOrders)
        {
            return "MAX_NUM_ORDERS";
        }

        if (all.Orders >= exchange.MaxOrders)
        {
            return "EXCHANGE_MAX_NUM_ORDERS";
        }

        return (order.Kind.IsTriggered ? Full(here.Algo, i.Spot.MaxAlgoOrders, all.Algo, exchange.MaxAlgoOrders, "MAX_NUM_ALGO_ORDERS") : null)
            ?? (order.IcebergQuantity > 0
                ? Full(here.Icebergs, i.Spot.MaxIcebergOrders, all.Icebergs, exchange.MaxIcebergOrders, "MAX_NUM_ICEBERG_ORDERS")
                : null);
    }

    private static string? Full(int here, int mostHere, int all, int mostAll, string name)
    {
        if (mostHere > 0 && here >= mostHere)
        {
            return name;
        }

        return mostAll > 0 && all >= mostAll ? "EXCHANGE_" + name : null;
    }

    private static bool IsWithin(decimal value, decimal least, decimal most) =>
        (least == 0 || value >= least) && (most == 0 || value <= most);

    private readonly record struct OpenOrderCount(int Orders, int Algo, int Icebergs)
    {
        public static OpenOrderCount Of(IEnumerable<Order> open)
        {
            var count = default(OpenOrderCount);
            foreach (var order in open)
            {
                count = new OpenOrderCount(
                    count.Orders + 1,
                    count.Algo + (order.Trigger is { FiredMicros: 0 } ? 1 : 0),
                    count.Icebergs + (order.DisplayQuantity > 0 ? 1 : 0));
            }

            return count;
        }

        public OpenOrderCount And(IReadOnlyCollection<OrderRequest> ahead) => new(
            Orders + ahead.Count,
            Algo + ahead.Count(o => o.Kind.IsTriggered),
            Icebergs + ahead.Count(o => o.IcebergQuantity > 0));
    }
}
