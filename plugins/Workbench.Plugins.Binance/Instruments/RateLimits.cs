using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Instruments;

/// <summary>Declares the venue's own numbers to the host's budget.</summary>
internal static class RateLimits
{
    public static void Declare(IEnumerable<RateLimitJson> limits, IRateBudget budget)
    {
        // Orders and raw requests are counted apart from weight, and the budget counts weight.
        foreach (var limit in limits.Where(l => l.RateLimitType == "REQUEST_WEIGHT" && l.Limit is > 0 and <= int.MaxValue))
        {
            if (Window(limit) is { } window)
            {
                budget.Declare((int)limit.Limit, window);
            }
        }
    }

    private static TimeSpan? Window(RateLimitJson limit) => limit.IntervalNum is <= 0 or > 1000
        ? null
        : limit.Interval switch
        {
            "SECOND" => TimeSpan.FromSeconds(limit.IntervalNum),
            "MINUTE" => TimeSpan.FromMinutes(limit.IntervalNum),
            "HOUR" => TimeSpan.FromHours(limit.IntervalNum),
            "DAY" => TimeSpan.FromDays(limit.IntervalNum),
            _ => null,
        };
}
