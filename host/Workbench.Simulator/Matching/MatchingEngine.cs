using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Matching;

/// <summary>
/// Price-time priority matching for all symbols of one venue. Not thread-safe: the venue calls it under its lock.
/// Deterministic: ids are counters and time is set by the caller, so the same commands give the same events.
/// </summary>
internal sealed partial class MatchingEngine
{
    private readonly BookShelf _books = new();
    private readonly Dictionary<(string Base, string Quote), OrderBook> _byAssets = [];
    private readonly Dictionary<string, Account> _accounts = [];
    private readonly EngineStep _step;
    private readonly SpotSettlement _spot;
    private long _lastOrderId;
    private long _nowMicros;
    private int _depth;

    public MatchingEngine(IEngineListener listener)
    {
        _step = new EngineStep(listener);
        FeeSchedule = new FeeSchedule(Fees, (asset, quote) => _byAssets.GetValueOrDefault((asset, quote)));
        _spot = new SpotSettlement(FeeSchedule);
    }

    /// <summary>Time stamped on what happens next, Unix microseconds; never goes back.</summary>
    public long NowMicros
    {
        get => _nowMicros;
        set => _nowMicros = Math.Max(_nowMicros, value + ClockError);
    }

    /// <summary>Added to every time that is set, while somebody sets times who does not know of it.</summary>
    public long ClockError { get; set; }

    /// <summary>Lets time begin anew, after the venue's clock was put back.</summary>
    public void RestartTime(long micros) => _nowMicros = micros;

    public IReadOnlyDictionary<string, OrderBook> Books => _books;

    public IReadOnlyDictionary<string, Account> Accounts => _accounts;

    /// <summary>Collects all commissions and pays all rebates, so that every asset is conserved; the only account that may owe.</summary>
    public Account Fees { get; } = new("fees", isHouse: true, mayOwe: true);

    public FeeSchedule FeeSchedule { get; }

    /// <summary>Called before somebody reads a book by its symbol or an order meets it.</summary>
    public Action<OrderBook>? Approaching
    {
        set => _books.Approaching = value;
    }

    private Matcher Matcher => new(_step, NowMicros);

    /// <summary>Opens a book; its money is spot unless another settlement is given.</summary>
    public OrderBook List(Instrument instrument, ISettlement? settlement = null)
    {
        var book = new OrderBook(instrument, settlement ?? _spot);
        _books.Add(book);
        _byAssets.TryAdd((book.Base, book.Quote), book);
        return book;
    }

    public void Add(Account account) => _accounts.Add(account.Id, account);

    public OrderBook? Book(string symbol) => _books.TryGetValue(symbol, out var book) ? book : null;

    /// <summary>Credits (or, negative, debits) free balance from outside the engine.</summary>
    public void Deposit(Account account, string asset, decimal amount)
    {
        var balance = account.Balance(asset);
        Begin();
        balance.Change(amount, 0);
        _step.Touch(account, balance);
        End();
    }

    /// <summary>Runs several commands as one step: one set of balances, tops and step end after all of them.</summary>
    public T InOneStep<T>(Func<MatchingEngine, T> commands)
    {
        Begin();
        var result = commands(this);
        End();
        return result;
    }

    public OrderResult Place(Account account, NewOrder request)
    {
        if (!_books.TryFind(account, request.Symbol, out var book))
        {
            return new OrderResult(null, Rejection.UnknownSymbol);
        }

        var rejection = Admission.Check(account, book, request);
        if (rejection != Rejection.None)
        {
            return new OrderResult(null, rejection);
        }

        Begin();
        var order = Create(account, book, request, request.Trigger is null ? OrderStatus.New : OrderStatus.Untriggered);
        Accept(order);
        Enter(order);
        End();
        return new OrderResult(order, Rejection.None);
    }

    /// <summary>Cancels an open order of any account. An order of a list takes the whole list with it.</summary>
    public Rejection Cancel(Order order, string requestClientId = "", CloseReason reason = CloseReason.CancelledByOwner)
    {
        if (!order.IsOpen)
        {
            return Rejection.NotOpen;
        }

        Begin();
        CancelIfOpen(order, reason, requestClientId);
        End();
        return Rejection.None;
    }

    /// <summary>
    /// Changes price and total quantity. A smaller quantity at the same price keeps its place in the queue; anything else
    /// goes to the back of its new level and may trade at once.
    /// </summary>
    public OrderResult Amend(Order order, decimal quantity, decimal price, string? newClientId = null) =>
        Amend(order, new Amendment { Quantity = quantity, Price = price, ClientId = newClientId });

    /// <inheritdoc cref="Amend(Order, decimal, decimal, string?)"/>
    public OrderResult Amend(Order order, in Amendment amendment)
    {
        var rejection = Admission.CheckAmend(order, in amendment);
        if (rejection != Rejection.None)
        {
            return new OrderResult(order, rejection);
        }

        Begin();
        Matcher.Amend(order, in amendment);
        End();
        return new OrderResult(order, Rejection.None);
    }

    private void CancelAll(OrderList list, string requestClientId, CloseReason reason)
    {
        list.IsEnding = true;
        foreach (var order in list.Orders)
        {
            if (order.IsOpen)
            {
                Matcher.Cancel(order, reason, requestClientId);
            }
        }
    }

    private Order Create(Account account, OrderBook book, NewOrder request, OrderStatus status) => new()
    {
        Id = ++_lastOrderId,
        Account = account,
        Book = book,
        ClientId = request.ClientId,
        Side = request.Side,
        Type = request.Type,
        TimeInForce = request.TimeInForce,
        PostOnly = request.PostOnly,
        SelfTradePrevention = request.SelfTradePrevention,
        Price = request.Price,
        Quantity = request.Quantity,
        QuoteQuantity = request.QuoteQuantity,
        DisplayQuantity = request.DisplayQuantity,
        PriceBound = request.PriceBound,
        ReduceOnly = request.ReduceOnly,
        PositionIndex = request.PositionIndex,
        Trigger = request.Trigger is { } terms ? new TriggerState(terms) { LockPrice = book.LockPrice(terms) } : null,
        Status = status,
        CreatedMicros = NowMicros,
        UpdatedMicros = NowMicros,
        WorkingMicros = status == OrderStatus.New ? NowMicros : 0,
        Tag = request.Tag,
    };

    private void Accept(Order order)
    {
        order.Account.Remember(order);
        order.Book.Settlement.Reserve(order, _step);
        _step.Emit(OrderEventKind.Accepted, order, NowMicros);
    }

    // Sends an order that was just accepted, triggered or placed where its status says.
    private void Enter(Order order)
    {
        if (order.Status == OrderStatus.Untriggered)
        {
            order.Book.Wait(order, NowMicros);
        }
        else if (order.Status == OrderStatus.New)
        {
            Matcher.Run(order);
        }
    }

    private void Begin() => _depth++;

    private void End()
    {
        if (_depth == 1)
        {
            Drain();
            _step.Finish(NowMicros);
        }

        _depth--;
    }
}
