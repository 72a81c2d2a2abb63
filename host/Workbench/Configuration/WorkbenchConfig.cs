namespace Workbench.Configuration;

/// <summary>What the file says, read to its end and within all bounds. Every path in it is absolute.</summary>
internal sealed record WorkbenchConfig
{
    /// <summary>The file it came from, as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>How far from real money this process is.</summary>
    public required TradingEnvironment Environment { get; init; }

    /// <summary>By name, in file order; disabled ones included.</summary>
    public required IReadOnlyDictionary<string, ConnectionConfig> Connections { get; init; }

    /// <summary>By name, in file order.</summary>
    public required IReadOnlyDictionary<string, RouteConfig> Routes { get; init; }

    public required RiskConfig Risk { get; init; }

    public required ExecutionConfig Execution { get; init; }

    public required CacheConfig Cache { get; init; }

    public required StorageConfig Storage { get; init; }

    public required PluginsConfig Plugins { get; init; }

    public required ScriptsConfig Scripts { get; init; }

    public required LoggingConfig Logging { get; init; }

    public required SimulatorConfig Simulator { get; init; }
}

/// <summary>How far from real money a process is.</summary>
internal enum TradingEnvironment
{
    /// <summary>Every connection leads to the local simulator.</summary>
    Simulation,

    /// <summary>Real market data, simulated orders.</summary>
    Paper,

    /// <summary>The venues' own test systems.</summary>
    Testnet,

    /// <summary>Real money.</summary>
    Live,
}
