using System.Globalization;
using Workbench.Plugins.Binance.Errors;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Rest;

/// <summary>Tells the host's budget how much weight the venue has counted, and when it wants silence.</summary>
internal sealed class BudgetReporter(ConnectorContext context)
{
    private const int TooManyOrders = -1015;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public void Report(HttpReply reply)
    {
        if (reply.Kind != HttpReplyKind.Answered)
        {
            return;
        }

        if (reply.Headers.TryGetValue("X-MBX-USED-WEIGHT-1M", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var used))
        {
            context.Budget.Observe(used, Minute);
        }

        // Too many orders is a limit of the account's new orders alone: cancels and reads must go on.
        if (RetryAfter.Of(reply, Timestamp.Now(context.Time)) is { } pause && ErrorBody.Read(reply.Body.Span) is var body && body?.Code != TooManyOrders)
        {
            Log.Paused(context.Logger, reply.Status, pause, body?.Message ?? "no readable body");
            context.Budget.PauseFor(pause);
        }
    }
}
