using System.Globalization;
using Workbench.Sdk;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Direct;

/// <summary>The engine's words in those of the Sdk. An order is read inside the venue's lock.</summary>
internal static class Translation
{
    /// <summary>A price of the engine, where zero stands for none.</summary>
    public static Price? Price(decimal value) => value > 0 ? new Price(value) : null;

    public static Sdk.Side Side(Matching.Side side) => side == Matching.Side.Buy ? Sdk.Side.Buy : Sdk.Side.Sell;

    public static VenueOrderId OrderId(long id) => new(id.ToString(CultureInfo.InvariantCulture));

    public static Candle Candle(Symbol symbol, TimeSpan interval, Venues.Candle bar, bool isClosed, MarketStamp stamp) => new(
        symbol, interval, Timestamp.FromUnixMilliseconds(bar.OpenMillis), new Price(bar.Open), new Price(bar.High), new Price(bar.Low), new Price(bar.Close),
        new Quantity(bar.Volume), isClosed, stamp);

    public static Sdk.Balance Balance(Matching.Balance balance) => new(new Asset(balance.Asset), new Amount(balance.Free), new Amount(balance.Locked));

    public static OrderReport Report(Matching.Order order, Symbol symbol) => new()
    {
        Symbol = symbol,
        ClientOrderId = order.ClientId.Length > 0 ? new ClientOrderId(order.ClientId) : null,
        VenueOrderId = OrderId(order.Id),
        Status = Status(order.Status),
        Side = Side(order.Side),
        Type = Type(order),
        Quantity = new Quantity(order.Quantity),
        LimitPrice = Price(order.Price),
        StopPrice = Price(order.Trigger?.Terms.Price ?? 0),
        IsTriggered = order.Trigger is { } trigger ? trigger.FiredMicros > 0 : null,
        FilledQuantity = new Quantity(order.Executed),
        AverageFillPrice = Price(order.AveragePrice),
        Reason = Reason(order.CloseReason),
        VenueTime = Timestamp.FromUnixMicroseconds(order.UpdatedMicros),
    };

    public static FillReport Fill(AccountTrade trade, Matching.Order order, Symbol symbol) => new()
    {
        Symbol = symbol,
        TradeId = new TradeId(trade.Id.ToString(CultureInfo.InvariantCulture)),
        VenueOrderId = OrderId(order.Id),
        ClientOrderId = order.ClientId.Length > 0 ? new ClientOrderId(order.ClientId) : null,
        Side = Side(trade.Side),
        Price = new Price(trade.Price),
        Quantity = new Quantity(trade.Quantity),
        Fee = new Amount(trade.Fee),
        FeeAsset = new Asset(trade.FeeAsset),
        Role = trade.IsMaker ? LiquidityRole.Maker : LiquidityRole.Taker,
        VenueTime = Timestamp.FromUnixMicroseconds(trade.TimeMicros),
    };

    public static VenueError Error(Rejection rejection) => rejection switch
    {
        Rejection.InsufficientBalance => new VenueError(VenueErrorKind.InsufficientFunds, "The account has not enough free balance for the order.", rejection.ToString()),
        Rejection.UnknownSymbol => new VenueError(VenueErrorKind.NotFound, "The venue does not list that market.", rejection.ToString()),
        Rejection.NotOpen => new VenueError(VenueErrorKind.NotFound, "The order is not open.", rejection.ToString()),
        Rejection.WouldTake => new VenueError(VenueErrorKind.InvalidRequest, "The order is post-only and would take liquidity.", rejection.ToString()),
        Rejection.MarketClosed => new VenueError(VenueErrorKind.InvalidRequest, "The market takes no orders now.", rejection.ToString()),
        _ => new VenueError(VenueErrorKind.InvalidRequest, "The quantity or the price of the order is not valid.", rejection.ToString()),
    };

    private static Sdk.OrderType Type(Matching.Order order) => (order.Type, order.Trigger) switch
    {
        (Matching.OrderType.Market, null) => Sdk.OrderType.Market,
        (Matching.OrderType.Market, _) => Sdk.OrderType.Stop,
        (_, null) => Sdk.OrderType.Limit,
        _ => Sdk.OrderType.StopLimit,
    };

    private static Sdk.OrderStatus Status(Matching.OrderStatus status) => status switch
    {
        Matching.OrderStatus.New or Matching.OrderStatus.Untriggered or Matching.OrderStatus.Pending => Sdk.OrderStatus.New,
        Matching.OrderStatus.PartiallyFilled => Sdk.OrderStatus.PartiallyFilled,
        Matching.OrderStatus.Filled => Sdk.OrderStatus.Filled,
        Matching.OrderStatus.Cancelled => Sdk.OrderStatus.Cancelled,
        _ => Sdk.OrderStatus.Expired,
    };

    private static string? Reason(CloseReason reason) => reason switch
    {
        CloseReason.None => null,
        CloseReason.CancelledByOwner => "cancelled by its owner",
        CloseReason.ImmediateRemainder => "what did not fill at once has expired",
        CloseReason.FillOrKillUnfillable => "it could not be filled as a whole",
        CloseReason.InsufficientLiquidity => "the book had no more to offer",
        CloseReason.WouldTake => "it would have taken liquidity",
        CloseReason.SelfTrade => "it would have traded with an order of the same account",
        _ => reason.ToString(),
    };
}
