using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>Leads a request through the faults that concern it.</summary>
internal static class CallFaults
{
    /// <summary>Serves one request of a WebSocket. What is posted as an answer meanwhile is what a fault may take, change or keep.</summary>
    public static async ValueTask RunAsync(
        FaultLab faults, RequestInfo request, SocketSession session, Func<FaultAnswer, byte[]> word, Func<ValueTask> serve)
    {
        faults.Tally?.Arrived(request with { IsSocket = true });
        var exchange = new SocketExchange(request with { IsSocket = true }, faults, session, word);
        if (await StrikeAsync(exchange, Stage.Before).ConfigureAwait(false))
        {
            exchange.Send();
            return;
        }

        if (exchange.Postponement is null && !Awaits(exchange))
        {
            await serve().ConfigureAwait(false);
            return;
        }

        Postponement.Enter(exchange.Postponement);
        await exchange.CaptureAsync(serve).ConfigureAwait(false);
        await FinishAsync(exchange).ConfigureAwait(false);
        exchange.Send();
    }

    /// <summary>True when a fault has settled what the sender gets.</summary>
    public static async ValueTask<bool> StrikeAsync(Exchange exchange, Stage stage)
    {
        foreach (var fault in exchange.Lab.Live.Requests)
        {
            if (!exchange.IsOver && fault.Concerns(exchange.Request, stage)
                && fault.Definition.Wants?.Invoke(fault, exchange) != false && fault.TryStrike(exchange.Request))
            {
                await fault.Definition.OnRequest!(fault, exchange).ConfigureAwait(false);
            }
        }

        return exchange.IsOver;
    }

    /// <summary>Whether a fault waits for the answer.</summary>
    public static bool Awaits(Exchange exchange) => exchange.Lab.Live.Requests.Any(f => f.Concerns(exchange.Request, Stage.After));

    /// <summary>What faults do with the answer.</summary>
    public static async ValueTask FinishAsync(Exchange exchange)
    {
        if (exchange.Postponement is { IsSilent: true } postponement)
        {
            await exchange.HoldAsync(postponement.Fault, readsBody: false).ConfigureAwait(false);
            return;
        }

        await StrikeAsync(exchange, Stage.After).ConfigureAwait(false);
    }
}
