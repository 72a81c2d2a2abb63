using Workbench.Sdk;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Direct;

/// <summary>What an order must keep before the engine sees it; to be checked inside the venue's lock.</summary>
internal static class OrderRules
{
    /// <summary>Why the venue refuses the order, or null.</summary>
    public static VenueError? Check(DirectVenue venue, NewOrder order)
    {
        var id = order.ClientOrderId.Value;
        if (venue.Listing.Find(order.Instrument.Symbol) is not { } market)
        {
            return new VenueError(VenueErrorKind.NotFound, $"The simulated venue '{venue.Name}' has no market {order.Instrument.Symbol}.");
        }

        var longest = SimulatedManifest.Value.MaxClientOrderIdLength;
        if (id.Length == 0 || id.Length > longest)
        {
            return Invalid($"A client order id has 1 to {longest} characters, '{id}' has {id.Length}.");
        }

        // Bound for ever, whichever market it was used in.
        return venue.Listing.Markets.Any(m => venue.Account.Find(m.Symbol, id) is not null)
            ? new VenueError(VenueErrorKind.DuplicateClientOrderId, $"The client order id '{id}' was used before.")
            : CheckTerms(order) ?? CheckFilters(market, order, venue.Account.OpenOrders.Count(o => o.Symbol == market.Symbol)) ?? CheckStop(market, order);
    }

    /// <summary>Why the venue refuses the change of an open order, or null.</summary>
    public static VenueError? CheckAmend(DirectVenue venue, Matching.Order order, AmendOrder amendment)
    {
        var market = venue.Listing.Find(amendment.Current.Instrument.Symbol)!;
        var changed = amendment.Current with { Quantity = amendment.Quantity, LimitPrice = amendment.LimitPrice, StopPrice = amendment.StopPrice };
        return amendment.Quantity.Value <= order.Executed ? Invalid($"The quantity {amendment.Quantity} is not more than the {Numbers.Text(order.Executed)} that is filled.")
            : CheckTerms(changed)
            ?? CheckFilters(market, changed, 0)
            ?? (amendment.StopPrice != amendment.Current.StopPrice ? CheckStop(market, changed) : null);
    }

    private static VenueError? CheckTerms(NewOrder order) => order switch
    {
        { LimitPrice: null } when order.Type.HasLimitPrice() => Invalid("A limit order needs a limit price."),
        { LimitPrice: not null } when !order.Type.HasLimitPrice() => Invalid("A market order takes no limit price."),
        { StopPrice: null } when order.Type.HasStopPrice() => Invalid("A stop order needs a stop price."),
        { StopPrice: not null } when !order.Type.HasStopPrice() => Invalid("Only a stop order takes a stop price."),
        { PostOnly: true, Type: not OrderType.Limit } => Invalid("Only a limit order can be post-only."),
        { PostOnly: true, TimeInForce: not TimeInForce.GoodTillCancelled } => Invalid("A post-only order is good till cancelled."),
        _ => null,
    };

    private static VenueError? CheckFilters(Market market, NewOrder order, int open)
    {
        var rules = market.Instrument;
        var last = market.LastPrice;
        if (Listing.Describe(rules).Violation(order.Type, order.Quantity, order.LimitPrice ?? order.StopPrice ?? new Price(last), order.StopPrice) is { } violation)
        {
            return Invalid(violation);
        }

        if (order.LimitPrice is not { } limit)
        {
            return null;
        }

        if (limit.Value > last * rules.PriceBand || limit.Value < last / rules.PriceBand)
        {
            return Invalid($"The limit price {limit} is too far from the last price {Numbers.Text(last)}.");
        }

        return open >= rules.MaxOpenOrders ? Invalid($"{order.Instrument.Symbol} has {open} open orders, the most that is allowed.") : null;
    }

    private static VenueError? CheckStop(Market market, NewOrder order) =>
        order.StopPrice is { } stop && (order.Side == Side.Buy ? stop.Value <= market.LastPrice : stop.Value >= market.LastPrice)
            ? Invalid($"The stop price {stop} would start the order at once: the last price is {Numbers.Text(market.LastPrice)}.")
            : null;

    private static VenueError Invalid(string message) => new(VenueErrorKind.InvalidRequest, message);
}
