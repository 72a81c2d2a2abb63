namespace Workbench.Transport;

/// <summary>What a venue is to this host; how many connections it gets depends on it.</summary>
internal enum PoolRole
{
    /// <summary>Some route names it first.</summary>
    Primary,

    /// <summary>No route names it first.</summary>
    Backup,
}

/// <summary>The bounds of one venue's HTTP connections. Lanes do not share connections: a flood of reads cannot hold up an order, nor a flood of orders a cancel.</summary>
internal sealed record HttpPoolOptions
{
    /// <summary>Connections for reads, to each host and in use at once.</summary>
    public required int ReadConnections { get; init; }

    /// <summary>Connections for orders.</summary>
    public required int OrderConnections { get; init; }

    /// <summary>Connections for cancels and for queries of unknown orders.</summary>
    public required int CancelConnections { get; init; }

    /// <summary>Time for the name and the TCP connection; TLS has as long again.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How old a connection may become, so that a venue that moves to another address is followed (N10).</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an unused connection is kept.</summary>
    public TimeSpan ConnectionIdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>All lanes together.</summary>
    public int TotalConnections => ReadConnections + OrderConnections + CancelConnections;

    /// <summary>A primary has 20 connections: 10 for reads, 6 for orders, 4 for cancels. A backup has half of each.</summary>
    public static HttpPoolOptions Of(PoolRole role) => role == PoolRole.Primary
        ? new HttpPoolOptions { ReadConnections = 10, OrderConnections = 6, CancelConnections = 4 }
        : new HttpPoolOptions { ReadConnections = 5, OrderConnections = 3, CancelConnections = 2 };
}
