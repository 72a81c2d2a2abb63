namespace Workbench.Sdk;

/// <summary>A dialect: it encodes, decodes and knows one venue's rules. The host brings the transport, the secrets, the clock and every retry.</summary>
/// <remarks>
/// The host calls a connector from several threads at once. No member may retry, sleep or swallow a failure: expected failures are returned as
/// values, anything thrown is a bug of the connector and takes its connection down with the reason shown.
/// </remarks>
public interface IConnector : IAsyncDisposable
{
    /// <summary>What it can do.</summary>
    ConnectorManifest Manifest { get; }

    /// <summary>Trading, or null when the connection has no credentials.</summary>
    ITradingConnector? Trading { get; }

    /// <summary>Reads the venue's clock; also the cheapest proof that the venue answers.</summary>
    Task<ReadResult<Timestamp>> GetServerTimeAsync(CancellationToken cancellationToken);

    /// <summary>Reads all instruments. The host calls it before the first stream and then from time to time; the connector remembers the newest answer for its own mapping.</summary>
    Task<ReadResult<IReadOnlyList<Instrument>>> GetInstrumentsAsync(CancellationToken cancellationToken);

    /// <summary>Reads past candles, oldest first.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="interval">Length of a candle, such as one minute.</param>
    /// <param name="count">How many at most, 1 to 1000, ending with the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReadResult<IReadOnlyList<Candle>>> GetCandlesAsync(Symbol symbol, TimeSpan interval, int count, CancellationToken cancellationToken);

    /// <summary>Reads the best bid and ask of several markets in one request: the host's proof that a quiet market is quiet and its stream not broken. Stamps carry session zero.</summary>
    /// <param name="symbols">The markets, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A quote for each market that the venue lists, in any order; an error when the read failed or the venue does not offer it.</returns>
    Task<ReadResult<IReadOnlyList<Quote>>> GetQuotesAsync(IReadOnlyList<Symbol> symbols, CancellationToken cancellationToken);

    /// <summary>Connects, subscribes what the session asks for, publishes what arrives, and returns when the stream has ended for whatever reason. The host decides when to call it again.</summary>
    /// <param name="session">Where wishes come from and events go to.</param>
    /// <param name="cancellationToken">Ends the stream; the connector returns soon after.</param>
    Task<StreamEnd> RunMarketStreamAsync(IMarketStreamSession session, CancellationToken cancellationToken);
}

/// <summary>The trading half of a connector. Every call that places, changes or cancels an order is at most one request on the wire.</summary>
public interface ITradingConnector
{
    /// <summary>Sends one order.</summary>
    /// <returns>The outcome by the venue's error table; a cancelled call that may have left the host is <see cref="OrderOutcome.Unknown"/>.</returns>
    Task<OrderOutcome> SubmitAsync(NewOrder order, CancellationToken cancellationToken);

    /// <summary>Asks to cancel one order. <see cref="OrderOutcome.Rejected"/> with <see cref="VenueErrorKind.NotFound"/> means that it is not open, not that it was cancelled.</summary>
    Task<OrderOutcome> CancelAsync(OrderReference order, CancellationToken cancellationToken);

    /// <summary>
    /// Asks to change one open order, in the way that <see cref="OrderSupport.WayOf"/> names. <see cref="OrderOutcome.Accepted"/> means that the same order has been
    /// changed, or, while its report is <see cref="OrderStatus.Pending"/>, that the venue has taken the wish; <see cref="OrderOutcome.Replaced"/> that another order took its place.
    /// </summary>
    Task<OrderOutcome> AmendAsync(AmendOrder amendment, CancellationToken cancellationToken) =>
        Task.FromResult<OrderOutcome>(new OrderOutcome.NotSent(new VenueError(VenueErrorKind.InvalidRequest, "The connector cannot amend orders.")));

    /// <summary>
    /// Asks to cancel every open order of one market, foreign and conditional ones too, with as few requests as the venue allows. Neither answer proves anything about
    /// an order: who needs to know reads the open orders afterwards.
    /// </summary>
    /// <returns>Null when the venue took it, also when there was nothing to cancel; otherwise what went wrong.</returns>
    Task<VenueError?> CancelAllAsync(Instrument instrument, CancellationToken cancellationToken) =>
        Task.FromResult<VenueError?>(new VenueError(VenueErrorKind.InvalidRequest, "The connector cannot cancel all orders of a market at once."));

    /// <summary>Looks one order up on every endpoint that could hold it.</summary>
    /// <returns>The venue's word; null when the venue answered and does not know the order; an error when the read failed.</returns>
    Task<ReadResult<OrderReport?>> QueryOrderAsync(OrderReference order, CancellationToken cancellationToken);

    /// <summary>Reads all open orders of the account, all pages, also foreign ones.</summary>
    Task<ReadResult<IReadOnlyList<OrderReport>>> GetOpenOrdersAsync(CancellationToken cancellationToken);

    /// <summary>Reads the fills of one order, all pages, oldest first.</summary>
    Task<ReadResult<IReadOnlyList<FillReport>>> GetFillsAsync(OrderReference order, CancellationToken cancellationToken);

    /// <summary>Reads what the connection's key may do, by the venue's own word now. It also proves that the key is known and that signatures fit.</summary>
    Task<ReadResult<KeyRights>> GetKeyRightsAsync(CancellationToken cancellationToken);

    /// <summary>Reads all balances that are not zero.</summary>
    Task<ReadResult<IReadOnlyList<Balance>>> GetBalancesAsync(CancellationToken cancellationToken);

    /// <summary>Listens to the account: connects, authenticates, subscribes, publishes what arrives, and returns when the stream has ended.</summary>
    Task<StreamEnd> RunUserStreamAsync(IUserStreamSession session, CancellationToken cancellationToken);
}
