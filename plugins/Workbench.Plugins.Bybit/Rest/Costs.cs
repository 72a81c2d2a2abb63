using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>What each endpoint costs. The address counts every request; an account counts each endpoint's for itself, in windows of a second.</summary>
internal static class Costs
{
    /// <summary>All requests of the address.</summary>
    public static readonly RateClass Requests = new(RateScope.Address, "requests");

    private static readonly RateCost[] Public = [new(Requests, 1)];
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // The documented allowances of a unified account's spot orders; the venue's headers replace them.
    private static readonly Endpoint[] Signed =
    [
        new("/v5/order/create", 20, KeepsReserve: false),
        new("/v5/order/amend", 10, KeepsReserve: false),
        new("/v5/order/cancel", 20, KeepsReserve: false),
        new("/v5/order/cancel-all", 20, KeepsReserve: false),
        new("/v5/order/realtime", 50, KeepsReserve: true),
        new("/v5/order/history", 50, KeepsReserve: true),
        new("/v5/execution/list", 50, KeepsReserve: true),
        new("/v5/account/wallet-balance", 50, KeepsReserve: true),
        new("/v5/user/query-api", 10, KeepsReserve: true),
    ];

    /// <summary>Declares what is documented.</summary>
    public static void Declare(IRateBudget budget)
    {
        budget.Declare(new RateLimit { Class = Requests, Most = 600, Window = TimeSpan.FromSeconds(5), Kind = RateWindowKind.Sliding });
        budget.Declare(new RateLimit { Class = RateClass.Connects, Most = 500, Window = TimeSpan.FromMinutes(5), Kind = RateWindowKind.Sliding });
        foreach (var endpoint in Signed)
        {
            Declare(budget, endpoint.Path, endpoint.PerSecond);
        }
    }

    /// <summary>Declares what the venue allows this account at an endpoint.</summary>
    public static void Declare(IRateBudget budget, string path, int perSecond)
    {
        if (Find(path) is { } endpoint)
        {
            budget.Declare(new RateLimit { Class = endpoint.Class, Most = perSecond, Window = Second, Kind = RateWindowKind.Sliding, KeepsReserve = endpoint.KeepsReserve });
        }
    }

    /// <summary>Reports what the venue has counted there.</summary>
    public static void Observe(IRateBudget budget, string path, int used, Timestamp sentAt)
    {
        if (Find(path) is { } endpoint)
        {
            budget.Observe(endpoint.Class, Second, used, sentAt);
        }
    }

    /// <summary>What a request to an endpoint costs.</summary>
    public static RateCost[] Of(string path) => Find(path)?.Costs ?? Public;

    /// <summary>What an account counts there; null for public endpoints.</summary>
    public static RateClass? ClassOf(string path) => Find(path)?.Class;

    private static Endpoint? Find(string path) => Array.Find(Signed, e => ReferenceEquals(e.Path, path)) ?? Array.Find(Signed, e => e.Path == path);

    private sealed record Endpoint(string Path, int PerSecond, bool KeepsReserve)
    {
        public RateClass Class { get; } = new(RateScope.Key, Path["/v5/".Length..]);

        public RateCost[] Costs { get; } = [new(Requests, 1), new(new(RateScope.Key, Path["/v5/".Length..]), 1)];
    }
}
