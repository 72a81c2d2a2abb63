using Workbench.Core.Execution;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Execution;

/// <summary>An execution core with a clock that a test moves, and short forms for the events it feeds.</summary>
internal sealed class Given
{
    public static readonly ConnectionId Binance = new("binance");
    public static readonly ConnectionId Bybit = new("bybit");
    public static readonly Symbol Btc = "BTC/USDT";
    public static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_723_161_253_937);
    public static readonly Instrument BtcAtBinance = new() { Symbol = Btc, VenueSymbol = "BTCUSDT", TickSize = 0.01m, StepSize = 0.00001m, MinQuantity = 0.00001m, MinNotional = 5 };

    private long _trades;

    public ExecutionCore Core { get; } = new("abc");

    public Timestamp Now { get; private set; } = Start;

    public List<ExecutionEvent> History { get; } = [];

    public List<ExecutionEffect> Effects { get; } = [];

    public List<Fill> Fills { get; } = [];

    public List<string> Anomalies { get; } = [];

    public ClientOrderId Id { get; } = ClientOrderIds.Create("abc", 1, 1, 0);

    public Order Order => Core.Find(Id)!;

    public void Wait(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public ExecutionResult Apply(ExecutionEvent e)
    {
        var result = Core.Apply(e);
        History.Add(e);
        Effects.AddRange(result.Effects);
        Fills.AddRange(result.NewFills);
        Anomalies.AddRange(result.Anomalies);
        return result;
    }

    public Given Created(ClientOrderId? id = null, decimal quantity = 1, Side side = Side.Buy)
    {
        Apply(new IntentCreated(Now, id ?? Id, OrderRequest.Limit(Btc, side, new Quantity(quantity), new Price(100)), "test"));
        return this;
    }

    public Given Sent(ClientOrderId? id = null, decimal quantity = 1, Side side = Side.Buy)
    {
        Created(id, quantity, side);
        Apply(new AttemptPrepared(Now, id ?? Id, Binance, false, true, NewOrder(id ?? Id, quantity, side)));
        return this;
    }

    public Given Working()
    {
        Sent();
        Answered(Accepted(OrderStatus.New));
        return this;
    }

    public static NewOrder NewOrder(ClientOrderId id, decimal quantity = 1, Side side = Side.Buy) => new()
    {
        ClientOrderId = id,
        Instrument = BtcAtBinance,
        Side = side,
        Type = OrderType.Limit,
        Quantity = new Quantity(quantity),
        LimitPrice = new Price(100),
    };

    public ExecutionResult Answered(OrderOutcome outcome) => Apply(new AttemptAnswered(Now, Id, outcome));

    public ExecutionResult Reported(OrderStatus status, decimal? filled = null, double later = 0) => Apply(new OrderReported(Now, Binance, Report(status, filled, later)));

    public ExecutionResult Filled(decimal quantity, decimal price = 100, string? trade = null) => Apply(new FillReported(Now, Binance, Fill(quantity, price, trade)));

    public ExecutionResult LookedUp(ReadResult<OrderReport?> answer, Timestamp? asked = null) => Apply(new OrderLookedUp(Now, Id, answer, asked ?? Now));

    public ExecutionResult CancelAsked() => Apply(new CancelRequested(Now, Id, "test"));

    public ExecutionResult CancelAnswered(OrderOutcome outcome) => Apply(new CancelAnswered(Now, Id, outcome));

    public OrderReport Report(OrderStatus status, decimal? filled = null, double later = 0) => new()
    {
        Symbol = Btc,
        ClientOrderId = Id,
        VenueOrderId = new VenueOrderId("77"),
        Status = status,
        FilledQuantity = filled is { } f ? new Quantity(f) : null,
        VenueTime = Now + TimeSpan.FromSeconds(later),
    };

    public FillReport Fill(decimal quantity, decimal price = 100, string? trade = null) => new()
    {
        Symbol = Btc,
        TradeId = new TradeId(trade ?? $"t{++_trades}"),
        VenueOrderId = new VenueOrderId("77"),
        ClientOrderId = Id,
        Side = Side.Buy,
        Price = new Price(price),
        Quantity = new Quantity(quantity),
        VenueTime = Now,
    };

    public OrderOutcome Accepted(OrderStatus status, decimal? filled = null, params FillReport[] fills) => new OrderOutcome.Accepted(Report(status, filled), fills);

    public static OrderOutcome Unknown => new OrderOutcome.Unknown(Error(VenueErrorKind.Timeout));

    public static OrderOutcome NotSent => new OrderOutcome.NotSent(Error(VenueErrorKind.Network));

    public static OrderOutcome Rejected(VenueErrorKind kind = VenueErrorKind.InvalidRequest) => new OrderOutcome.Rejected(Error(kind));

    public static VenueError Error(VenueErrorKind kind) => new(kind, "as the test wants it");

    public static ReadResult<OrderReport?> Absent => ReadResult<OrderReport?>.Ok(null);

    public static ReadResult<OrderReport?> ReadFailed => Error(VenueErrorKind.Timeout);
}
