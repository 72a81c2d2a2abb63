using Workbench.Plugins.Bybit.Errors;
using Workbench.Plugins.Bybit.Instruments;
using Workbench.Plugins.Bybit.Rest;
using Workbench.Plugins.Bybit.Signing;
using Workbench.Plugins.Bybit.UserData;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Trading;

/// <summary>Orders of the spot category. The venue's yes means that a request is queued, not that its matching engine has taken it: what becomes of
/// an order is said on the user stream or by a query, and an accepted request is reported as <see cref="OrderStatus.Pending"/>.</summary>
internal sealed class BybitTrading(ConnectorContext context, BybitEndpoints endpoints, BybitRest rest, RequestSigner signer, InstrumentDirectory instruments) : ITradingConnector
{
    private readonly AccountReads _reads = new(context, rest, instruments);

    public async Task<OrderOutcome> SubmitAsync(NewOrder order, CancellationToken cancellationToken)
    {
        if (BybitManifest.Spot.Refusal(order) is var (_, reason))
        {
            return new OrderOutcome.NotSent(new VenueError(VenueErrorKind.InvalidRequest, reason));
        }

        var reply = await rest.PostSignedAsync("/v5/order/create", OrderBodies.Create(order), RequestLane.Order, cancellationToken).ConfigureAwait(false);
        if (reply.Failure is { } failure)
        {
            return failure.OfCreate();
        }

        return OrderAcknowledgement.Read(reply.Result.Span) is { OrderId: { } id, OrderLinkId: { } link } && link == order.ClientOrderId.Value
            ? Accepted(Queued(order.Instrument.Symbol, order.ClientOrderId, id, reply) with
            {
                Side = order.Side,
                Type = order.Type,
                Quantity = order.Quantity,
                LimitPrice = order.LimitPrice,
                StopPrice = order.StopPrice,
            })
            : MixedUp().OfCreate();
    }

    public async Task<OrderOutcome> CancelAsync(OrderReference order, CancellationToken cancellationToken)
    {
        var reply = await rest.PostSignedAsync("/v5/order/cancel", OrderBodies.Cancel(order), RequestLane.Cancel, cancellationToken).ConfigureAwait(false);
        if (reply.Failure is { } failure)
        {
            return failure.OfCancel();
        }

        return Taken(reply, order) ?? MixedUp().OfCancel();
    }

    /// <summary>The venue's yes means that the wish is queued; whether the order has changed is said on the user stream or by a query.</summary>
    public async Task<OrderOutcome> AmendAsync(AmendOrder amendment, CancellationToken cancellationToken)
    {
        if (BybitManifest.Spot.WayOf(amendment) != AmendWay.InPlace)
        {
            return new OrderOutcome.NotSent(new VenueError(VenueErrorKind.InvalidRequest, $"There is nothing to change of order {amendment.Current.ClientOrderId}."));
        }

        var reply = await rest.PostSignedAsync("/v5/order/amend", OrderBodies.Amend(amendment), RequestLane.Order, cancellationToken).ConfigureAwait(false);
        return reply.Failure is { } failure ? failure.OfAmend() : Taken(reply, amendment.Reference) ?? MixedUp().OfAmend();
    }

    /// <summary>The venue cancels one kind of orders at a time; each is asked for, whatever became of the one before.</summary>
    public async Task<VenueError?> CancelAllAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        VenueError? error = null;
        foreach (var kind in (string[])["Order", OrderBodies.Conditional, "tpslOrder"])
        {
            var reply = await rest.PostSignedAsync("/v5/order/cancel-all", OrderBodies.CancelAll(instrument, kind), RequestLane.Cancel, cancellationToken).ConfigureAwait(false);
            error ??= reply.Failure?.Error;
        }

