using System.Text.Json;
using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Rest;
using Workbench.Plugins.Binance.Signing;
using Workbench.Plugins.Binance.Values;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Market;

/// <summary>The public reads: clock, instruments, candles, books.</summary>
internal sealed class MarketReads(ConnectorContext context, RestClient rest, VenueLimits limits, Catalogue catalogue)
{
    private const int SnapshotLevels = 1000;
    private const int MaxCandles = 1000;

    // A longer list would make the address too long; without one the venue tells all markets at the same weight.
    private const int MostNamedSymbols = 100;

    public async Task<ReadResult<Timestamp>> ServerTimeAsync(CancellationToken cancellationToken)
    {
        var reply = await rest.PublicAsync("/api/v3/time", new FormWriter(), Costs.Time, cancellationToken).ConfigureAwait(false);
        var time = rest.Read(reply, "the clock", r => JsonSerializer.Deserialize(r.Body.Span, BinanceJson.Default.ServerTimeJson));
        return time.Error is { } error ? error : VenueTimes.TryRead(time.Value.ServerTime, out var now) ? now : ReplyErrors.Unreadable(reply, "the clock");
    }

    public async Task<ReadResult<IReadOnlyList<Instrument>>> InstrumentsAsync(CancellationToken cancellationToken)
    {
        var query = new FormWriter().Add("showPermissionSets"u8, "false"u8);
        var reply = await rest.PublicAsync("/api/v3/exchangeInfo", query, Costs.ExchangeInfo, cancellationToken).ConfigureAwait(false);
        var read = rest.Read(reply, "the instruments", r => ExchangeInfoDecoder.Read(r.Body.Span) is { Symbols: not null } info ? info : null);
        return read.Error is { } error ? error : ReadResult<IReadOnlyList<Instrument>>.Ok(Remember(read.Value));
    }

    public async Task<ReadResult<IReadOnlyList<Candle>>> CandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken)
    {
        if (!catalogue.Current.TryGet(symbol, out var instrument))
        {
            return new VenueError(VenueErrorKind.NotFound, $"Binance has no market {symbol}.");
        }

        if (CandleIntervals.NameOf(interval) is not { } name)
        {
            return new VenueError(VenueErrorKind.InvalidRequest, $"Binance has no candles of {interval}.");
        }

        var query = new FormWriter().Add("symbol"u8, instrument.VenueSymbol).Add("interval"u8, name).Add("limit"u8, Math.Clamp(count, 1, MaxCandles));
        var reply = await rest.PublicAsync("/api/v3/klines", query, Costs.Klines, cancellationToken).ConfigureAwait(false);
        return rest.Read(reply, "the candles", r => KlinesDecoder.Read(r.Body.Span, symbol, interval, context.VenueClock.Now, time => Stamp(r.EndedAt, time)));
    }

    public async Task<ReadResult<IReadOnlyList<Quote>>> QuotesAsync(IReadOnlyList<Symbol> symbols, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<string, Symbol>(StringComparer.Ordinal);
        foreach (var symbol in symbols)
        {
            if (catalogue.Current.TryGet(symbol, out var instrument))
            {
                asked[instrument.VenueSymbol] = symbol;
            }
        }

        if (asked.Count == 0)
        {
            return new VenueError(VenueErrorKind.NotFound, $"Binance has no market {symbols.FirstOrDefault()}.");
        }

        var query = new FormWriter();
        if (asked.Count <= MostNamedSymbols)
        {
            query.Add("symbols"u8, $"[{string.Join(',', asked.Keys.Select(name => $"\"{name}\""))}]");
        }

        var reply = await rest.PublicAsync("/api/v3/ticker/bookTicker", query, Costs.BookTickers, cancellationToken).ConfigureAwait(false);
        var read = rest.Read(reply, "the best prices", r => BookTickers.Read(JsonSerializer.Deserialize(r.Body.Span, BinanceJson.Default.ListBookTickerJson), asked, Stamp(r.EndedAt, null)));
        return read.Error is { } error ? error : ReadResult<IReadOnlyList<Quote>>.Ok(read.Value);
    }

    public async Task<ReadResult<DepthSnapshot>> DepthAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        var query = new FormWriter().Add("symbol"u8, instrument.VenueSymbol).Add("limit"u8, SnapshotLevels);
        var reply = await rest.PublicAsync("/api/v3/depth", query, Costs.Depth1000, cancellationToken).ConfigureAwait(false);
        return rest.Read(reply, "the book", r => DepthSnapshot.Read(r.Body.Span, r.EndedAt));
    }

    private List<Instrument> Remember(ExchangeInfoJson info)
    {
        var instruments = info.Symbols!.Select(ExchangeInfoDecoder.ToInstrument).OfType<Instrument>().ToList();
        limits.Declare(info.RateLimits ?? []);
        catalogue.Current = new InstrumentMap(instruments);
        if (instruments.Count < info.Symbols!.Count)
        {
            Log.UnmappedInstruments(context.Logger, info.Symbols.Count - instruments.Count, info.Symbols.Count);
        }

        return instruments;
    }

    /// <summary>A read belongs to no stream session, so its session is zero.</summary>
    private MarketStamp Stamp(Timestamp receivedAt, Timestamp? venueTime) => new()
    {
        Connection = context.Connection,
        Venue = BinanceManifest.Value.Venue,
        Session = 0,
        VenueTime = venueTime ?? receivedAt,
        ReceivedAt = receivedAt,
        IsSimulated = context.Environment == VenueEnvironment.Simulator,
    };
}
