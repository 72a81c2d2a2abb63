using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Sdk;

namespace Workbench.Simulator.Direct;

/// <summary>
/// A connector without a wire: it stands directly on a simulated venue of its own with synthetic order flow. It takes the place of one whose plugin is
/// missing or broken, and needs no plugin itself.
/// </summary>
public sealed class SimulatedConnector : IConnector
{
    private readonly DirectVenue _venue;

    internal SimulatedConnector(DirectVenue venue)
    {
        _venue = venue;
        Trading = new SimulatedTrading(venue);
    }

    public ConnectorManifest Manifest => SimulatedManifest.Value;

    public ITradingConnector? Trading { get; }

    /// <summary>Opens a venue and starts it; disposing the connector stops it.</summary>
    /// <param name="name">The connection it stands in for; with the seed it decides the prices.</param>
    /// <param name="seed">Venues of one seed show nearly the same prices.</param>
    /// <param name="symbols">Canonical names; null or empty lists the default ones.</param>
    /// <param name="balances">What the account starts with by asset code; null gives plenty of everything that is listed.</param>
    /// <param name="time">This host's clock; the venue's own does not differ from it.</param>
    /// <param name="log">Takes what goes wrong inside the venue.</param>
    /// <exception cref="ArgumentException">A symbol is not of the form BASE/QUOTE.</exception>
    public static SimulatedConnector Create(
        string name, long seed, IReadOnlyList<string>? symbols, IReadOnlyDictionary<string, decimal>? balances, TimeProvider time, ILogger? log = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(time);
        return new SimulatedConnector(new DirectVenue(name, seed, symbols, balances, time, log ?? NullLogger.Instance));
    }

    public Task<ReadResult<Timestamp>> GetServerTimeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_venue.Ask<Timestamp>(engine => Timestamp.FromUnixMicroseconds(engine.NowMicros), cancellationToken));

    public Task<ReadResult<IReadOnlyList<Instrument>>> GetInstrumentsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_venue.Ask(_ => ReadResult<IReadOnlyList<Instrument>>.Ok(_venue.Listing.Instruments()), cancellationToken));

    public Task<ReadResult<IReadOnlyList<Candle>>> GetCandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken) =>
        Task.FromResult(_venue.Ask(engine => CandleReads.Past(_venue, symbol, interval, count, engine.NowMicros), cancellationToken));

    public Task<ReadResult<IReadOnlyList<Quote>>> GetQuotesAsync(IReadOnlyList<Symbol> symbols, CancellationToken cancellationToken) =>
        Task.FromResult(_venue.Ask(engine => ReadResult<IReadOnlyList<Quote>>.Ok([.. symbols.Select(s => QuoteReads.Now(_venue, s, engine.NowMicros)).OfType<Quote>()]), cancellationToken));

    public Task<StreamEnd> RunMarketStreamAsync(IMarketStreamSession session, CancellationToken cancellationToken) =>
        new MarketStream(_venue).RunAsync(session, cancellationToken);

    public ValueTask DisposeAsync() => _venue.DisposeAsync();
}