        return error;
    }

    public async Task<ReadResult<OrderReport?>> QueryOrderAsync(OrderReference order, CancellationToken cancellationToken)
    {
        // Open and lately closed orders first, then the history, which lags and forgets cancelled orders without fills after a day, then the executions.
        foreach (var path in (string[])["/v5/order/realtime", "/v5/order/history"])
        {
            var found = await FindAsync(path, order, null, cancellationToken).ConfigureAwait(false);
            if (found.IsOk && found.Value is null && order.IsConditional)
            {
                found = await FindAsync(path, order, OrderBodies.Conditional, cancellationToken).ConfigureAwait(false);
            }

            if (!found.IsOk || found.Value is not null)
            {
                return found;
            }
        }

        var fills = await _reads.FillsAsync(order, cancellationToken).ConfigureAwait(false);
        return fills.IsOk ? ReadResult<OrderReport?>.Ok(ReportFrom(order, fills.Value)) : fills.Error!;
    }

    public async Task<ReadResult<IReadOnlyList<OrderReport>>> GetOpenOrdersAsync(CancellationToken cancellationToken)
    {
        var orders = await _reads.OrdersAsync("/v5/order/realtime", () => Query.Spot().Add("openOnly", "0"), RequestLane.Read, cancellationToken).ConfigureAwait(false);
        return orders.IsOk ? ReadResult<IReadOnlyList<OrderReport>>.Ok(orders.Value.FindAll(o => !o.Status.IsFinal())) : orders.Error!;
    }

    public async Task<ReadResult<IReadOnlyList<FillReport>>> GetFillsAsync(OrderReference order, CancellationToken cancellationToken)
    {
        var fills = await _reads.FillsAsync(order, cancellationToken).ConfigureAwait(false);
        return fills.IsOk ? ReadResult<IReadOnlyList<FillReport>>.Ok(OldestFirst(fills.Value)) : fills.Error!;
    }

    public async Task<ReadResult<KeyRights>> GetKeyRightsAsync(CancellationToken cancellationToken)
    {
        var reply = await rest.GetSignedAsync("/v5/user/query-api", null, RequestLane.Read, cancellationToken).ConfigureAwait(false);
        return reply.Failure is { } failure ? failure.Error : KeyRow.Read(reply.Result.Span);
    }

    public Task<ReadResult<IReadOnlyList<Balance>>> GetBalancesAsync(CancellationToken cancellationToken) => _reads.BalancesAsync(cancellationToken);

    public Task<StreamEnd> RunUserStreamAsync(IUserStreamSession session, CancellationToken cancellationToken) =>
        UserStream.RunAsync(context, endpoints.Private, signer, instruments, session, cancellationToken);

    private static OrderOutcome Accepted(OrderReport report) => new OrderOutcome.Accepted(report, []);

    private static OrderReport Queued(Symbol symbol, ClientOrderId clientOrderId, string orderId, RestReply reply) => new()
    {
        Symbol = symbol,
        ClientOrderId = clientOrderId,
        VenueOrderId = new VenueOrderId(orderId),
        Status = OrderStatus.Pending,
        VenueTime = reply.VenueTime ?? reply.ReceivedAt,
    };

    private static OrderOutcome? Taken(RestReply reply, OrderReference order) =>
        OrderAcknowledgement.Read(reply.Result.Span) is { OrderId: { } id, OrderLinkId: { } link } && link == order.ClientOrderId.Value && (order.VenueOrderId is not { } known || known.Value == id)
            ? Accepted(Queued(order.Instrument.Symbol, order.ClientOrderId, id, reply))
            : null;

    private static Failure MixedUp() => Failure.Of(ErrorClass.Unreadable, "The venue said yes without the ids of this order.");

    // The venue's newest-first order keeps fills of one millisecond apart, so it is turned round rather than sorted away.
    private static List<FillReport> OldestFirst(List<(FillReport Fill, decimal? OrderQuantity)> newestFirst) =>
        [.. newestFirst.AsEnumerable().Reverse().Select(f => f.Fill).OrderBy(f => f.VenueTime)];

    private async Task<ReadResult<OrderReport?>> FindAsync(string path, OrderReference order, string? filter, CancellationToken cancellationToken)
    {
        var orders = await _reads.OrdersAsync(
            path,
            () => Named(order) is var query && filter is not null ? query.Add("orderFilter", filter) : query,
            RequestLane.LookUp,
            cancellationToken).ConfigureAwait(false);
        if (!orders.IsOk)
        {
            return orders.Error!;
        }

        var found = orders.Value.Find(o => o.ClientOrderId == order.ClientOrderId);
        return found is null && orders.Value.Count > 0
            ? new VenueError(VenueErrorKind.BadResponse, "The venue answered with another order than it was asked for.")
            : ReadResult<OrderReport?>.Ok(found);
    }

    private static Query Named(OrderReference order) => Query.Spot().Add("symbol", order.Instrument.VenueSymbol).Add("orderLinkId", order.ClientOrderId.Value);

    // Fills without an order: it exists, and unless they fill it nobody says that it is over.
    private static OrderReport? ReportFrom(OrderReference order, List<(FillReport Fill, decimal? OrderQuantity)> fills)
    {
        if (fills.Count == 0)
        {
            return null;
        }

        var filled = fills.Sum(f => f.Fill.Quantity.Value);
        var (newest, quantity) = fills[0];
        return new OrderReport
        {
            Symbol = order.Instrument.Symbol,
            ClientOrderId = order.ClientOrderId,
            VenueOrderId = newest.VenueOrderId,
            Status = quantity is { } whole && filled >= whole ? OrderStatus.Filled : OrderStatus.PartiallyFilled,
            Side = newest.Side,
            FilledQuantity = new Quantity(filled),
            VenueTime = newest.VenueTime,
        };
    }
}
