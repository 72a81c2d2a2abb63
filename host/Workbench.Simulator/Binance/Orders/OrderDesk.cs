using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>
/// The steps that all order calls are made of: admit, place, find, cancel. Everything but <see cref="NewId"/> is called
/// inside the venue's lock.
/// </summary>
internal sealed class OrderDesk(SimulatedVenue venue, OrderCounts counts, Action<Account, NewOrder, Rejection> rejected, bool tellsRejections)
{
    private const string IdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdLength = 22;
    private readonly Lock _idLock = new();
    private Pcg32 _ids = new(venue.Seed, Pcg32.StreamOf("client-ids", venue.Name));

    public SimulatedVenue Venue => venue;
    public OrderCounts Counts => counts;

    public Market? Market(string symbol) => venue.Market(symbol);

    /// <summary>
    /// Turns a request into an order for the engine, or says which rule it breaks: symbol, peg, self-trade mode, filters.
    /// <paramref name="ahead"/> are the orders of the same list that come before it.
    /// </summary>
    public ApiError? Admit(Account account, OrderRequest request, out NewOrder? order, IReadOnlyCollection<OrderRequest>? ahead = null)
    {
        order = null;
        if (Market(request.Symbol) is not { } market)
        {
            return ApiError.InvalidSymbol;
        }

        var rules = market.Instrument.Spot;
        var mode = request.SelfTradeMode ?? rules.DefaultSelfTradeMode;
        if (OrderText.SelfTrade(mode) is not { } prevention || !rules.SelfTradeModes.Contains(mode))
        {
            return ApiError.SelfTradeMode;
        }

        if (request.Peg is { } peg)
        {
            if (peg.Price(market.Book, request.Side) is not { } price)
            {
                return ApiError.NoOrdersOnBook;
            }

            request = request with { Price = price };
        }

        order = Translate(request, mode, prevention) with { PriceBound = Bound(rules, request.Side) };
        return OrderFilters.Check(market, account, request, venue.ExchangeRules, venue.Clock.NowMillis, ahead ?? []) ?? Lots(market, request);
    }

    /// <summary>
    /// Places an admitted order and counts it. The copy is free of later steps. The new half of a cancel-replace always has
    /// an event when it is refused, other orders only when the venue is set so.
    /// </summary>
    public (Order? Order, ApiError? Error) Place(MatchingEngine engine, Account account, NewOrder order, bool isReplacement = false)
    {
        if (IsDuplicate(account, order))
        {
            return (null, ApiError.Rejected("Duplicate order sent."));
        }

        // Counted first: a fill gives back what was counted.
        counts.Add(account, 1);
        var result = engine.Place(account, order);
        if (result.Ok)
        {
            return (result.Order!.Copy(), null);
        }

        counts.Add(account, -1);
        if (tellsRejections || isReplacement)
        {
            rejected(account, order, result.Rejection);
        }

        return (null, OrderText.Rejection(result.Rejection));
    }

    public static bool IsDuplicate(Account account, NewOrder order) => OpenWith(account, order.Symbol, order.ClientId) is not null;

    /// <summary>The open order that bears this client id now; one that an amendment gave another id does not count.</summary>
    public static Order? OpenWith(Account account, string symbol, string clientId) =>
        account.Find(symbol, clientId) is { IsOpen: true } open && open.ClientId == clientId ? open : null;

    /// <summary>Cancels an order, or the whole list it belongs to.</summary>
    public static (Order? Order, ApiError? Error) Cancel(MatchingEngine engine, Account account, CancelRequest request)
    {
        var found = Find(account, request.Symbol, request.OrderId, request.ClientId, out var disagree);
        if (disagree || found is not { IsOpen: true } || (request.ClientId is { } clientId && found.ClientId != clientId))
        {
            return (null, ApiError.UnknownOrder);
        }

        if (!request.Allows(found.Status))
        {
            return (null, ApiError.CancelRestricted);
        }

        engine.Cancel(found, request.NewClientId);
        return (found, null);
    }

    public static Order? Find(Account account, string symbol, long? orderId, string? clientId, out bool disagree)
    {
        disagree = false;
        if (orderId is null)
        {
            return account.Find(symbol, clientId!);
        }

        var order = account.Find(orderId.Value) is { } found && found.Symbol == symbol ? found : null;
        disagree = order is not null && clientId is not null && order.ClientId != clientId;
        return order;
    }

    public string NewId()
    {
        lock (_idLock)
        {
            return string.Create(IdLength, this, static (text, self) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = IdAlphabet[self._ids.Range(0, IdAlphabet.Length - 1)];
                }
            });
        }
    }

    // Sized in quote, an order that buys less than one lot has nothing to execute.
    private static ApiError? Lots(Market market, OrderRequest request)
    {
        var best = market.Book[request.Side.Opposite()].Best;
        return request.QuoteQuantity > 0 && best is not null
            && market.Instrument.FloorToStep(request.QuoteQuantity / best.Price) < market.Instrument.MinQuantity
            ? ApiError.Rejected("Order book liquidity is less than `LOT_SIZE` filter minimum quantity.")
            : null;
    }

    private NewOrder Translate(OrderRequest request, string mode, SelfTradePrevention prevention) => new()
    {
        Symbol = request.Symbol,
        Side = request.Side,
        Type = request.Kind.HasPrice ? OrderType.Limit : OrderType.Market,
        TimeInForce = request.TimeInForce,
        Quantity = request.Quantity,
        QuoteQuantity = request.QuoteQuantity,
        Price = request.Price,
        DisplayQuantity = request.IcebergQuantity < request.Quantity ? request.IcebergQuantity : 0,
        Trigger = request.Kind.IsTriggered ? Trigger(request) : null,
        PostOnly = request.Kind.IsMaker ? PostOnly.RefuseIfTaking : PostOnly.No,
        SelfTradePrevention = prevention,
        ClientId = request.ClientId.Length > 0 ? request.ClientId : NewId(),
        Tag = new OrderTag(request.Kind, mode)
        {
            StrategyId = request.StrategyId,
            StrategyType = request.StrategyType,
            Peg = request.Peg,
            IcebergQuantity = request.IcebergQuantity,
        },
    };

    // The price range rule: how far from the reference an order may take.
    private static decimal Bound(SpotRules rules, Side side) =>
        rules.ReferencePrice * (side == Side.Buy ? rules.BidLimitMultiplierUp : rules.AskLimitMultiplierDown) ?? 0;

    private static TriggerTerms Trigger(OrderRequest request) => new()
    {
        Price = request.StopPrice,
        Direction = request.TriggersAbove ? TriggerDirection.RisesTo : TriggerDirection.FallsTo,
        TrailingBips = request.TrailingDelta,
    };
}

/// <summary>Which order to cancel, under what condition, and the id of the cancel itself.</summary>
internal sealed record CancelRequest(string Symbol, long? OrderId, string? ClientId, string NewClientId, string? Restriction)
{
    public bool Allows(OrderStatus status) => Restriction switch
    {
        "ONLY_NEW" => status is OrderStatus.New or OrderStatus.Untriggered or OrderStatus.Pending,
        "ONLY_PARTIALLY_FILLED" => status == OrderStatus.PartiallyFilled,
        _ => true,
    };
}
