using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.UserData;

/// <summary>Turns the venue's executions into fills.</summary>
internal static class FillReports
{
    /// <summary>True for a trade of an order; funding, liquidation, delivery and the like also come as executions.</summary>
    public static bool IsTrade(in ExecutionRow row) => row.Type is "Trade" or null;

    /// <summary>The fill, or why there is none.</summary>
    /// <param name="row">What the venue wrote.</param>
    /// <param name="problem">What was wrong while reading it, or null.</param>
    /// <param name="instruments">Maps names.</param>
    /// <param name="otherwiseAt">The fill's time where the row has none.</param>
    public static ReadResult<FillReport> From(in ExecutionRow row, string? problem, InstrumentMap instruments, Timestamp otherwiseAt)
    {
        if (problem is not null || row is not { Symbol: { } market, ExecutionId: { } id, OrderId: { } orderId, Side: { } side, Price: { } paid, Quantity: > 0 and var quantity })
        {
            return Bad($"An execution cannot be read: {problem ?? "its market, an id, the side, price or quantity is missing"}.");
        }

        if (!instruments.TryGet(market, out var instrument))
        {
            return new VenueError(VenueErrorKind.NotFound, $"an execution is of an unknown market '{market}'");
        }

        if (!Price.TryCreate(paid, out var price))
        {
            return Bad("An execution has no positive price.");
        }

        return new FillReport
        {
            Symbol = instrument.Symbol,
            TradeId = new TradeId(id),
            VenueOrderId = new VenueOrderId(orderId),
            ClientOrderId = row.OrderLinkId is { } link ? new ClientOrderId(link) : null,
            Side = side,
            Price = price,
            Quantity = new Quantity(quantity),
            Fee = new Amount(row.Fee ?? 0),
            FeeAsset = FeeAssetOf(row, side, instrument.Symbol),
            Role = row.IsMaker ? LiquidityRole.Maker : LiquidityRole.Taker,
            VenueTime = row.Time ?? otherwiseAt,
        };
    }

    // Where the venue leaves the currency out its spot rule gives it: a buy pays in what it receives, the base, a sell in the quote;
    // a maker's rebate comes in the other one.
    private static Asset? FeeAssetOf(in ExecutionRow row, Side side, Symbol symbol)
    {
        if (row.FeeCurrency is { } stated)
        {
            return Assets.TryCreate(stated, out var asset) ? asset : null;
        }

        if (row.Fee is null || (row.Category ?? "spot") != "spot")
        {
            return null;
        }

        var isRebate = row.IsMaker && row.Fee < 0;
        return (side == Side.Buy) != isRebate ? symbol.Base : symbol.Quote;
    }

    private static VenueError Bad(string message) => new(VenueErrorKind.BadResponse, message);
}
