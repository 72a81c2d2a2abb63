using Workbench.Plugins.Binance.Errors;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Rest;

/// <summary>Tells the host's budget what the venue has counted, and when it wants silence.</summary>
internal sealed class BudgetReporter(ConnectorContext context, VenueLimits limits)
{
    private const int TooManyOrders = -1015;

    public void Report(HttpReply reply)
    {
        if (reply.Kind != HttpReplyKind.Answered)
        {
            return;
        }

        limits.Observe(reply);
        if (VenuePauses.Of(reply, context.VenueClock.Now) is { } pause)
        {
            Pause(reply, pause);
        }
    }

    private void Pause(HttpReply reply, TimeSpan pause)
    {
        var body = ErrorBody.Read(reply.Body.Span);
        Log.Paused(context.Logger, reply.Status, pause, body?.Message ?? "no readable body");
        if (reply.Status == 418)
        {
            context.Budget.BanFor(RateScope.Address, pause);
        }
        else if (body?.Code == TooManyOrders)
        {
            // A limit of the account's new orders alone: cancels and reads must go on.
            context.Budget.PauseFor(Costs.Orders, pause);
        }
        else
        {
            context.Budget.PauseFor(RateScope.Address, pause);
        }
    }
}
