using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Market;
using Workbench.Plugins.Binance.Rest;
using Workbench.Plugins.Binance.Streams;
using Workbench.Plugins.Binance.Trading;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance;

/// <summary>Binance Spot: REST and streams of the market, orders over REST, the account's events over the WebSocket API.</summary>
internal sealed class BinanceConnector : IConnector
{
    private readonly ConnectorContext _context;
    private readonly BinanceEndpoints _endpoints;
    private readonly Catalogue _catalogue = new();
    private readonly MarketReads _reads;

    /// <exception cref="ArgumentException">The environment has no default addresses and one is missing.</exception>
    public BinanceConnector(ConnectorContext context)
    {
        _context = context;
        _endpoints = BinanceEndpoints.For(context.Environment, context.Endpoints);
        var limits = new VenueLimits(context.Budget);
        limits.Begin();
        var rest = new RestClient(context, _endpoints, limits);
        _reads = new MarketReads(context, rest, limits, _catalogue);
        Trading = context.Signer is { } signer ? new BinanceTrading(context, _endpoints, rest, _catalogue, signer) : null;
    }

    public ConnectorManifest Manifest => BinanceManifest.Value;

    public ITradingConnector? Trading { get; }

    public Task<ReadResult<Timestamp>> GetServerTimeAsync(CancellationToken cancellationToken) => _reads.ServerTimeAsync(cancellationToken);

    public Task<ReadResult<IReadOnlyList<Instrument>>> GetInstrumentsAsync(CancellationToken cancellationToken) => _reads.InstrumentsAsync(cancellationToken);

    public Task<ReadResult<IReadOnlyList<Candle>>> GetCandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken) =>
        _reads.CandlesAsync(symbol, interval, count, cancellationToken);

    public Task<ReadResult<IReadOnlyList<Quote>>> GetQuotesAsync(IReadOnlyList<Symbol> symbols, CancellationToken cancellationToken) => _reads.QuotesAsync(symbols, cancellationToken);

    public async Task<StreamEnd> RunMarketStreamAsync(IMarketStreamSession session, CancellationToken cancellationToken)
    {
        using var stream = new MarketStream(_context, _endpoints, _reads, _catalogue, session);
        return await stream.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
