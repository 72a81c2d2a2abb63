using System.Globalization;
using Workbench.Sdk;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Direct;

/// <summary>Orders and reads of the stand-in's own account. Each call is one step inside the venue's lock, so its outcome is never unknown.</summary>
internal sealed class SimulatedTrading(DirectVenue venue) : ITradingConnector
{
    public Task<OrderOutcome> SubmitAsync(Sdk.NewOrder order, CancellationToken cancellationToken) =>
        CommandAsync(engine => Submit(engine, order), cancellationToken);

    public Task<OrderOutcome> CancelAsync(OrderReference order, CancellationToken cancellationToken) =>
        CommandAsync(engine => Cancel(engine, order), cancellationToken);

    public Task<OrderOutcome> AmendAsync(AmendOrder amendment, CancellationToken cancellationToken) =>
        CommandAsync(engine => Amend(engine, amendment), cancellationToken);

    public Task<VenueError?> CancelAllAsync(Sdk.Instrument instrument, CancellationToken cancellationToken)
    {
        if (venue.Obstacle(cancellationToken) is { } obstacle)
        {
            return Task.FromResult<VenueError?>(obstacle);
        }

        venue.Execute(engine => engine.CancelMany(venue.Account, order => venue.Listing.NameOf(order.Symbol) == instrument.Symbol));
        return Task.FromResult<VenueError?>(null);
    }

    public Task<ReadResult<OrderReport?>> QueryOrderAsync(OrderReference order, CancellationToken cancellationToken) =>
        Task.FromResult(venue.Ask(_ => ReadResult<OrderReport?>.Ok(Find(order) is { } found ? Report(found) : null), cancellationToken));

    public Task<ReadResult<IReadOnlyList<OrderReport>>> GetOpenOrdersAsync(CancellationToken cancellationToken) =>
        Task.FromResult(venue.Ask(_ => ReadResult<IReadOnlyList<OrderReport>>.Ok([.. venue.Account.OpenOrders.Select(Report)]), cancellationToken));

    public Task<ReadResult<IReadOnlyList<FillReport>>> GetFillsAsync(OrderReference order, CancellationToken cancellationToken) =>
        Task.FromResult(venue.Ask(_ => Find(order) is { } found ? ReadResult<IReadOnlyList<FillReport>>.Ok(Fills(found)) : Unknown(order), cancellationToken));

    public Task<ReadResult<KeyRights>> GetKeyRightsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(venue.Ask(static _ => ReadResult<KeyRights>.Ok(new KeyRights { CanTrade = true, CanWithdraw = false }), cancellationToken));

    public Task<ReadResult<IReadOnlyList<Sdk.Balance>>> GetBalancesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(venue.Ask(
            _ => ReadResult<IReadOnlyList<Sdk.Balance>>.Ok([.. venue.Account.Balances.Values.Where(b => b.Total != 0).Select(Translation.Balance)]), cancellationToken));

    public Task<StreamEnd> RunUserStreamAsync(IUserStreamSession session, CancellationToken cancellationToken) =>
        new UserStream(venue).RunAsync(session, cancellationToken);

    private Task<OrderOutcome> CommandAsync(Func<MatchingEngine, OrderOutcome> command, CancellationToken cancellationToken) =>
        Task.FromResult(venue.Obstacle(cancellationToken) is { } obstacle ? new OrderOutcome.NotSent(obstacle) : venue.Execute(command));

    private OrderOutcome Submit(MatchingEngine engine, Sdk.NewOrder order)
    {
        if (SimulatedManifest.Spot.Refusal(order) is var (_, reason))
        {
            return new OrderOutcome.NotSent(new VenueError(VenueErrorKind.InvalidRequest, reason));
        }

        if (OrderRules.Check(venue, order) is { } error)
        {
            return new OrderOutcome.Rejected(error);
        }

        var result = engine.Place(venue.Account, ToEngine(order, venue.Listing.Find(order.Instrument.Symbol)!.Symbol));
        return result.Ok ? Accepted(result.Order!) : new OrderOutcome.Rejected(Translation.Error(result.Rejection));
    }

    private OrderOutcome Amend(MatchingEngine engine, AmendOrder amendment)
    {
        if (Find(amendment.Reference) is not { IsOpen: true } order)
        {
            return new OrderOutcome.Rejected(Unknown(amendment.Reference));
        }

        if (OrderRules.CheckAmend(venue, order, amendment) is { } error)
        {
            return new OrderOutcome.Rejected(error);
        }

        var result = engine.Amend(order, new Amendment
        {
            Quantity = amendment.Quantity.Value,
            Price = amendment.LimitPrice?.Value,
            TriggerPrice = amendment.StopPrice != amendment.Current.StopPrice ? amendment.StopPrice?.Value : null,
        });
        return result.Ok ? Accepted(order) : new OrderOutcome.Rejected(Translation.Error(result.Rejection));
    }

    private OrderOutcome Cancel(MatchingEngine engine, OrderReference reference)
    {
        if (Find(reference) is not { } order)
        {
            return new OrderOutcome.Rejected(Unknown(reference));
        }

        var rejection = engine.Cancel(order);
        return rejection == Rejection.None ? Accepted(order) : new OrderOutcome.Rejected(Translation.Error(rejection));
    }

    // Where both ids are given they must name one order.
    private Matching.Order? Find(OrderReference reference)
    {
        if (venue.Listing.Find(reference.Instrument.Symbol) is not { } market)
        {
            return null;
        }

        var (account, clientId) = (venue.Account, reference.ClientOrderId.Value);
        if (reference.VenueOrderId is not { } venueId)
        {
            return account.Find(market.Symbol, clientId);
        }

        var found = long.TryParse(venueId.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? account.Find(id) : null;
        return found is not null && found.Symbol == market.Symbol && (clientId.Length == 0 || found.ClientId == clientId) ? found : null;
    }

    private OrderOutcome.Accepted Accepted(Matching.Order order) => new(Report(order), Fills(order));

    private OrderReport Report(Matching.Order order) => Translation.Report(order, venue.Listing.NameOf(order.Symbol));

    private FillReport[] Fills(Matching.Order order) => [.. order.Fills!.Select(f => Translation.Fill(f, order, venue.Listing.NameOf(order.Symbol)))];

    private static VenueError Unknown(OrderReference order) => new(VenueErrorKind.NotFound, $"The venue does not know order {order.ClientOrderId}.");

    private static Matching.NewOrder ToEngine(Sdk.NewOrder order, string venueSymbol) => new()
    {
        Symbol = venueSymbol,
        Side = order.Side == Sdk.Side.Buy ? Matching.Side.Buy : Matching.Side.Sell,
        Type = order.Type.HasLimitPrice() ? Matching.OrderType.Limit : Matching.OrderType.Market,
        Trigger = order.StopPrice is { } stop
            ? new TriggerTerms { Price = stop.Value, Direction = order.Side == Sdk.Side.Buy ? TriggerDirection.RisesTo : TriggerDirection.FallsTo }
            : null,
        TimeInForce = order.TimeInForce switch
        {
            Sdk.TimeInForce.ImmediateOrCancel => Matching.TimeInForce.Ioc,
            Sdk.TimeInForce.FillOrKill => Matching.TimeInForce.Fok,
            _ => Matching.TimeInForce.Gtc,
        },
        Quantity = order.Quantity.Value,
        Price = order.LimitPrice?.Value ?? 0,
        PostOnly = order.PostOnly ? PostOnly.RefuseIfTaking : PostOnly.No,
        SelfTradePrevention = SelfTradePrevention.ExpireMaker,
        ClientId = order.ClientOrderId.Value,
    };
}
