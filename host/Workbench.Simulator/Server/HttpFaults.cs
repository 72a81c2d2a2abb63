using Microsoft.AspNetCore.Http;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>
/// Faults of HTTP requests: before the dialect sees one, or on the dialect's whole answer. WebSocket handshakes pass here
/// too, as requests of the kinds that are connections.
/// </summary>
internal sealed class HttpFaults(FaultLab faults, IDialect dialect)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        faults.Tally?.Arrived(dialect.Classify(context.Request));
        if (faults.IsQuiet)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var exchange = await HttpExchange.OpenAsync(context, dialect, faults).ConfigureAwait(false);
        if (await CallFaults.StrikeAsync(exchange, Stage.Before).ConfigureAwait(false))
        {
            await exchange.SendAsync().ConfigureAwait(false);
            return;
        }

        if (context.WebSockets.IsWebSocketRequest || (exchange.Postponement is null && !CallFaults.Awaits(exchange)))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        Postponement.Enter(exchange.Postponement);
        if (await exchange.BufferAsync(next).ConfigureAwait(false))
        {
            await CallFaults.FinishAsync(exchange).ConfigureAwait(false);
            await exchange.SendAsync().ConfigureAwait(false);
        }
    }
}
