namespace Workbench.Simulator.Binance;

internal enum Security
{
    None,

    /// <summary>A known key, nothing signed.</summary>
    Key,

    /// <summary>Key, timestamp and signature.</summary>
    Signed,
}

internal delegate ValueTask<ApiError?> AsyncHandler(ApiCall call);

/// <summary>One call of the API under its REST and its WebSocket name.</summary>
internal sealed record Endpoint(string Method, string Path, string? WsMethod, Security Security, AsyncHandler Handler)
{
    public Endpoint(string method, string path, string? wsMethod, Security security, Func<ApiCall, ApiError?> handler)
        : this(method, path, wsMethod, security, call => ValueTask.FromResult(handler(call)))
    {
    }

    /// <summary>Parameters it reads, beyond those of signing.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    public Func<Parameters, int> Weight { get; init; } = _ => 1;

    /// <summary>Changes orders: the order faults strike here.</summary>
    public bool IsOrderEntry { get; init; }

    /// <summary>Costs its weight only when it fails, as placing and cancelling do.</summary>
    public bool IsFreeOnSuccess => IsOrderEntry && !CostsOnSuccess;

    /// <summary>Order entry that is charged like a query, as amending is.</summary>
    public bool CostsOnSuccess { get; init; }

    /// <summary>Counts as a new order.</summary>
    public bool IsPlacement { get; init; }
}
