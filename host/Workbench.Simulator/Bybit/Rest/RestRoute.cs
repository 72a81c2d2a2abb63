using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>One endpoint. A public one has neither <see cref="Allowance"/> nor <see cref="Order"/>.</summary>
internal sealed record RestRoute(string Method, string Path)
{
    /// <summary>Public and query endpoints.</summary>
    public Func<RestCall, Reply>? Query { get; init; }

    /// <summary>Order operations, which the gateway limits and the faults strike.</summary>
    public Func<RestCall, GatewayReply>? Order { get; init; }

    /// <summary>Set for private queries.</summary>
    public Limit? Allowance { get; init; }

    public bool IsPrivate => Allowance is not null || Order is not null;

    public static RestRoute Public(string path, Func<RestCall, Reply> query) => new("GET", path) { Query = query };

    public static RestRoute Private(string path, Limit limit, Func<RestCall, Reply> query) =>
        new("GET", path) { Query = query, Allowance = limit };

    /// <summary>A change that is no order operation.</summary>
    public static RestRoute Change(string path, Limit limit, Func<RestCall, Reply> change) =>
        new("POST", path) { Query = change, Allowance = limit };

    public static RestRoute Command(string path, Func<RestCall, GatewayReply> order) => new("POST", path) { Order = order };
}
