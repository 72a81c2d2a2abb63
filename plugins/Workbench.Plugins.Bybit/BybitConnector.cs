using System.Globalization;
using Workbench.Plugins.Bybit.Instruments;
using Workbench.Plugins.Bybit.MarketData;
using Workbench.Plugins.Bybit.Rest;
using Workbench.Plugins.Bybit.Signing;
using Workbench.Plugins.Bybit.Streams;
using Workbench.Plugins.Bybit.Trading;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit;

/// <summary>Speaks Bybit's V5 protocol for the spot category.</summary>
internal sealed class BybitConnector : IConnector
{
    private const int MostCandles = 1000;

    private readonly ConnectorContext _context;
    private readonly BybitEndpoints _endpoints;
    private readonly BybitRest _rest;
    private readonly InstrumentDirectory _instruments;

    /// <summary>Makes a connector; it sends nothing yet.</summary>
    /// <exception cref="ArgumentException">An address is missing or has an unknown name.</exception>
    public BybitConnector(ConnectorContext context)
    {
        _context = context;
        _endpoints = BybitEndpoints.For(context);
        var signer = context.Signer is null ? null : new RequestSigner(context.Signer, context.ReceiveWindow);
        _rest = new BybitRest(context, _endpoints, signer);
        _instruments = new InstrumentDirectory(_rest, context);
        if (signer is not null)
        {
            _ = _endpoints.Private;
            Trading = new BybitTrading(context, _endpoints, _rest, signer, _instruments);
        }

        if (signer?.Problem is { } problem)
        {
            Log.UnusableCredentials(context.Logger, context.Connection, problem.Message);
        }
    }

    public ConnectorManifest Manifest => BybitManifest.Value;

    public ITradingConnector? Trading { get; }

    public async Task<ReadResult<Timestamp>> GetServerTimeAsync(CancellationToken cancellationToken)
    {
        var reply = await _rest.GetPublicAsync("/v5/market/time", null, cancellationToken).ConfigureAwait(false);
        if (reply.Failure is { } failure)
        {
            return failure.Error;
        }

        return (ServerTime.Read(reply.Result.Span) ?? reply.VenueTime) is { } time
            ? time
            : new VenueError(VenueErrorKind.BadResponse, "The venue's answer holds no time.");
    }

    public Task<ReadResult<IReadOnlyList<Instrument>>> GetInstrumentsAsync(CancellationToken cancellationToken) => _instruments.ReadAsync(cancellationToken);

    public async Task<ReadResult<IReadOnlyList<Candle>>> GetCandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken)
    {
        if (!_instruments.Map.TryGet(symbol, out var instrument))
        {
            return new VenueError(VenueErrorKind.NotFound, $"Bybit spot has no market {symbol}.");
        }

        if (CandleIntervals.Text(interval) is not { } text || count is < 1 or > MostCandles)
        {
            return new VenueError(VenueErrorKind.InvalidRequest, $"Bybit has no {count} candles of {interval}.");
        }

        var query = Query.Spot().Add("symbol", instrument.VenueSymbol).Add("interval", text).Add("limit", count.ToString(CultureInfo.InvariantCulture));
        var reply = await _rest.GetPublicAsync("/v5/market/kline", query, cancellationToken).ConfigureAwait(false);
        if (reply.Failure is { } failure)
        {
            return failure.Error;
        }

        var venueNow = reply.VenueTime ?? _context.VenueClock.Now;
        var rows = CandleHistory.Read(reply.Result.Span, interval, venueNow);
        return rows.IsOk ? ReadResult<IReadOnlyList<Candle>>.Ok(rows.Value.ConvertAll(row => ToCandle(symbol, row, venueNow, reply.ReceivedAt))) : rows.Error!;
    }

    public async Task<ReadResult<IReadOnlyList<Quote>>> GetQuotesAsync(IReadOnlyList<Symbol> symbols, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<string, Symbol>(StringComparer.Ordinal);
        foreach (var symbol in symbols)
        {
            if (_instruments.Map.TryGet(symbol, out var instrument))
            {
                asked[instrument.VenueSymbol] = symbol;
            }
        }

        if (asked.Count == 0)
        {
            return new VenueError(VenueErrorKind.NotFound, $"Bybit spot has no market {symbols.FirstOrDefault()}.");
        }

        // The venue takes one name or none; none reads every market in the same one request.
        var query = asked.Count == 1 ? Query.Spot().Add("symbol", asked.Keys.First()) : Query.Spot();
        var reply = await _rest.GetPublicAsync("/v5/market/tickers", query, cancellationToken).ConfigureAwait(false);
        return reply.Failure is { } failure ? failure.Error : QuoteReads.Read(reply.Result, asked, Stamp(reply.VenueTime ?? reply.ReceivedAt, reply.ReceivedAt));
    }

    public Task<StreamEnd> RunMarketStreamAsync(IMarketStreamSession session, CancellationToken cancellationToken) =>
        MarketStream.RunAsync(_context, _endpoints.Public, _instruments, session, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Candle ToCandle(Symbol symbol, CandleRow row, Timestamp venueNow, Timestamp receivedAt) =>
        new(symbol, row.Interval, row.Start, row.Open, row.High, row.Low, row.Close, row.Volume, row.IsClosed, Stamp(venueNow, receivedAt));

    // A read belongs to no stream session; its stamp says zero.
    private MarketStamp Stamp(Timestamp venueTime, Timestamp receivedAt) => new()
    {
        Connection = _context.Connection,
        Venue = Manifest.Venue,
        Session = 0,
        VenueTime = venueTime,
        ReceivedAt = receivedAt,
        IsSimulated = _context.Environment == VenueEnvironment.Simulator,
    };
}
