using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Rest;
using Workbench.Plugins.Binance.Signing;
using Workbench.Plugins.Binance.UserData;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>Orders over REST, the account's events over the WebSocket API.</summary>
internal sealed class BinanceTrading(ConnectorContext context, BinanceEndpoints endpoints, RestClient rest, Catalogue catalogue, ISigner signer) : ITradingConnector
{
    private const string OrderPath = "/api/v3/order";
    private const string NothingOpen = "-2011";
    private const string AmendPath = "/api/v3/order/amend/keepPriority";
    private const string CancelReplacePath = "/api/v3/order/cancelReplace";
    private readonly OrderAnswers _answers = new(context);
    private readonly ReplacementAnswers _replacements = new(context);
    private readonly AccountReads _reads = new(rest, catalogue, signer);
    private readonly KeyReads _key = new(rest, signer, context.Environment);

    public async Task<OrderOutcome> SubmitAsync(NewOrder order, CancellationToken cancellationToken)
    {
        if (BinanceManifest.Spot.Refusal(order) is var (_, reason))
        {
            return new OrderOutcome.NotSent(new VenueError(VenueErrorKind.InvalidRequest, reason));
        }

        var reply = await rest.SignedChangeAsync(HttpMethod.Post, OrderPath, signer, OrderForms.New(order), RequestLane.Order, Costs.NewOrder, cancellationToken).ConfigureAwait(false);
        return _answers.ToPlacement(reply, order);
    }

    /// <summary>Cancels with the parameters in the body. The venue takes a DELETE either way, but a DELETE without a body may be sent again by the HTTP stack when a pooled connection dies; with one it is not.</summary>
    public async Task<OrderOutcome> CancelAsync(OrderReference order, CancellationToken cancellationToken)
    {
        var reply = await rest.SignedChangeAsync(HttpMethod.Delete, OrderPath, signer, OrderForms.Cancel(order), RequestLane.Cancel, Costs.Cancel, cancellationToken).ConfigureAwait(false);
        return _answers.ToCancel(reply, order);
    }

    public async Task<OrderOutcome> AmendAsync(AmendOrder amendment, CancellationToken cancellationToken)
    {
        switch (BinanceManifest.Spot.WayOf(amendment))
        {
            case AmendWay.InPlace:
                var reduced = await rest.SignedChangeAsync(HttpMethod.Put, AmendPath, signer, OrderForms.Reduce(amendment), RequestLane.Order, Costs.Amend, cancellationToken).ConfigureAwait(false);
                return _answers.ToReduction(reduced, amendment);
            case AmendWay.Replacement:
                var replaced = await rest.SignedChangeAsync(HttpMethod.Post, CancelReplacePath, signer, OrderForms.Replace(amendment), RequestLane.Order, Costs.NewOrder, cancellationToken).ConfigureAwait(false);
                return _replacements.ToOutcome(replaced, amendment);
            default:
                return new OrderOutcome.NotSent(new VenueError(VenueErrorKind.InvalidRequest, $"The venue cannot change order {amendment.Current.ClientOrderId} so: cancel it and place another."));
        }
    }

    /// <summary>Cancels every open order of a market, in the body as every change. That there is none is a success.</summary>
    public async Task<VenueError?> CancelAllAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        var form = new FormWriter().Add("symbol"u8, instrument.VenueSymbol);
        var reply = await rest.SignedChangeAsync(HttpMethod.Delete, "/api/v3/openOrders", signer, form, RequestLane.Cancel, Costs.Cancel, cancellationToken).ConfigureAwait(false);
        return ReplyErrors.Of(reply, context.VenueClock.Now) is { Code: not NothingOpen } error ? error : null;
    }

    public Task<ReadResult<OrderReport?>> QueryOrderAsync(OrderReference order, CancellationToken cancellationToken) => _reads.OrderAsync(order, cancellationToken);

    public Task<ReadResult<IReadOnlyList<OrderReport>>> GetOpenOrdersAsync(CancellationToken cancellationToken) => _reads.OpenOrdersAsync(cancellationToken);

    public Task<ReadResult<IReadOnlyList<FillReport>>> GetFillsAsync(OrderReference order, CancellationToken cancellationToken) => _reads.FillsAsync(order, cancellationToken);

    public Task<ReadResult<KeyRights>> GetKeyRightsAsync(CancellationToken cancellationToken) => _key.RightsAsync(cancellationToken);

    public Task<ReadResult<IReadOnlyList<Balance>>> GetBalancesAsync(CancellationToken cancellationToken) => _reads.BalancesAsync(cancellationToken);

    public Task<StreamEnd> RunUserStreamAsync(IUserStreamSession session, CancellationToken cancellationToken) =>
        new UserStream(context, endpoints, catalogue, signer, session).RunAsync(cancellationToken);
}
