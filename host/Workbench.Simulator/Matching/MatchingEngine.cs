using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Matching;

/// <summary>
/// Price-time priority matching for all symbols of one venue. Not thread-safe: the venue calls it under its lock.
/// Deterministic: ids are counters and time is set by the caller, so the same commands give the same events.
/// </summary>
internal sealed class MatchingEngine(IEngineListener listener)
{
    private readonly Dictionary<string, OrderBook> _books = [];
    private readonly Dictionary<string, Account> _accounts = [];
    private readonly EngineStep _step = new(listener);
    private long _lastOrderId;
    private long _nowMicros;

    /// <summary>Time stamped on what happens next, Unix microseconds; never goes back.</summary>
    public long NowMicros
    {
        get => _nowMicros;
        set => _nowMicros = Math.Max(_nowMicros, value);
    }

    public IReadOnlyDictionary<string, OrderBook> Books => _books;

    public IReadOnlyDictionary<string, Account> Accounts => _accounts;

    /// <summary>Collects all commissions, so that every asset is conserved over all accounts.</summary>
    public Account Fees { get; } = new("fees", isHouse: true);

    public OrderBook List(Instrument instrument)
    {
        var book = new OrderBook(instrument);
        _books.Add(book.Symbol, book);
        return book;
    }

    public void Add(Account account) => _accounts.Add(account.Id, account);

    public OrderBook? Book(string symbol) => _books.GetValueOrDefault(symbol);

    /// <summary>Credits (or, negative, debits) free balance from outside the engine.</summary>
    public void Deposit(Account account, string asset, decimal amount)
    {
        var balance = account.Balance(asset);
        balance.Change(amount, 0);
        _step.Touch(account, balance);
        _step.Finish(NowMicros);
    }

    public OrderResult Place(Account account, NewOrder request)
    {
        if (!_books.TryGetValue(request.Symbol, out var book))
        {
            return new OrderResult(null, Rejection.UnknownSymbol);
        }

        var rejection = Admission.Check(account, book, request);
        if (rejection != Rejection.None)
        {
            return new OrderResult(null, rejection);
        }

        var order = Accept(account, book, request);
        var matcher = new Matcher(_step, Fees, NowMicros);
        if (request.PostOnly == PostOnly.ExpireIfTaking && Matcher.WouldTake(book, request.Side, request.Price))
        {
            matcher.Expire(order, CloseReason.WouldTake);
        }
        else
        {
            matcher.Run(order);
        }

        _step.Finish(NowMicros);
        return new OrderResult(order, Rejection.None);
    }

    /// <summary>Cancels an open order of any account.</summary>
    public Rejection Cancel(Order order, string requestClientId = "")
    {
        if (!order.IsOpen)
        {
            return Rejection.NotOpen;
        }

        new Matcher(_step, Fees, NowMicros).Cancel(order, requestClientId);
        _step.Finish(NowMicros);
        return Rejection.None;
    }

    /// <summary>
    /// Changes price and total quantity. A smaller quantity at the same price keeps its place in the queue; anything else
    /// goes to the back of its new level and may trade at once.
    /// </summary>
    public OrderResult Amend(Order order, decimal quantity, decimal price, string? newClientId = null)
    {
        var rejection = Admission.CheckAmend(order, quantity, price);
        if (rejection != Rejection.None)
        {
            return new OrderResult(order, rejection);
        }

        new Matcher(_step, Fees, NowMicros).Amend(order, quantity, price, newClientId);
        _step.Finish(NowMicros);
        return new OrderResult(order, Rejection.None);
    }

    private Order Accept(Account account, OrderBook book, NewOrder request)
    {
        var order = new Order
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
            CreatedMicros = NowMicros,
            UpdatedMicros = NowMicros,
            Tag = request.Tag,
        };
        account.Remember(order);
        Funds.Lock(order, _step);
        _step.Emit(OrderEventKind.Accepted, order, NowMicros);
        return order;
    }
}
