using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Binance.Streams;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance;

/// <summary>Binance Spot: REST, market streams and the WebSocket API on one port.</summary>
internal sealed class BinanceDialect : IDialect
{
    private readonly DialectContext _context;
    private readonly BinanceRest _rest;
    private readonly IStreamSource _streams;

    public BinanceDialect(DialectContext context)
    {
        _context = context;
        var venue = context.Venue;
        var limits = new RequestLimits(venue.Clock, context.Options.RateLimits);
        var api = new BinanceApi(venue, context.Faults, limits,
        [
            .. new MarketEndpoints(venue).All,
            .. new BookEndpoints(venue).All,
            .. new OrderEndpoints(venue, limits, context.Faults).All,
            .. new AccountEndpoints(venue, limits).All,
        ]);
        _rest = new BinanceRest(api);
        _streams = new MarketStreams(venue, context.Faults);
    }

    public IReadOnlyList<DialectEndpoint> Endpoints { get; } =
    [
        new("rest", "http", ""),
        new("stream", "ws", "/stream"),
        new("stream-raw", "ws", "/ws"),
        new("ws-api", "ws", "/ws-api/v3"),
    ];

    public void Map(IApplicationBuilder app) => app.Run(HandleAsync);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return _rest.HandleAsync(context);
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
}
