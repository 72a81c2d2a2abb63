using System.Globalization;
using Workbench.Plugins.Binance.Instruments;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Rest;

/// <summary>The venue's limits: the documented ones until it has told its own, and the headers in which it reports each.</summary>
internal sealed class VenueLimits(IRateBudget budget)
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    // What the venue allows, unless it says otherwise. Order counts differ from account to account and are not guessed.
    private static readonly RateLimit[] Documented =
    [
        Aligned(Costs.Weight, 6000, TimeSpan.FromMinutes(1)),
        Aligned(Costs.Requests, 300_000, FiveMinutes),
        Aligned(RateClass.Connects, 300, FiveMinutes),
    ];

    private volatile Report[] _reports = [new("X-MBX-USED-WEIGHT-1M", Costs.Weight, TimeSpan.FromMinutes(1))];

    /// <summary>Declares what is documented.</summary>
    public void Begin()
    {
        foreach (var limit in Documented)
        {
            budget.Declare(limit);
        }
    }

    /// <summary>Declares what the venue says of itself.</summary>
    public void Declare(IEnumerable<RateLimitJson> limits)
    {
        var reports = new List<Report>();
        foreach (var limit in limits.Where(l => l.Limit is > 0 and <= int.MaxValue))
        {
            if (ClassOf(limit) is { } counted && Window(limit) is { } window)
            {
                budget.Declare(Aligned(counted, (int)limit.Limit, window));
                reports.AddRange(HeaderOf(counted, limit) is { } header ? [new Report(header, counted, window)] : []);
            }
        }

        _reports = reports.Count > 0 ? [.. reports] : _reports;
    }

    /// <summary>Reads what the venue has counted off an answer.</summary>
    public void Observe(HttpReply reply)
    {
        foreach (var report in _reports)
        {
            if (reply.Headers.TryGetValue(report.Header, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var used))
            {
                budget.Observe(report.Class, report.Window, used, reply.SentAt);
            }
        }
    }

    private static RateClass? ClassOf(RateLimitJson limit) => limit.RateLimitType switch
    {
        "REQUEST_WEIGHT" => Costs.Weight,
        "RAW_REQUESTS" => Costs.Requests,
        "CONNECTIONS" => RateClass.Connects,
        "ORDERS" => Costs.Orders,
        _ => null,
    };

    private static RateLimit Aligned(RateClass counted, int most, TimeSpan window) => new()
    {
        Class = counted,
        Most = most,
        Window = window,
        Kind = RateWindowKind.Aligned,
        KeepsReserve = counted != Costs.Orders, // Only new orders are counted there: there is nothing to keep a share for.
    };

    private static string? HeaderOf(RateClass counted, RateLimitJson limit) => (counted == Costs.Weight ? "X-MBX-USED-WEIGHT-" : counted == Costs.Orders ? "X-MBX-ORDER-COUNT-" : null) is { } name
        ? $"{name}{limit.IntervalNum}{limit.Interval![0]}"
        : null;

    private static TimeSpan? Window(RateLimitJson limit) => (limit.Interval, limit.IntervalNum) switch
    {
        ("SECOND", > 0 and <= 86_400) => TimeSpan.FromSeconds(limit.IntervalNum),
        ("MINUTE", > 0 and <= 1440) => TimeSpan.FromMinutes(limit.IntervalNum),
        ("HOUR", > 0 and <= 24) => TimeSpan.FromHours(limit.IntervalNum),
        ("DAY", > 0 and <= 31) => TimeSpan.FromDays(limit.IntervalNum),
        _ => null,
    };

    private sealed record Report(string Header, RateClass Class, TimeSpan Window);
}
