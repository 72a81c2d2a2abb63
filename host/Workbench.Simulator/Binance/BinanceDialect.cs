using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Binance.Connections;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Binance.Streams;
using Workbench.Simulator.Binance.UserData;
using Workbench.Simulator.Binance.WsApi;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;
using Workbench.Simulator.Tapes;

namespace Workbench.Simulator.Binance;

/// <summary>Binance Spot: REST, market streams and the WebSocket API on one port.</summary>
internal sealed class BinanceDialect : IDialect
{
    private readonly DialectContext _context;
    private readonly BinanceApi _api;
    private readonly BinanceRest _rest;
    private readonly UserDataHub _userData;
    private readonly IStreamSource _streams;
    private readonly TapeStreams? _capture;
    private readonly ConnectionRegistry _connections;

    public BinanceDialect(DialectContext context)
    {
        _context = context;
        var venue = context.Venue;
        context.Faults.Targets.Venue = venue;
        _userData = new UserDataHub(venue, context.Options.Binance);
        var listenKeys = context.Options.Binance.HasListenKeys ? new ListenKeys(venue) : null;
        if (context.Options.Binance.PaysFeesInBnb)
        {
            venue.Execute(_ => venue.Credentials.Values.ToList().ForEach(c => c.Account.FeeDiscount = CommissionJson.BnbDiscount));
        }

        var limits = new RequestLimits(venue.Clock, context.Options.RateLimits, context.Options.Binance.MaxConnectionsPerFiveMinutes);
        var counts = new OrderCounts(venue.Clock, context.Options.RateLimits);
        venue.AddListener(counts);
        _api = new BinanceApi(venue, limits, counts,
        [
            .. new MarketEndpoints(venue).All,
            .. new RuleEndpoints(venue).All,
            .. new TickerEndpoints(venue).All,
            .. new BookEndpoints(venue, context.Capture).All,
            .. Orders(context, counts),
            .. new AccountEndpoints(venue, counts).All,
            .. new WalletEndpoints(venue).All,
            .. new ListenKeyEndpoints(listenKeys).All,
        ])
        {
            ChecksTimestamps = context.Options.Binance.ChecksTimestamps,
        };
        _rest = new BinanceRest(_api, _userData);
        _connections = new ConnectionRegistry(venue.Clock, context.Options.Binance);
        _capture = context.Capture is { } capture ? new TapeStreams(capture) : null;
        var market = _capture ?? (IStreamSource)new MarketStreams(venue);
        _streams = listenKeys is null ? market : new ListenKeyStreams(market, listenKeys, _userData);
    }

    private IEnumerable<Endpoint> Orders(DialectContext context, OrderCounts counts)
    {
        var desk = new OrderDesk(context.Venue, counts, _userData.Rejected, context.Options.Binance.HasRejectionEvents);
        return
        [
            .. new OrderEndpoints(desk).All,
            .. new CancelEndpoints(desk).All,
            .. new CancelReplaceEndpoint(desk).All,
            .. new AmendEndpoints(desk).All,
            .. new OrderQueries(desk, context.Faults).All,
            .. new OrderListEndpoints(desk).All,
            LegacyOcoEndpoint.Over(new OrderListEndpoints(desk)).Endpoint,
            .. new OrderListQueries(desk).All,
        ];
    }

    public IReadOnlyList<DialectEndpoint> Endpoints { get; } =
    [
        new("rest", "http", ""),
        new("stream", "ws", "/stream"),
        new("stream-raw", "ws", "/ws"),
        new("ws-api", "ws", "/ws-api/v3"),
    ];

    public void Map(IApplicationBuilder app) => app.Run(HandleAsync);

    public RequestInfo Classify(HttpRequest request) => BinanceTraffic.Of(request);

    public FaultBody Word(FaultAnswer answer) => BinanceTraffic.Word(answer);

    /// <summary>Where a played capture goes; null when the venue makes its own market.</summary>
    public ICaptureSink? CaptureSink => _capture;

    public Task ShutDownConnectionsAsync(TimeSpan notice, CancellationToken cancellationToken) =>
        _connections.ShutDownAsync(notice, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return _rest.HandleAsync(context);
        }

        if (path.StartsWith("/ws-api/v3", StringComparison.Ordinal))
        {
            return UpgradeAsync(context, WsApiConnection.ConnectWeight, session => OpenApi(context, session));
        }

        if (path.StartsWith("/ws", StringComparison.Ordinal) || path.StartsWith("/stream", StringComparison.Ordinal))
        {
            return UpgradeAsync(context, 0, session => OpenStreams(context, session, path));
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task UpgradeAsync(HttpContext context, int weight, Func<SocketSession, ISocketHandler> open) =>
        (CheckAddress(context, out _) ?? _api.Limits.Connect(weight)) is { } error
            ? BinanceRest.WriteErrorAsync(context, error)
            : SocketSession.RunAsync(context, open);

    // What the address of a socket may choose.
    private static ApiError? CheckAddress(HttpContext context, out bool inMicros)
    {
        var query = context.Request.Query;
        var error = BinanceRest.ReadTimeUnit(query["timeUnit"].ToString(), out inMicros);
        return query["responseFormat"].ToString().Equals("sbe", StringComparison.OrdinalIgnoreCase) ? ApiError.SbeNotEnabled : error;
    }

    private StreamConnection OpenStreams(HttpContext context, SocketSession session, string path)
    {
        CheckAddress(context, out var inMicros);
        var connection = new StreamConnection(session, _streams, _connections, _context, inMicros);
        connection.Start(path, context.Request.Query["streams"]);
        return connection;
    }

    private WsApiConnection OpenApi(HttpContext context, SocketSession session)
    {
        var query = context.Request.Query;
        CheckAddress(context, out var inMicros);
        var options = new WsApiOptions(query["returnRateLimits"] != "false", inMicros);
        return new WsApiConnection(session, _api, _context, _userData, _connections, options);
    }
}
