using Workbench.Core.Execution;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Execution.Journal;

/// <summary>One event of every type and every case inside it, with awkward values.</summary>
internal static class AllRecords
{
    private static readonly Timestamp At = new(1_723_161_253_937_123_456);
    private static readonly ConnectionId Binance = new("binance");
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly ClientOrderId Id = ClientOrderIds.Create("abc", 1, 1, 0);
    private static readonly VenueError Error = new(VenueErrorKind.RateLimited, "slow down, \"you\" <there> \u20bf \ud83d\ude00 \u0007", "-1003", TimeSpan.FromTicks(12_345_678_901));

    public static Instrument Instrument { get; } = new()
    {
        Symbol = Btc,
        VenueSymbol = "BTCUSDT",
        Status = InstrumentStatus.CancelOnly,
        TickSize = 0.01m,
        StepSize = 0.00001m,
        MarketStepSize = 0.001m,
        MinQuantity = 0.0001m,
        MaxQuantity = 9000,
        MaxMarketQuantity = 120.5m,
        MinNotional = 5,
        MaxNotional = 9_000_000,
    };

    public static IReadOnlyList<ExecutionEvent> Events { get; } =
    [
        new EpochStarted(At, 7),
        new IntentCreated(At, Id, OrderRequest.Limit(Btc, Side.Sell, new Quantity(1.50m), new Price(61837.63m), TimeInForce.FillOrKill) with { Connection = Binance, Tag = "grid 7" }, "script quickstart.csx"),
        new IntentCreated(At, Id, OrderRequest.Market(Btc, Side.Buy, new Quantity(0.0000000000000000000000000001m)), ""),
        new IntentCreated(At, Id, OrderRequest.Limit(Btc, Side.Buy, new Quantity(decimal.MaxValue), new Price(1), postOnly: true), "console"),
        new IntentDenied(At, Id, "max_position", "limit 0.5 BTC, would be 0.62 BTC"),
        new IntentCreated(At, Id, OrderRequest.Market("BTC/USDT", Side.Buy, new Quantity(1)), "script") { MaxAttempts = 3 },
        new AttemptPrepared(At, Id, Binance, true, false, new NewOrder { ClientOrderId = Id, Instrument = Instrument, Side = Side.Buy, Type = OrderType.Limit, Quantity = new Quantity(1), LimitPrice = new Price(100.10m), TimeInForce = TimeInForce.ImmediateOrCancel }),
        new AttemptPrepared(At, Id, Binance, false, true, new NewOrder { ClientOrderId = Id, Instrument = Instrument, Side = Side.Sell, Type = OrderType.Market, Quantity = new Quantity(1), PostOnly = true }),
        new IntentCreated(At, Id, OrderRequest.StopLimit(Btc, Side.Sell, new Quantity(1), new Price(60000.5m), new Price(60000), TimeInForce.GoodTillDate) with { ExpiresAt = new Timestamp(17), ReduceOnly = true }, ""),
        new AttemptPrepared(At, Id, Binance, false, true, new NewOrder { ClientOrderId = Id, Instrument = Instrument, Side = Side.Sell, Type = OrderType.Stop, Quantity = new Quantity(1), StopPrice = new Price(60000.5m), TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = At, ReduceOnly = true }),
        new AttemptAnswered(At, Id, new OrderOutcome.NotSent(Error)),
        new AttemptAnswered(At, Id, new OrderOutcome.Replaced(new OrderOutcome.Unknown(Error), new OrderOutcome.Accepted(Report, [Fill]))),
        new AttemptAnswered(At, Id, new OrderOutcome.Replaced(new OrderOutcome.Accepted(Report with { StopPrice = new Price(5), IsTriggered = false }, []), new OrderOutcome.Rejected(Error))),
        new AttemptAnswered(At, Id, new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InsufficientFunds, ""))),
        new AttemptAnswered(At, Id, new OrderOutcome.Unknown(Error)),
        new AttemptAnswered(At, Id, new OrderOutcome.Accepted(Report, [Fill, Fill with { FeeAsset = null, ClientOrderId = null, Role = LiquidityRole.Maker, Fee = new Amount(-0.5m) }])),
        new OrderReported(At, Binance, Report),
        new OrderReported(At, Binance, new OrderReport { Symbol = Btc, VenueOrderId = new VenueOrderId("1"), Status = OrderStatus.Pending, VenueTime = default }),
        new FillReported(At, Binance, Fill),
        new FillReported(At, Binance, Fill with { TradeId = new TradeId("t-2"), Side = Side.Buy, Reverses = new TradeId("t-1") }),
        new CancelRequested(At, Id, "console"),
        new CancelAnswered(At, Id, new OrderOutcome.Accepted(Report, [])),
        new CancelAnswered(At, Id, new OrderOutcome.Rejected(Error)),
        new OrderLookedUp(At, Id, Report, new Timestamp(5)),
        new OrderLookedUp(At, Id, ReadResult<OrderReport?>.Ok(null), new Timestamp(6)),
        new OrderLookedUp(At, Id, Error, new Timestamp(7)),
        new DeadProven(At, Id, "two reads"),
        new KillEngaged(At, KillLevel.Flatten, "console", "lost \"track\""),
        new KillCleared(At, "console"),
        new LimitChanged(At, "", "max_open_orders 50"),
    ];

    private static OrderReport Report => new()
    {
        Symbol = Btc,
        ClientOrderId = Id,
        VenueOrderId = new VenueOrderId("28457"),
        Status = OrderStatus.PartiallyFilled,
        Side = Side.Sell,
        Type = OrderType.Limit,
        Quantity = new Quantity(1.5m),
        LimitPrice = new Price(61837.63m),
        FilledQuantity = new Quantity(0.5m),
        AverageFillPrice = new Price(61838.123456789m),
        Reason = "because",
        VenueTime = At,
    };

    private static FillReport Fill => new()
    {
        Symbol = Btc,
        TradeId = new TradeId("t-1"),
        VenueOrderId = new VenueOrderId("28457"),
        ClientOrderId = Id,
        Side = Side.Sell,
        Price = new Price(61838.12m),
        Quantity = new Quantity(0.5m),
        Fee = new Amount(0.00012m),
        FeeAsset = new Asset("BNB"),
        Role = LiquidityRole.Taker,
        VenueTime = At,
    };
}
