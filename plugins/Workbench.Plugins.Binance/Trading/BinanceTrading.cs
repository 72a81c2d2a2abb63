using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Rest;
using Workbench.Plugins.Binance.UserData;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>Orders over REST, the account's events over the WebSocket API.</summary>
internal sealed class BinanceTrading(ConnectorContext context, BinanceEndpoints endpoints, RestClient rest, Catalogue catalogue, ISigner signer) : ITradingConnector
{
    private const string OrderPath = "/api/v3/order";
    private readonly OrderAnswers _answers = new(context);
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

    public Task<ReadResult<OrderReport?>> QueryOrderAsync(OrderReference order, CancellationToken cancellationToken) => _reads.OrderAsync(order, cancellationToken);

    public Task<ReadResult<IReadOnlyList<OrderReport>>> GetOpenOrdersAsync(CancellationToken cancellationToken) => _reads.OpenOrdersAsync(cancellationToken);

    public Task<ReadResult<IReadOnlyList<FillReport>>> GetFillsAsync(OrderReference order, CancellationToken cancellationToken) => _reads.FillsAsync(order, cancellationToken);

    public Task<ReadResult<KeyRights>> GetKeyRightsAsync(CancellationToken cancellationToken) => _key.RightsAsync(cancellationToken);

    public Task<ReadResult<IReadOnlyList<Balance>>> GetBalancesAsync(CancellationToken cancellationToken) => _reads.BalancesAsync(cancellationToken);

    public Task<StreamEnd> RunUserStreamAsync(IUserStreamSession session, CancellationToken cancellationToken) =>
        new UserStream(context, endpoints, catalogue, signer, session).RunAsync(cancellationToken);
}
