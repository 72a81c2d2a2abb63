using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Tui.Tests.Support;

/// <summary>An engine as a screen may meet it: two venues, three markets, orders in every state.</summary>
public static class Samples
{
    public static readonly ConnectionId Binance = new("binance");
    public static readonly ConnectionId Bybit = new("bybit");

    /// <summary>2026-03-14 12:03:41 UTC.</summary>
    public static readonly Timestamp Start = Timestamp.From(new DateTimeOffset(2026, 3, 14, 12, 3, 41, TimeSpan.Zero));

    public static EngineSnapshot Calm(Timestamp now) => new()
    {
        Now = now,
        Connections = [Connection(Binance, ConnectionState.Connected, "all streams up", now), Connection(Bybit, ConnectionState.Connected, "all streams up", now, 34)],
        Routes = [Route("BTC/USDT", Binance, Binance), Route("ETH/USDT", Binance, Binance), Route("SOL/USDT", Binance, Binance)],
        Quotes =
        [
            Quote("BTC/USDT", 61837.6m, 1.204m, 61837.61m, 0.5m, now, Binance),
            Quote("ETH/USDT", 2961.11m, 12.4m, 2961.12m, 8.0401m, now, Binance),
            Quote("SOL/USDT", 142.5m, 310m, 142.52m, 95.2m, now, Binance),
        ],
        Orders = Orders(),
        Fills = [],
        Positions =
        [
            new Position { Symbol = "BTC/USDT", Net = new(0.0035m), AveragePrice = new(61800.12m), RealisedPnl = new(4.21m), Fees = new Dictionary<Asset, Amount> { [new("USDT")] = new(0.2163m) } },
            new Position { Symbol = "ETH/USDT", Net = new(-0.25m), AveragePrice = new(2955.4m), RealisedPnl = new(-1.75m), Fees = new Dictionary<Asset, Amount> { [new("BNB")] = new(0.00041m), [new("USDT")] = new(0.05m) } },
        ],
        Events = [],
    };

    /// <summary>The primary went silent; the backup has taken over.</summary>
    public static EngineSnapshot FailedOver(Timestamp now)
    {
        const string Why = "market data silent since 12:03:31";
        var calm = Calm(now);
        return calm with
        {
            Connections =
            [
                Connection(Binance, ConnectionState.Degraded, Why, now) with { DataUp = false, TradingUp = false, LastDataAt = now + TimeSpan.FromSeconds(-10) },
                calm.Connections[1],
            ],
            Routes = [.. calm.Routes.Select(r => Route(r.Symbol, Bybit, Bybit, Why))],
            Quotes =
            [
                Quote("BTC/USDT", 61838.1m, 0.31m, 61838.2m, 0.94m, now, Bybit, isBackup: true),
                Quote("ETH/USDT", 2961.05m, 3.1m, 2961.2m, 4.4m, now, Bybit, isBackup: true),
                Quote("SOL/USDT", 142.5m, 310m, 142.52m, 95.2m, now + TimeSpan.FromSeconds(-10), Binance),
            ],
            Events =
            [
                new(now + TimeSpan.FromSeconds(-7), ConnectionEventKind.Failover, Bybit, $"spot: market data on bybit: {Why}"),
                new(now + TimeSpan.FromSeconds(-7), ConnectionEventKind.Failover, Bybit, $"spot: trading on bybit: {Why}"),
            ],
        };
    }

    /// <summary>A route whose primary is Binance.</summary>
    public static RouteStatus Route(Symbol symbol, ConnectionId? data, ConnectionId? trading, string why = "it is the primary", Timestamp? since = null) =>
        new(symbol, "spot", Half(data, why, since), Half(trading, why, since));

    public static ConnectionStatus Connection(ConnectionId id, ConnectionState state, string reason, Timestamp now, int latency = 12) => new()
    {
        Id = id,
        State = state,
        Reason = reason,
        Since = Start + TimeSpan.FromMinutes(-20),
        IsSimulated = true,
        DataUp = true,
        TradingUp = true,
        Latency = TimeSpan.FromMilliseconds(latency),
        LastDataAt = now,
    };

    public static Quote Quote(string symbol, decimal bid, decimal bidQuantity, decimal ask, decimal askQuantity, Timestamp at, ConnectionId connection, bool isBackup = false) =>
        new(symbol, new(bid), new(bidQuantity), new(ask), new(askQuantity), new MarketStamp
        {
            Connection = connection,
            Venue = new(connection.ToString()),
            Session = 1,
            VenueTime = at,
            ReceivedAt = at,
            IsBackup = isBackup,
            IsSimulated = true,
        });

    public static Order Order(int number, Side side, decimal quantity, decimal? limit, OrderKnowledge knowledge, OrderStatus? status, bool isDone, string? reason = null)
    {
        var at = Start + TimeSpan.FromSeconds(-120 + (number * 7));
        return new Order
        {
            Id = new($"wb-7f3a-{number:0000}"),
            Request = new OrderRequest { Symbol = number % 3 == 0 ? "ETH/USDT" : "BTC/USDT", Side = side, Type = limit is null ? OrderType.Market : OrderType.Limit, Quantity = new(quantity), LimitPrice = limit is { } l ? new Price(l) : null },
            Connection = knowledge == OrderKnowledge.NotSent ? null : number == 8 ? Bybit : Binance,
            IsBackup = number == 8,
            IsSimulated = true,
            Knowledge = knowledge,
            Status = status,
            Quantity = new(quantity),
            FilledQuantity = new(status == OrderStatus.Filled ? quantity : status == OrderStatus.PartiallyFilled ? quantity / 4 : 0),
            AverageFillPrice = status is OrderStatus.Filled or OrderStatus.PartiallyFilled ? new Price(limit ?? 61837.61m) : null,
            IsDone = isDone,
            Reason = reason,
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    private static RouteHalfStatus Half(ConnectionId? active, string why, Timestamp? since) => new()
    {
        Policy = RoutePolicy.PrimarySecondary,
        Active = active,
        Primary = Binance,
        IsBackup = active is { } a && a != Binance,
        Why = why,
        Since = since ?? Start,
        Candidates = [],
    };

    private static IReadOnlyList<Order> Orders() =>
    [
        Order(1, Side.Buy, 0.001m, null, OrderKnowledge.Known, OrderStatus.Filled, true),
        Order(2, Side.Buy, 0.0025m, 61800m, OrderKnowledge.Known, OrderStatus.Filled, true),
        Order(3, Side.Sell, 0.25m, 2955.4m, OrderKnowledge.Known, OrderStatus.Filled, true),
        Order(4, Side.Buy, 5m, null, OrderKnowledge.NotSent, null, true, "risk: notional 309188.05 USDT is above the limit of 10000"),
        Order(5, Side.Sell, 0.004m, 61990m, OrderKnowledge.Known, OrderStatus.PartiallyFilled, false),
        Order(6, Side.Buy, 0.5m, 2900m, OrderKnowledge.Known, OrderStatus.Rejected, true, "InsufficientFunds -2010: Account has insufficient balance for requested action."),
        Order(7, Side.Buy, 0.002m, 61500m, OrderKnowledge.Known, OrderStatus.Cancelled, true),
        Order(8, Side.Sell, 0.001m, null, OrderKnowledge.Known, OrderStatus.Filled, true),
        Order(9, Side.Buy, 0.3m, 2940.25m, OrderKnowledge.Unknown, null, false, "no answer within 5 s"),
        Order(10, Side.Buy, 0.001m, 61700m, OrderKnowledge.Known, OrderStatus.New, false),
    ];
}
