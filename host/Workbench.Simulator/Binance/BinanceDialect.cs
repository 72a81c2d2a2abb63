using Microsoft.AspNetCore.Builder;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance;

/// <summary>Binance Spot: REST, market streams and the WebSocket API on one port.</summary>
internal sealed class BinanceDialect(DialectContext context) : IDialect
{
    public IReadOnlyList<DialectEndpoint> Endpoints { get; } =
    [
        new("rest", "http", ""),
        new("stream", "ws", "/stream"),
        new("stream-raw", "ws", "/ws"),
        new("ws-api", "ws", "/ws-api/v3"),
    ];

    public void Map(IApplicationBuilder app) => app.Run(c =>
    {
        c.Response.Headers["X-Venue"] = context.Venue.Name;
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
