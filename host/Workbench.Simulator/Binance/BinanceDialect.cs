using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Binance.Streams;
using Workbench.Simulator.Binance.UserData;
using Workbench.Simulator.Binance.WsApi;
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

    public BinanceDialect(DialectContext context)
    {
        _context = context;
        var venue = context.Venue;
        var limits = new RequestLimits(venue.Clock, context.Options.RateLimits);
        var counts = new OrderCounts(venue.Clock, context.Options.RateLimits);
        venue.AddListener(counts);
        _api = new BinanceApi(venue, context.Faults, limits, counts,
        [
            .. new MarketEndpoints(venue).All,
            .. new BookEndpoints(venue, context.Capture).All,
            .. new OrderEndpoints(venue, counts, context.Faults).All,
            .. new AccountEndpoints(venue, counts).All,
        ]);
        _rest = new BinanceRest(_api);
        _userData = new UserDataHub(venue, context.Faults);
        _streams = context.Capture is { } capture ? new TapeStreams(capture) : new MarketStreams(venue, context.Faults);
    }

    public IReadOnlyList<DialectEndpoint> Endpoints { get; } =
    [
        new("rest", "http", ""),
        new("stream", "ws", "/stream"),
        new("stream-raw", "ws", "/ws"),
        new("ws-api", "ws", "/ws-api/v3"),
    ];

    public void Map(IApplicationBuilder app) => app.Run(HandleAsync);

    /// <summary>Where a played capture goes; null when the venue makes its own market.</summary>
    public ICaptureSink? CaptureSink => _streams as ICaptureSink;

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
            return SocketSession.RunAsync(context, session => OpenApi(context, session));
        }

        if (path.StartsWith("/ws", StringComparison.Ordinal) || path.StartsWith("/stream", StringComparison.Ordinal))
        {
            return SocketSession.RunAsync(context, session => OpenStreams(context, session, path));
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private StreamConnection OpenStreams(HttpContext context, SocketSession session, string path)
    {
        var connection = new StreamConnection(session, _streams, _context.Faults, _context.Venue.Clock, _context.Options.RateLimits);
        connection.Start(path, context.Request.Query["streams"]);
        return connection;
    }

    private WsApiConnection OpenApi(HttpContext context, SocketSession session)
    {
        var query = context.Request.Query;
        var options = new WsApiOptions(
            query["returnRateLimits"] != "false", query["timeUnit"].ToString().Equals("MICROSECOND", StringComparison.OrdinalIgnoreCase));
        return new WsApiConnection(session, _api, _context, _userData, options);
    }
}
