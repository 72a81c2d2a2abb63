namespace Workbench.Simulator.Binance;

internal enum Security
{
    None,

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

    /// <summary>Places or cancels: costs no weight when it succeeds, and the order faults strike here.</summary>
    public bool IsOrderEntry { get; init; }

    /// <summary>Counts as a new order.</summary>
    public bool IsPlacement { get; init; }
}
