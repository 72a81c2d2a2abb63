using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>The bounds of one connection's HTTP traffic.</summary>
internal sealed record HttpTransportOptions
{
    /// <summary>Time for a whole read, from the queue for a connection to the last byte.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for a whole order. Above the 10 s that venues give their own matching engine, or every slow answer would become an unknown order.</summary>
    public TimeSpan OrderTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for a whole cancel or query of an unknown order.</summary>
    public TimeSpan CancelTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The largest body that is read.</summary>
    public int MaxResponseBytes { get; init; } = 8 << 20;

    /// <summary>Who sees the answers to public reads; null for nobody.</summary>
    public IWireTap? Tap { get; init; }

    public TimeSpan TimeoutOf(RequestLane lane) => lane switch
    {
        RequestLane.Order => OrderTimeout,
        RequestLane.Cancel or RequestLane.LookUp => CancelTimeout,
        _ => ReadTimeout,
    };
}
